import stringWidth from 'string-width';
import { type ExitCode, exitCode } from '../../base/errors.ts';
import { printableJson } from '../../base/printable.ts';
import { loadConfig } from '../../config/load.ts';
import { devicePathsOf } from '../../daemon/lines/gateway-lines.ts';
import { lineOpener } from '../../daemon/lines/open-line.ts';
import { askLines } from '../../daemon/status/ask-gateway.ts';
import { examine } from '../../doctor/examine.ts';
import type { Finding } from '../../doctor/finding.ts';
import { createModemFinder } from '../../modem/discovery/modem-finder.ts';
import type { Language } from '../../words/bilingual.ts';
import { type DoctorWords, doctorWords } from '../../words/commands/doctor.ts';
import { sayFinding } from '../../words/findings/doctor-findings.ts';
import type { Severity } from '../../words/findings/finding.ts';
import { type Invocation, writeLine } from '../shell.ts';

const columns = 80;
const indent = ' '.repeat(8);

/** The findings under their subjects, each with what to do. */
export function formatFindings(findings: readonly Finding[], language: Language): string[] {
  const words = doctorWords[language];
  const subjects = [...new Set(findings.map(({ subject }) => subject))];
  const blocks = subjects.flatMap((subject) => [
    words.subjects[subject] ?? subject,
    ...findings
      .filter((finding) => finding.subject === subject)
      .flatMap((finding) => formatFinding(finding, language)),
    '',
  ]);
  return [...blocks, summary(findings, words)];
}

function formatFinding({ severity, id, facts }: Finding, language: Language): string[] {
  const { marks } = doctorWords[language];
  const { message, hint } = sayFinding(id, facts, language);
  const [first = '', ...more] = wrap(severity === 'ok' ? message : `${message} [${id}]`);
  return [
    `  ${marks[severity]}${' '.repeat(4 - stringWidth(marks[severity]))}  ${first}`,
    ...more.map((line) => indent + line),
    ...(hint === undefined ? [] : wrap(`→ ${hint}`).map((line) => indent + line)),
  ];
}

/** A line of `--json`: always in English. */
function jsonOf({ severity, id, subject, facts }: Finding): string {
  const { message, hint: fix = null } = sayFinding(id, facts, 'en');
  return printableJson({ severity, id, subject, message, fix, facts });
}

/** Wraps at spaces; a word that is longer than a line, such as a path, stays whole. */
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

interface DoctorFlags {
  readonly json?: boolean;
}

export async function doctor({ shell, globals }: Invocation, { json }: DoctorFlags): Promise<ExitCode> {
  const { clock, stdout } = shell;
  const { config } = await loadConfig({ file: globals.config, env: shell.env });
  const modems = createModemFinder({ clock, reserved: () => devicePathsOf(config.lines) });
  const findings = await examine({
    config,
    clock,
    root: '/',
    gatewayLines: await askLines(config.status.socket),
    openLine: (line) => lineOpener(line, modems),
  });
  const lines = json ? findings.map(jsonOf) : formatFindings(findings, shell.language);
  for (const line of lines) await writeLine(stdout, line);
  return findings.some(({ severity }) => severity === 'fail') ? exitCode.failed : exitCode.done;
}
