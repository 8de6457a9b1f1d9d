import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printable, printableJson } from '../../base/printable.ts';
import type { Zone } from '../../base/zone.ts';
import { personOf, toldOf } from '../../store/audit/audit-actor.ts';
import type { Act, AuditWindow, Upkeep } from '../../store/audit/audit-acts.ts';
import type { AuditReader } from '../../store/audit/audit-reader.ts';
import { formatNational } from '../../visits/phone-number.ts';
import type { Language } from '../../words/bilingual.ts';
import { type AuditWords, auditWords } from '../../words/commands/audit.ts';
import { recordAct } from '../officer/act.ts';
import { typedVisitor } from '../officer/typed-visitors.ts';
import { optionalWindow, type WindowFlags } from '../officer/visit-query.ts';
import { type Invocation, type Shell, writeLine } from '../shell.ts';
import { type AuditSession, readingAudit } from './audit-session.ts';

/** An act as one object for programs. */
export function actJson(act: Act, zone: Zone): object {
  const { who, where, scope } = act;
  const visitors = scope.visitor ? (scope.visitors ?? 1) : null;
  const at = (epochMs: number | null | undefined) => (epochMs == null ? null : zone.format(epochMs));
  return {
    seq: act.seq,
    at: at(act.atMs),
    ended_at: at(act.endedAtMs),
    person: personOf(who),
    who,
    where: { ...where, told: toldOf(where) },
    command: act.command,
    revealed: scope.revealed,
    one_visitor: visitors === 1,
    visitors,
    venues: scope.venues ?? null,
    line: scope.line ?? null,
    from: at(scope.from),
    to: at(scope.to),
    format: scope.format ?? null,
    output: scope.output ?? null,
    encrypted: scope.encrypted ?? false,
    rows: act.rows,
    rows_exact: isExact(act),
    outcome: act.outcome,
    code: act.code,
    unlogged: act.unlogged,
    reason: act.reason ?? null,
    case: act.case ?? null,
  };
}

/** Whether the rows of an act are those that it showed. One that did not end may have shown more. */
export function isExact({ outcome }: Pick<Act, 'outcome'>): boolean {
  return outcome !== 'unfinished';
}

/** An act in a few lines for people. */
export function actText(act: Act, zone: Zone, language: Language, label = `#${act.seq}`): string {
  const words = auditWords[language].act;
  const { scope } = act;
  const masked = scope.output === undefined ? [] : [words.masked];
  const shown = scope.revealed ? [words.revealed] : masked;
  const outcome = words.outcomes[act.outcome];
  const ended = act.code === null ? outcome : `${outcome} (${act.code})`;
  const rows = isExact(act) ? words.rows(act.rows ?? 0) : words.rowsOpen(act.rows);
  const head = [zone.format(act.atMs), personOf(act.who), act.command, ...shown, rows, ended];
  const lines = [`${label}  ${head.map(printable).join('  ')}`, whereText(act, words)];
  const reach = scopeText(act, zone, words);
  if (reach !== null) lines.push(reach);
  if (act.reason !== undefined || act.case !== undefined) lines.push(purposeText(act, words));
  if (act.unlogged !== null) lines.push(words.unlogged(act.unlogged));
  return lines.map((line, index) => (index === 0 ? line : `    ${printable(line)}`)).join('\n');
}

type ActWords = AuditWords['act'];

function purposeText({ reason, case: caseNumber }: Pick<Act, 'reason' | 'case'>, words: ActWords): string {
  return [caseNumber === undefined ? null : words.case(caseNumber), reason ?? null]
    .filter((part) => part !== null)
    .join(': ');
}

function whereText({ who, where }: Act, words: ActWords): string {
  const told = toldOf(where);
  const placed = (part: 'tty' | 'remote') =>
    told.includes(part) && where[part] !== null ? words.told(where[part]) : where[part];
  const parts = [words.from(where.host), placed('tty'), placed('remote')];
  parts.push(words.as(who.user ?? `uid ${who.uid}`));
  if (claimsAnother({ who })) parts.push(words.claims(who.sudo?.user ?? `uid ${who.sudo?.uid}`));
  return parts.filter((part) => part !== null).join(', ');
}

/** Whether sudo's variables name another person than the login that the kernel remembers. */
export function claimsAnother({ who }: Pick<Act, 'who'>): boolean {
  return who.login !== null && who.sudo !== null && who.login.uid !== who.sudo.uid;
}

