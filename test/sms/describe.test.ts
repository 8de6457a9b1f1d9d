import { describe, expect, it } from 'vitest';
import { describePdu } from '../../src/sms/describe.ts';
import { type DecodeOptions, decodePduHex } from '../../src/sms/pdu.ts';

function shown(hex: string, options?: DecodeOptions): string {
  const decoded = decodePduHex(hex, options);
  if (!decoded.ok) throw decoded.error;
  return JSON.stringify(describePdu(decoded.value));
}

const rows: readonly [what: string, hex: string, json: string][] = [
  [
    'a Korean text with a number to call back',
    '0791280102194105440BA11010325476F80084521132214300630E0A22080B811010325476F8B0A120',
    '{"type":"deliver","smsc":"+821020911450","sender":"01012345678","sender_type":"national",' +
      '"sent_at":"2025-11-23T12:34:00+09:00","pid":0,"dcs":132,"alphabet":"ksc5601","class":null,"text":"가 ",' +
      '"data":null,"concat":null,"ports":null,"language":null,"callback":"01012345678"}',
  ],
  [
    'data to a port, in parts, of class 1, at no time',
    '00440B912801214365F700F500000000000000100B05040B8423F000032A020101020304',
    '{"type":"deliver","smsc":null,"sender":"+82101234567","sender_type":"international","sent_at":null,' +
      '"pid":0,"dcs":245,"alphabet":"8bit","class":1,"text":null,"data":"01020304",' +
      '"concat":{"ref":42,"total":2,"seq":1},"ports":{"destination":2948,"source":9200},"language":null,' +
      '"callback":null}',
  ],
  [
    'national tables',
    '00440B912801214365F70000521132214300630A06240101250101EE0E',
    '{"type":"deliver","smsc":null,"sender":"+82101234567","sender_type":"international",' +
      '"sent_at":"2025-11-23T12:34:00+09:00","pid":0,"dcs":0,"alphabet":"gsm7","class":null,"text":"nş",' +
      '"data":null,"concat":null,"ports":null,"language":{"locking":"turkish","single":"turkish"},"callback":null}',
  ],
  [
    'a submit valid for a day',
    '0011FF048160110000A704D4F29C0E',
    '{"type":"submit","smsc":null,"recipient":"0611","recipient_type":"unknown","sent_at":null,"pid":0,"dcs":0,' +
      '"alphabet":"gsm7","class":null,"text":"Test","data":null,"concat":null,"ports":null,"language":null,' +
      '"callback":null,"reference":255,"validity":1440}',
  ],
  [
    'a submit valid to a time',
    '0019FF0481601100003170103193008004D4F29C0E',
    '{"type":"submit","smsc":null,"recipient":"0611","recipient_type":"unknown","sent_at":null,"pid":0,"dcs":0,' +
      '"alphabet":"gsm7","class":null,"text":"Test","data":null,"concat":null,"ports":null,"language":null,' +
      '"callback":null,"reference":255,"validity":"2013-07-01T13:39:00+02:00"}',
  ],
  [
    'a submit of enhanced validity',
    '0009FF0481601100004203000000000004D4F29C0E',
    '{"type":"submit","smsc":null,"recipient":"0611","recipient_type":"unknown","sent_at":null,"pid":0,"dcs":0,' +
      '"alphabet":"gsm7","class":null,"text":"Test","data":null,"concat":null,"ports":null,"language":null,' +
      '"callback":null,"reference":255,"validity":"42030000000000"}',
  ],
  [
    'a status report',
    '07914356060013F1065A098136390300F0219011700463802190117004638030',
    '{"type":"status-report","smsc":"+34656000311","recipient":"639330000","recipient_type":"unknown",' +
      '"sent_at":"2012-09-11T07:40:36+02:00","pid":null,"dcs":0,"alphabet":"gsm7","class":null,"text":null,' +
      '"data":null,"concat":null,"ports":null,"language":null,"callback":null,"reference":90,"status":48,' +
      '"discharged_at":"2012-09-11T07:40:36+02:00"}',
  ],
];

describe('the decode command shows', () => {
  it.each(rows)('decode shows %s with its keys in order', (_what, hex, json) => {
    expect(shown(hex)).toBe(json);
  });
});
