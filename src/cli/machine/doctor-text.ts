import stringWidth from 'string-width';
import type { Finding, Severity } from '../../doctor/finding.ts';
import type { Language } from '../../words/bilingual.ts';
import { type DoctorWords, doctorWords } from '../../words/commands/doctor.ts';
import { saidIn } from '../../words/errors/in-korean.ts';
import { doctorFindings } from '../../words/findings/doctor-findings.ts';

const columns = 80;
const indent = ' '.repeat(8);

/** What `doctor` prints for a person: the findings under what they are about, each with what to do. */
export function formatFindings(findings: readonly Finding[], language: Language): string[] {
  const words = doctorWords[language];
  const subjects = [...new Set(findings.map(({ subject }) => subject))];
  const blocks = subjects.flatMap((subject) => [
    words.subjects[subject] ?? subject,
    ...findings
      .filter((finding) => finding.subject === subject)
      .flatMap((finding) => formatFinding(language === 'ko' ? inKorean(finding) : finding, words)),
    '',
  ]);
  return [...blocks, summary(findings, words)];
}

/** The finding with its Korean words, where it has some. */
function inKorean(finding: Finding): Finding {
  const said = saidIn(doctorFindings, finding.id, finding.facts);
  return said ? { ...finding, message: said.message, fix: said.hint ?? null } : finding;
}

function formatFinding({ severity, message, id, fix }: Finding, { marks }: DoctorWords): string[] {
  const [first = '', ...more] = wrap(severity === 'ok' ? message : `${message} [${id}]`);
  return [
    `  ${marks[severity]}${' '.repeat(4 - stringWidth(marks[severity]))}  ${first}`,
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

function summary(findings: readonly Finding[], words: DoctorWords): string {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const fails = count('fail');
  const warns = count('warn');
  if (fails + warns === 0) return words.nothing;
  return [...(fails > 0 ? [words.must(fails)] : []), ...(warns > 0 ? [words.should(warns)] : [])].join(', ');
}
