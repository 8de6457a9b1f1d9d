import { ReadlineParser } from '@serialport/parser-readline';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createByteGuard, maxLineOctets, withoutHigh } from '../../src/at/framing.ts';

const bytesOf = (text: string) => Buffer.from(text, 'latin1');

/** The lines that the guard and the parser behind it make of these chunks. */
async function linesOf(...chunks: readonly (string | Uint8Array)[]): Promise<string[]> {
  const guard = createByteGuard();
  const parser = new ReadlineParser({ delimiter: '\n', encoding: 'latin1' });
  const lines: string[] = [];
  parser.on('data', (line: string) => lines.push(line));
  for (const chunk of chunks) {
    const clean = guard.push(typeof chunk === 'string' ? bytesOf(chunk) : chunk);
    if (clean !== '') parser.write(clean, 'latin1');
  }
  await new Promise(setImmediate);
  parser.destroy();
  return lines;
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
  ])('the line guard and the parser read %s', async (_name, text, lines) => {
    expect(await linesOf(text)).toEqual(lines);
  });

  it('A5: octets that no modem prints are dropped, those beyond ASCII by the reader of the line', () => {
    const guarded = createByteGuard().push(Uint8Array.of(0, 0x80, 0xff, 0x41, 0x09, 0x0d));
    expect(guarded).toBe('\u0080A\n');
    expect(withoutHigh(guarded)).toBe('A\n');
  });

  it('A5: octets beyond ASCII hide no prompt', async () => {
    expect(await linesOf('\xfe> ', '\xe0AT\r\n')).toEqual(['\xfe> ', '\xe0AT']);
  });

  it('an endless line is cut, and the next one is read whole', async () => {
    const endless = 'A'.repeat(maxLineOctets + 5_000);
    const lines = await linesOf(endless, `${'B'.repeat(100)}\r\nOK\r\n`);
    expect(lines).toEqual(['A'.repeat(maxLineOctets), 'OK']);
  });

  it('the line guard leaves the splitting to the parser', () => {
    const guard = createByteGuard();
    expect(guard.push(bytesOf('\r\n+CSQ: 1'))).toBe('+CSQ: 1');
    expect(guard.push(bytesOf('4,99\r\n\r\nOK'))).toBe('4,99\nOK');
  });

  it('lines do not depend on how the reads are cut', () => {
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
