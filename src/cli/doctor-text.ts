import stringWidth from 'string-width';
import type { Finding, Severity } from '../daemon/doctor/finding.ts';

const marks: Readonly<Record<Severity, string>> = { fail: 'FAIL', warn: 'warn', note: 'note', ok: 'ok' };
const columns = 80;
const indent = ' '.repeat(8);

/** What `doctor` prints for a person: the findings under what they are about, each with what to do. */
export function formatFindings(findings: readonly Finding[]): string[] {
  const subjects = [...new Set(findings.map(({ subject }) => subject))];
  const blocks = subjects.flatMap((subject) => [
    subject,
    ...findings.filter((finding) => finding.subject === subject).flatMap(formatFinding),
    '',
  ]);
  return [...blocks, summary(findings)];
}

function formatFinding({ severity, message, id, fix }: Finding): string[] {
  const [first = '', ...more] = wrap(severity === 'ok' ? message : `${message} [${id}]`);
  return [
    `  ${marks[severity].padEnd(4)}  ${first}`,
    ...more.map((line) => indent + line),
    ...(fix === null ? [] : wrap(`→ ${fix}`).map((line) => indent + line)),
  ];
}

/** Breaks at blanks; a word that is longer than a line, such as a path, stays whole. */
function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && stringWidth(`${indent}${last} ${word}`) <= columns)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function summary(findings: readonly Finding[]): string {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const fails = count('fail');
  const warns = count('warn');
  if (fails + warns === 0) return 'Nothing is wrong.';
  return [
    ...(fails > 0 ? [`${fails} that must be mended`] : []),
    ...(warns > 0 ? [`${warns} that should be`] : []),
  ].join(', ');
}
