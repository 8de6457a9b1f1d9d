import { encode } from 'uqr';
import { describe, expect, it } from 'vitest';
import { qrModules } from '../../../src/export/poster/draw-poster.ts';

interface Run {
  readonly x: number;
  readonly y: number;
  readonly length: number;
}

function runsOf({ path }: ReturnType<typeof qrModules>): Run[] {
  return path.split('\n').map((line) => {
    const [, x, y, length] = /^(\d+) (\d+) (\d+) 1 re$/.exec(line) ?? [];
    return { x: Number(x), y: Number(y), length: Number(length) };
  });
}

function matrixOf(code: ReturnType<typeof qrModules>): boolean[][] {
  const matrix = Array.from({ length: code.size }, () => Array<boolean>(code.size).fill(false));
  for (const { x, y, length } of runsOf(code))
    for (let i = x; i < x + length; i += 1) (matrix[y] as boolean[])[i] = true;
  return matrix;
}

describe('the QR code of a poster', () => {
  it.each(['SMSTO:0313242900:031-324-2114', 'SMSTO:0313242900:284713', 'SMSTO:01055500123:0505-1234-56789'])(
    'the QR code of %s has the modules that the encoder made, and a quiet zone of four',
    (content) => {
      const code = qrModules(content);
      const bare = encode(content, { ecc: 'Q', border: 0 });
      const zone = Array<boolean>(bare.size + 8).fill(false);
      const four = [false, false, false, false];
      const rows = bare.data.map((row) => [...four, ...row, ...four]);
      expect(matrixOf(code)).toEqual([zone, zone, zone, zone, ...rows, zone, zone, zone, zone]);
    },
  );

  it('the QR code of a poster has runs that neither touch nor overlap, so that there are no hairlines', () => {
    const runs = runsOf(qrModules('SMSTO:0313242900:031-324-2114'));
    for (const run of runs) {
      const touching = runs.filter((other) => other.y === run.y && other.x === run.x + run.length);
      expect(touching).toEqual([]);
    }
  });
});
