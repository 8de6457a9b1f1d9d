import { describe, expect, it } from 'vitest';
import { type MessageFacts, type NoticeKind, noticeKindOf } from '../../src/visits/notice.ts';
import type { SenderKind } from '../../src/visits/sender.ts';

const text: MessageFacts = {
  type: 'deliver',
  senderKind: 'mobile',
  pid: 0,
  messageWaiting: false,
  discard: false,
  destinationPort: null,
  alphabet: 'ucs2',
  text: '031-324-2114',
  data: null,
};
const data = { alphabet: '8bit', text: null, data: Uint8Array.of(1, 2, 3) } as const;
const bytes = (...parts: (string | number)[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? part : [...Buffer.from(part)])));

describe('A message', () => {
  it.each<readonly [string, Partial<MessageFacts>, NoticeKind | null]>([
    ['from a mobile', {}, null],
    ['with the mark of a web service, from a normal number', { text: '[Web발신]\n031-324-2114' }, null],
    ['that names no venue', { text: '안녕하세요' }, null],
    ['that is empty', { text: '' }, null],
    ['in KS C 5601', { alphabet: 'ksc5601' }, null],
    ['whose words cannot be decoded', { alphabet: 'gsm7', text: null }, null],
    ['that replaces an earlier one (PID 0x41)', { pid: 0x41 }, null],
    ['with an application port, but with words', { destinationPort: 5000 }, null],
    ['that reports a delivery', { type: 'status-report', text: null }, 'delivery-report'],
    ['that is a draft on the SIM', { type: 'submit' }, 'own-draft'],
    ['to the WAP push port', { ...data, destinationPort: 2948 }, 'mms'],
    ['to the secure WAP push port', { ...data, destinationPort: 2949 }, 'mms'],
    [
      'that announces an MMS by name',
      { ...data, data: bytes(1, 6, 34, 'application/vnd.wap.mms-message', 0) },
      'mms',
    ],
    ['that announces an MMS by number', { ...data, data: bytes(0x2a, 6, 3, 0xbe, 0xaf, 0x84) }, 'mms'],
    ['whose data only begins like the name', { ...data, data: bytes('application/vnd.wap.mms') }, null],
    ['that a network looks for the phone with', { pid: 0x40, text: '' }, 'silent'],
    ['that says voice mail waits', { messageWaiting: true }, 'message-waiting'],
    [
      'that says so and is to be thrown away',
      { messageWaiting: true, discard: true, text: '' },
      'message-waiting',
    ],
    ['that asks for a call back (PID 0x5F)', { pid: 0x5f }, 'message-waiting'],
    ['of 8-bit data from a person, which staff look at', data, null],
    ['of 8-bit data that is a text', { ...data, text: '031-324-2114' }, null],
    ['of 8-bit data from a short code', { ...data, senderKind: 'short' }, 'data'],
    ['of 8-bit data to another port', { ...data, destinationPort: 5505 }, 'data'],
    ['for the SIM (PID 0x7F)', { pid: 0x7f }, 'data'],
    ['for the phone (PID 0x7C)', { pid: 0x7c }, 'data'],
    ['with no sender', { senderKind: 'none' }, 'anonymous'],
    ['of data with no sender', { ...data, senderKind: 'none' }, 'data'],
  ])('the kind of %s is known', (_name, facts, expected) => {
    expect(noticeKindOf({ ...text, ...facts })).toBe(expected);
  });

  it.each<readonly [SenderKind, NoticeKind | null]>([
    ['mobile', null],
    ['landline', null],
    ['internet', null],
    ['personal', null],
    ['machine', null],
    ['foreign', null],
    ['other', null],
    ['alphanumeric', 'operator'],
    ['short', 'operator'],
    ['nationwide', 'operator'],
    ['toll-free', 'operator'],
    ['none', 'anonymous'],
  ])('a message from a sender of kind %s is %j, although it names a venue', (senderKind, expected) => {
    expect(noticeKindOf({ ...text, senderKind })).toBe(expected);
  });
});