function scopeText({ scope }: Act, zone: Zone, words: ActWords): string | null {
  const { venues, line, from, to, output, format = null } = scope;
  const parts: string[] = [];
  if (scope.visitor) parts.push(words.visitors);
  if (venues !== undefined) parts.push(venues.map(formatNational).join(', '));
  // An act that reads no visits, such as one on the keyring or on a line's wire, is about no place.
  else if (!scope.visitor && (from !== undefined || (output !== undefined && line === undefined)))
    parts.push(words.allVenues);
  if (line !== undefined) parts.push(words.line(line));
  if (from !== undefined && to !== undefined) parts.push(words.window(zone.format(from), zone.format(to)));
  if (output !== undefined) parts.push(words.output(format, output));
  if (scope.encrypted) parts.push(words.encrypted);
  return parts.length === 0 ? null : parts.join('; ');
}

function upkeepText({ seq, atMs, entry }: Upkeep, zone: Zone, language: Language): string {
  const { upkeep, by } = auditWords[language].act;
  const whom = entry.kind === 'accepted' ? by(personOf(entry.who), entry.reason) : '';
  return printable(`#${seq}  ${zone.format(atMs)}  ${upkeep[entry.kind]}${whom}`);
}

function upkeepJson({ seq, atMs, entry }: Upkeep, zone: Zone): object {
  const { kind, ...rest } = entry;
  return { seq, at: zone.format(atMs), log: kind, ...rest };
}

interface ListFlags extends WindowFlags {
  readonly visitor?: string;
  readonly json?: boolean;
  readonly raw?: boolean;
}

/**
 * Lists acts. The list shows no visitor's data and is not recorded. A list for one visitor is recorded, because its
 * answer says whether that number was in the register.
 */
export function listActs(invocation: Invocation, flags: ListFlags): Promise<ExitCode> {
  return readingAudit(invocation, async (session) => {
    const { shell, reader } = session;
    if (flags.raw) return listRaw(shell, reader);
    const { fromMs, toMs } = await optionalWindow(session, flags);
    const window = { fromMs, toMs };
    const print = (item: Act | Upkeep) => writeItem(session, flags.json ?? false, item);
    if (flags.visitor !== undefined) return listVisitor(session, window, print);
    const { acts, upkeep } = reader.contents(window);
    const items = [...acts, ...upkeep].sort((a, b) => a.seq - b.seq);
    for (const item of items) await print(item);
    if (items.length === 0) throw fault('audit.nothing', { of: 'list' });
    return exitCode.done;
  });
}

async function listRaw({ stdout }: Shell, reader: AuditReader): Promise<ExitCode> {
  for (const { seq, atMs, text, prev, hash, mac } of reader.rows()) {
    const bytes = { prev: prev.toString('hex'), hash: hash.toString('hex'), mac: mac.toString('hex') };
    await writeLine(stdout, printableJson({ seq, at_ms: atMs, entry: text, ...bytes }));
  }
  return exitCode.done;
}

async function listVisitor(
  session: AuditSession,
  window: AuditWindow,
  print: (act: Act) => Promise<void>,
): Promise<ExitCode> {
  const { shell, reader } = session;
  const visitor = await typedVisitor(shell);
  if (visitor === null) throw fault('audit.visitor');
  await recordAct(
    session,
    { command: 'audit list', scope: { revealed: false, visitor: true } },
    async (openAct) => {
      const shown = reader.thatShowed(visitor);
      const { acts } = reader.contents(window);
      const found = acts.filter(({ seq }) => shown.has(seq));
      openAct.flush(found.length);
      for (const act of found) await print(act);
      await warnUnfinished(shell, acts, shown);
      if (found.length === 0) throw fault('audit.nothing', { of: 'visitor' });
      return { rows: found.length, complete: true };
    },
  );
  return exitCode.done;
}

/** An act whose process died may not have recorded the last numbers that it showed. */
async function warnUnfinished(
  shell: Shell,
  acts: readonly Act[],
  shown: ReadonlyMap<number, unknown>,
): Promise<void> {
  const open = acts.filter(
    ({ outcome, scope, seq }) => outcome === 'unfinished' && scope.revealed && !shown.has(seq),
  );
  if (open.length === 0) return;
  const list = open.map(({ seq }) => `#${seq}`).join(', ');
  await writeLine(shell.stderr, `visitlog: ${auditWords[shell.language].unfinished(list)}`);
}

function writeItem(
  { shell: { stdout, language }, zone }: AuditSession,
  json: boolean,
  item: Act | Upkeep,
): Promise<void> {
  if ('entry' in item)
    return writeLine(stdout, json ? printableJson(upkeepJson(item, zone)) : upkeepText(item, zone, language));
  return writeLine(stdout, json ? printableJson(actJson(item, zone)) : actText(item, zone, language));
}
