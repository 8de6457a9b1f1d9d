import type { Proof, ProofStep } from './proof-types.ts';

const width = 84;

export function beginning(folder: string): string[] {
  return [
    'Made-up visitors text. The files are copied, without the keyring, as a backup or a snapshot would. Four weeks',
    'pass on a clock that is moved, and the sweep comes. Who has the copies and the living files then: what do they get?',
    `Scratch folder: ${folder}`,
  ];
}

/** A step's lines, below its heading where one is due. */
export function stepLines(step: ProofStep, last: ProofStep | null): string[] {
  const heading = step.when === last?.when ? [] : ['', headings[step.when]];
  const result = `${step.found} of ${step.of}`;
  const mark = step.ok ? 'ok  ' : 'FAIL';
  return [
    ...heading,
    `  ${mark} ${step.what.padEnd(width - 7)} ${result.padStart(11)}`,
    `         ${step.tried}`,
  ];
}

const headings: Readonly<Record<ProofStep['when'], string>> = {
  before: 'Before the sweep, so that it is seen that these searches find what is there:',
  after: 'After the sweep, the same searches:',
};

export function ending({ ok, copies, steps, limits }: Proof, kept: string | null): string[] {
  const failed = steps.filter((step) => !step.ok).length;
  return [
    '',
    `The copies: ${copies.map(({ when, bytes }) => `${when} (${Math.ceil(bytes / 1_024)} KiB)`).join(', ')}.`,
    '',
    'What this cannot show:',
    ...limits.flatMap((limit) => wrap(limit, '  - ', '    ')),
    '',
    ok
      ? 'Nothing that had expired came back, from the living files or from any copy.'
      : `${failed} of ${steps.length} steps did not come out as they must. Do not rely on this installation to forget.`,
    ...(kept === null ? [] : [`The scratch folder is left: ${kept}`]),
  ];
}

function wrap(text: string, first: string, rest: string): string[] {
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(' ')) {
    if (line.trim() !== '-' && line.trim() !== '' && line.length + 1 + word.length > 110) {
      lines.push(line);
      line = rest;
    }
    line += line.endsWith(' ') ? word : ` ${word}`;
  }
  return [...lines, line];
}
