import { describe, expect, it } from 'vitest';
import { LineDisguiser } from '../../../src/cli/lines/disguise-line.ts';
import { madeUp, masked } from '../../../src/cli/lines/mask.ts';

const pdu = '0791280100000000040B811050550021F30000621132415060630AB0596C26A3C962311A';
const dots = (length: number) => '·'.repeat(length);

/** Lines as in a trace: `>` to the modem, anything else from it. */
function shown(lines: readonly string[]): string[] {
  const disguiser = new LineDisguiser(masked);
  return lines.map((line) =>
    line.startsWith('> ') ? `> ${disguiser.host(line.slice(2))}` : disguiser.modem(line),
  );
}

describe('what a trace of a line shows', () => {
  it('a trace shows what the modem says of itself, and what the gateway asks', () => {
    const lines = [
      ...[
        '> ATQ0V1E0',
        'RDY',
        'ATQ0V1E0',
        'OK',
        '> AT+CGMI',
        'Quectel',
        'OK',
        '> AT+CPIN?',
        '+CPIN: READY',
        'OK',
      ],
      ...['> AT+CPMS?', '+CPMS: "ME",2,255,"ME",2,255,"ME",2,255', 'OK', '+CMTI: "ME",3', 'SMS Ready'],
      ...[
        '+COPS: 0,0,"SKTelecom",7',
        '+CME ERROR: 13',
        'ERROR: UNSUPPORTED',
        '^RSSI:26',
        '+CREG: 2,1,"1A2B","01C3D4E5",7',
      ],
    ];
    expect(shown(lines)).toEqual(lines);
  });

  it.each([
    ['a PDU of a listing', ['> AT+CMGL=4', '+CMGL: 0,0,,28', pdu], dots(pdu.length)],
    [
      'a PDU with the next header glued to it',
      ['+CMGL: 0,0,,28', `${pdu}+CMGL: 2,0,,40`],
      `${dots(72)}+CMGL: 2,0,,40`,
    ],
    ['a PDU on the line of its header', [`+CMGR: 1,,28 ${pdu}`], `+CMGR: 1,,28 ${dots(72)}`],
    ['a PDU after a notification', ['+CMGL: 0,0,,28', '+CSQ: 14,99', pdu], dots(72)],
    ['a PDU that was torn', ['+CMGL: 0,0,,28', `${pdu.slice(0, 30)}ZZ`], dots(32)],
    ['a direct PDU in lower case', ['+CMT: 0', pdu.toLowerCase()], dots(72)],
    ['the serial number', ['> AT+CGSN', '861075020000017'], dots(15)],
    ['the number of the SIM card', ['+QCCID: 8982000000000000017F'], `+QCCID: ${dots(19)}F`],
    ['the subscriber', ['> AT+CIMI', '450000000000017'], dots(15)],
    ['a PIN', ['> AT+CPIN="1234"'], '> AT+CPIN="····"'],
    ['the echo of a PIN', ['> AT+CPIN="1234"', 'AT+CPIN="1234"'], 'AT+CPIN="····"'],
    ['a caller', ['+CLIP: "01055500123",129'], `+CLIP: "${dots(11)}",129`],
    [
      'a number and a name in text mode',
      ['+CMT: "+821055500123","Kim","26/11/23,14:05:06+36"'],
      '+CMT: "+············","···","26/11/23,14:05:06+36"',
    ],
    [
      'words in text mode',
      ['+CMT: "+821055500123",,"26/11/23,14:05:06+36"', 'I was at 031-324-2114'],
      dots(21),
    ],
    [
      'a second line of words',
      ['+CMGR: "REC READ","0105550",,"26/11/23,14:05:06+36"', 'one', 'OK then'],
      dots(7),
    ],
    [
      'words that look like a notification',
      ['+CMGR: "REC READ","0105550",,"26/11/23,14:05:06+36"', '+CPIN: my number'],
      dots(16),
    ],
    ['words of a network service', ['+CUSD: 0,"Your balance",15'], '+CUSD: 0,"············",15'],
    ['a line that nobody knows', ['hello there'], dots(11)],
    ['words in another coding', ['+CMT: ,24', '\xb1\xe8\xc3\xb6'], dots(4)],
  ])('a trace hides %s, and keeps its length', (_, lines, wanted) => {
    const [last = ''] = shown(lines).slice(-1);
    expect(last).toBe(wanted);
    expect(last).toHaveLength(lines.at(-1)?.length ?? 0);
  });

  it('a trace goes on after a text in text mode', () => {
    const lines = [
      '> AT+CMGR=1',
      '+CMGR: "REC READ","0105550",,"26/11/23,14:05:06+36"',
      'words',
      'OK',
      '+CPIN: READY',
    ];
    expect(shown(lines).slice(-2)).toEqual(['OK', '+CPIN: READY']);
  });

  it('a transcript gives one number one made-up number, and two numbers two', () => {
    const { digits } = madeUp();
    expect(digits('01055500123')).toBe('01000000001');
    expect(digits('01055500124')).toBe('01000000002');
    expect(digits('01055500123')).toBe('01000000001');
  });
});
