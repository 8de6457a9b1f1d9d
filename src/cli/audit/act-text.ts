import { printable } from '../../base/printable.ts';
import type { Zone } from '../../base/zone.ts';
import { personOf } from '../../store/audit/audit-actor.ts';
import type { Act, Upkeep } from '../../store/audit/audit-acts.ts';
import { formatNational } from '../../visits/phone-number.ts';
import type { Language } from '../../words/bilingual.ts';
import { type AuditWords, auditWords } from '../../words/commands/audit.ts';

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
    where,
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
    outcome: act.outcome,
    code: act.code,
    reason: act.reason ?? null,
    case: act.case ?? null,
  };
}

/** An act in a few lines for people. */
export function actText(act: Act, zone: Zone, language: Language): string {
  const words = auditWords[language].act;
  const { scope } = act;
  const masked = scope.output === undefined ? [] : [words.masked];
  const shown = scope.revealed ? [words.revealed] : masked;
  const outcome = words.outcomes[act.outcome];
  const ended = act.code === null ? outcome : `${outcome} (${act.code})`;
  const head = [zone.format(act.atMs), personOf(act.who), act.command, ...shown, words.rows(act.rows), ended];
  const lines = [`#${act.seq}  ${head.map(printable).join('  ')}`, whereText(act, words)];
  const reach = scopeText(act, zone, words);
  if (reach !== null) lines.push(reach);
  if (act.reason !== undefined || act.case !== undefined) lines.push(purposeText(act, words));
  return lines.map((line, index) => (index === 0 ? line : `    ${printable(line)}`)).join('\n');
}

type ActWords = AuditWords['act'];

function purposeText({ reason, case: caseNumber }: Pick<Act, 'reason' | 'case'>, words: ActWords): string {
  return [caseNumber === undefined ? null : words.case(caseNumber), reason ?? null]
    .filter((part) => part !== null)
    .join(': ');
}

function whereText({ who, where }: Act, words: ActWords): string {
  const parts = [words.from(where.host), where.tty, where.remote];
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
  // An act that reads no visits, such as one on the keyring, is about no venue either.
  else if (!scope.visitor && (from !== undefined || output !== undefined)) parts.push(words.allVenues);
  if (line !== undefined) parts.push(words.line(line));
  if (from !== undefined && to !== undefined) parts.push(words.window(zone.format(from), zone.format(to)));
  if (output !== undefined) parts.push(words.output(format, output));
  if (scope.encrypted) parts.push(words.encrypted);
  return parts.length === 0 ? null : parts.join('; ');
}

export function upkeepText({ seq, atMs, entry }: Upkeep, zone: Zone, language: Language): string {
  const { upkeep, by } = auditWords[language].act;
  const whom = entry.kind === 'accepted' ? by(personOf(entry.who), entry.reason) : '';
  return printable(`#${seq}  ${zone.format(atMs)}  ${upkeep[entry.kind]}${whom}`);
}

export function upkeepJson({ seq, atMs, entry }: Upkeep, zone: Zone): object {
  const { kind, ...rest } = entry;
  return { seq, at: zone.format(atMs), log: kind, ...rest };
}
