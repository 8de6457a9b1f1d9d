import stringWidth from 'string-width';
import type { ProofWords } from '../../words/commands/proof.ts';
import type { Proof, ProofStep } from './proof-types.ts';

const width = 84;
const widest = 110;

export function beginning(folder: string, words: ProofWords): string[] {
  return [...words.beginning, words.scratch(folder)];
}

/** A step's lines, below its heading where one is due. */
export function stepLines(step: ProofStep, last: ProofStep | null, words: ProofWords): string[] {
  const heading = step.when === last?.when ? [] : ['', words.headings[step.when]];
  const result = words.result(step.found, step.of);
  const mark = step.ok ? words.ok : words.fail;
  return [
    ...heading,
    `  ${padded(mark, 4)} ${padded(step.what, width - 7)} ${' '.repeat(Math.max(0, 11 - stringWidth(result)))}${result}`,
    `         ${step.tried}`,
  ];
}

export function ending(
  { ok, copies, steps, limits }: Proof,
  kept: string | null,
  words: ProofWords,
): string[] {
  const failed = steps.filter((step) => !step.ok).length;
  const sizes = copies.map(({ when, bytes }) => `${when} (${Math.ceil(bytes / 1_024)} KiB)`).join(', ');
  return [
    '',
    words.theCopies(sizes),
    '',
    words.cannotShow,
    ...limits.flatMap((limit) => wrap(limit, '  - ', '    ')),
    '',
    ok ? words.passed : words.failed(failed, steps.length),
    ...(kept === null ? [] : [words.kept(kept)]),
  ];
}

function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - stringWidth(text)));
}

function wrap(text: string, first: string, rest: string): string[] {
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(' ')) {
    if (line.trim() !== '-' && line.trim() !== '' && stringWidth(`${line} ${word}`) > widest) {
      lines.push(line);
      line = rest;
    }
    line += line.endsWith(' ') ? word : ` ${word}`;
  }
  return [...lines, line];
}
