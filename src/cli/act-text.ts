import type { Zone } from '../export/zone.ts';
import { personOf } from '../store/audit/audit-actor.ts';
import type { Act, Upkeep } from '../store/audit/audit-acts.ts';
import { formatNational } from '../visits/phone-number.ts';
import { printable } from './text-table.ts';

/** An act as one object for programs. */
export function actJson(act: Act, zone: Zone): object {
  const { who, where, scope } = act;
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
    one_visitor: scope.visitor ?? false,
    venues: scope.venues ?? null,
    line: scope.line ?? null,
    from: at(scope.from),
    to: at(scope.to),
    format: scope.format ?? null,
    output: scope.output ?? null,
    rows: act.rows,
    outcome: act.outcome,
    code: act.code,
    reason: act.reason ?? null,
    case: act.case ?? null,
  };
}

/** An act in a few lines for people. */
export function actText(act: Act, zone: Zone): string {
  const { scope } = act;
  const masked = scope.output === undefined ? [] : ['masked'];
  const shown = scope.revealed ? ['revealed'] : masked;
  const rows = `${act.rows} ${act.rows === 1 ? 'row' : 'rows'}`;
  const ended = act.code === null ? act.outcome : `${act.outcome} (${act.code})`;
  const head = [zone.format(act.atMs), personOf(act.who), act.command, ...shown, rows, ended];
  const lines = [`#${act.seq}  ${head.map(printable).join('  ')}`, whereText(act), scopeText(act, zone)];
  if (act.reason !== undefined || act.case !== undefined) lines.push(purposeText(act));
  return lines.map((line, index) => (index === 0 ? line : `    ${printable(line)}`)).join('\n');
}

export function purposeText({ reason, case: caseNumber }: Pick<Act, 'reason' | 'case'>): string {
  return [caseNumber === undefined ? null : `case ${caseNumber}`, reason ?? null]
    .filter((part) => part !== null)
    .join(': ');
}

function whereText({ who, where }: Act): string {
  const parts = [`from ${where.host}`, where.tty, where.remote];
  parts.push(`as ${who.user ?? `uid ${who.uid}`}`);
  if (claimsAnother({ who }))
    parts.push(`the environment claims ${who.sudo?.user ?? `uid ${who.sudo?.uid}`}`);
  return parts.filter((part) => part !== null).join(', ');
}

/** Whether sudo's variables name another person than the login that the kernel remembers. */
export function claimsAnother({ who }: Pick<Act, 'who'>): boolean {
  return who.login !== null && who.sudo !== null && who.login.uid !== who.sudo.uid;
}

function scopeText({ scope }: Act, zone: Zone): string {
  const venues = scope.visitor
    ? 'one visitor'
    : (scope.venues?.map(formatNational).join(', ') ?? 'all venues');
  const parts = [venues];
  if (scope.line !== undefined) parts.push(`line ${scope.line}`);
  if (scope.from !== undefined && scope.to !== undefined)
    parts.push(`${zone.format(scope.from)} to ${zone.format(scope.to)}`);
  if (scope.output !== undefined)
    parts.push(`${scope.format === undefined ? '' : `${scope.format} `}to ${scope.output}`);
  return parts.join('; ');
}

const upkeepWords: Readonly<Record<Upkeep['entry']['kind'], string>> = {
  pruned: 'rows kept for their time were removed',
  lost: 'the end of the log was lost',
  renewed: 'the audit key or the anchor file was made anew',
  accepted: 'what was found was explained',
};

export function upkeepText({ seq, atMs, entry }: Upkeep, zone: Zone): string {
  const by = entry.kind === 'accepted' ? ` by ${personOf(entry.who)}: ${entry.reason}` : '';
  return printable(`#${seq}  ${zone.format(atMs)}  log: ${upkeepWords[entry.kind]}${by}`);
}

export function upkeepJson({ seq, atMs, entry }: Upkeep, zone: Zone): object {
  const { kind, ...rest } = entry;
  return { seq, at: zone.format(atMs), log: kind, ...rest };
}
