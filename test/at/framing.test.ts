import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createByteGuard, maxLineOctets } from '../../src/at/framing.ts';

const bytesOf = (text: string) => Buffer.from(text, 'latin1');

function linesOf(text: string): string[] {
  return createByteGuard().push(bytesOf(text)).split('\n').slice(0, -1);
}

describe('the byte guard', () => {
  it.each([
    ['a plain answer', '\r\nOK\r\n', ['OK']],
    ['Huawei’s doubled CR', '\r\r\nOK\r\n', ['OK']],
    ['a line feed alone', 'A\nB\n', ['A', 'B']],
    ['a carriage return alone', 'AT+CSQ\r+CSQ: 1,99\r', ['AT+CSQ', '+CSQ: 1,99']],
    ['empty lines', '\r\n\r\n\r\nA\r\n\r\n', ['A']],
    ['a line that is not over', '\r\n+CSQ: 1', []],
    ['blanks within a line', '+CPMS: "ME", 0, 50\r\n', ['+CPMS: "ME", 0, 50']],
    ['a prompt, which no line end follows', '\r\n> ', ['> ']],
    ['a prompt with a line end, as ZTE sends it', '\r\n> \r\nOK\r\n', ['> ', 'OK']],
    ['a prompt without a line end before it', 'AT+CMGS=20\r> ', ['AT+CMGS=20', '> ']],
    ['a sign that opens no prompt', '>5\r\n', ['>5']],
    ['NUL and foreign octets', '\x00\x00O\xffK\x07\r\n', ['OK']],
    ['ESC and SUB, which stand in echoes', '\x1bAT\x1a\r\n', ['\x1bAT\x1a']],
  ])('reads %s', (_name, text, lines) => {
    expect(linesOf(text)).toEqual(lines);
  });

  it('A5: counts the octets that it leaves out', () => {
    const guard = createByteGuard();
    guard.push(Uint8Array.of(0, 0x80, 0xff, 0x41, 0x09, 0x0d));
    expect(guard.dropped).toBe(4);
  });

  it('cuts a line that never ends, once, and reads the next one whole', () => {
    const guard = createByteGuard();
    const first = guard.push(bytesOf(`${'A'.repeat(maxLineOctets + 5_000)}`));
    const rest = guard.push(bytesOf(`${'B'.repeat(100)}\r\nOK\r\n`));
    expect(first).toBe('');
    expect(rest).toBe(`${'A'.repeat(maxLineOctets)}\nOK\n`);
    expect(guard.cut).toBe(1);
  });

  it('gives the same lines whatever the reads are cut into', () => {
    const octet = fc.constantFrom(0x0d, 0x0a, 0x3e, 0x20, 0x41, 0x2b, 0x00, 0xff, 0x1b);
    fc.assert(
      fc.property(fc.array(octet, { maxLength: 60 }), fc.array(fc.nat(6)), (octets, sizes) => {
        const whole = createByteGuard().push(Uint8Array.from(octets));
        const guard = createByteGuard();
        let cut = '';
        let at = 0;
        for (let i = 0; at < octets.length; i += 1) {
          const size = 1 + (sizes[i % Math.max(1, sizes.length)] ?? 0);
          cut += guard.push(Uint8Array.from(octets.slice(at, at + size)));
          at += size;
        }
        expect(cut).toBe(whole);
      }),
    );
  });
});
