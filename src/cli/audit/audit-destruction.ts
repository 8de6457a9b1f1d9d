import { stringify } from 'csv-stringify/sync';
import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printableJson } from '../../base/printable.ts';
import { formatMinute, type Zone } from '../../base/zone.ts';
import { writeContent } from '../../export/to/destination.ts';
import { personOf } from '../../store/audit/audit-actor.ts';
import type { LedgerLine } from '../../store/audit/audit-acts.ts';
import { hourStartMs } from '../../store/hour.ts';
import { auditWords } from '../../words/commands/audit.ts';
import { openOutput, requireOutside } from '../officer/officer-file.ts';
import { outputForm } from '../officer/output-form.ts';
import { optionalWindow, type WindowFlags } from '../officer/visit-query.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { readingAudit } from './audit-session.ts';

interface DestructionFlags extends WindowFlags {
  readonly format: 'csv' | 'json';
  readonly fileName: string;
  readonly output: string;
  readonly force?: boolean;
}

/**
 * The first eight columns are those of the form 개인정보파일 파기 관리대장 (표준 개인정보 보호지침, 별지 제5호서식). Their
 * titles come from document systems of public bodies, not from the guideline, so the privacy officer compares them with
 * the form in force. The eighth column stays empty, for the signature of the head of the department. The other columns
 * go beyond the form.
 */
const titles = [
  '번호',
  '개인정보 파일명',
  '자료의 종류',
  '생성일',
  '폐기일',
  '폐기사유',
  '처리담당자',
  '처리부서장',
  '파기 방문 건수',
  '파기 문자 건수',
  '파기 암호키 수',
  '파기 방법',
] as const;

const causes: Readonly<Record<LedgerLine['cause'], string>> = {
  expired: '보유기간 경과',
  erased: '정보주체의 요구',
  discarded: '담당자 삭제',
};

const methods: Readonly<Record<LedgerLine['method'], string>> = {
  key: '시간별 암호키 덮어쓰기 및 기록 삭제',
  rows: '기록 삭제(덮어쓰기), 암호키는 보유기간 경과 시 파기',
};

type TypedFlags = Omit<DestructionFlags, 'format'> & Partial<Pick<DestructionFlags, 'format'>>;

const endings = { csv: ['csv', 'txt'], json: ['json', 'jsonl', 'txt'] } as const;

export function destruction(invocation: Invocation, typed: TypedFlags): Promise<ExitCode> {
  const flags = { ...typed, format: outputForm(typed, endings, 'csv') };
  return readingAudit(invocation, async (session) => {
    const { shell, config, reader, zone } = session;
    await requireOutside(shell, config.dataDir, flags.output);
    const { fromMs, toMs } = await optionalWindow(session, flags);
    const lines = reader.contents({ fromMs, toMs }).destructions;
    if (lines.length === 0) throw fault('audit.nothing', { of: 'destruction' });
    const bytes = flags.format === 'csv' ? formatCsv(lines, flags.fileName, zone) : formatJson(lines, zone);
    const { stderr, language } = shell;
    await writeContent(await openOutput(shell, flags.output, flags.force), bytes);
    if (flags.output !== '-')
      await writeLine(stderr, `visitlog: ${auditWords[language].written(lines.length, flags.output)}`);
    return exitCode.done;
  });
}

function formatCsv(lines: readonly LedgerLine[], fileName: string, zone: Zone): Buffer {
  const rows = lines.map((line) => formRow(line, fileName, zone));
  const text = stringify([titles, ...rows], {
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
  });
  return Buffer.from(text);
}

function formRow(line: LedgerLine, fileName: string, zone: Zone): readonly string[] {
  return [
    String(line.seq),
    fileName,
    kindsOf(line),
    `${formatMinute(zone, hourStartMs(line.firstHour))} ~ ${formatMinute(zone, hourStartMs(line.lastHour + 1))}`,
    formatMinute(zone, line.atMs),
    causes[line.cause],
    `${personOf(line.who)}${line.command === 'run' ? ' (자동)' : ''}`,
    '',
    String(line.rows.visits ?? 0),
    String(textsOf(line)),
    String(line.keys),
    methods[line.method],
  ];
}

function kindsOf(line: LedgerLine): string {
  const visits = (line.rows.visits ?? 0) > 0 ? ['휴대전화번호', '방문 장소', '방문 일시'] : [];
  const texts = textsOf(line) > 0 ? ['발신번호', '문자 내용'] : [];
  return [...visits, ...texts].join(', ');
}

function textsOf({ rows }: LedgerLine): number {
  const { unresolved = 0, undecodable = 0, notices = 0, parts = 0 } = rows;
  return unresolved + undecodable + notices + parts;
}

function formatJson(lines: readonly LedgerLine[], zone: Zone): Buffer {
  const objects = lines.map(
    ({ seq, atMs, cause, firstHour, lastHour, rows, keys, method, who, command }) => ({
      seq,
      at: zone.format(atMs),
      cause,
      visits_from: zone.format(hourStartMs(firstHour)),
      visits_to: zone.format(hourStartMs(lastHour + 1)),
      rows,
      keys,
      method,
      person: personOf(who),
      who,
      command,
    }),
  );
  return Buffer.from(objects.map((object) => `${printableJson(object)}\n`).join(''));
}
