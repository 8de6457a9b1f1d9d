import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ask } from '../../src/cli/ask.ts';
import type { Shell } from '../../src/cli/shell.ts';

describe('a question whose answer is not shown', () => {
  it('is put only when the terminal shows nothing of what is typed', async () => {
    const order: string[] = [];
    const stdin = Object.assign(new PassThrough(), {
      isTTY: true,
      setRawMode: (isRaw: boolean) => void order.push(isRaw ? 'echo off' : 'echo on'),
    });
    const stderr = new Writable({
      write(chunk: Buffer, _encoding, done) {
        order.push(`says ${JSON.stringify(chunk.toString())}`);
        // As fast as somebody can type: at the sight of the question.
        if (chunk.toString() === 'Number: ') stdin.write('010-5550-0001\r');
        done();
      },
    });
    const shell = { stdin, stderr, signal: new AbortController().signal } as unknown as Shell;

    expect(await ask(shell, 'Number: ', true)).toBe('010-5550-0001');
    expect(order).toEqual(['echo off', 'says "Number: "', 'echo on', 'says "\\n"']);
  });
});
