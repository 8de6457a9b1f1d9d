import { minuteMs } from '../../base/amounts.ts';
import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import { formatMinute } from '../../base/zone.ts';
import { askLines } from '../../daemon/status/ask-gateway.ts';
import { parseWindow } from '../../export/window.ts';
import type { Records, StoredText, StoredVisit, WaitingPart, Window } from '../../store/records.ts';
import { formatNational } from '../../visits/phone-number.ts';
import type { Language } from '../../words/bilingual.ts';
import { lookupWords } from '../../words/commands/lookup.ts';
import { configured } from '../configured.ts';
import { type ActResult, type ActSession, act, type Purpose } from '../officer/act.ts';
import { sayCoverage } from '../officer/said-window.ts';
import { typedVisitor } from '../officer/typed-visitors.ts';
import { whyText } from '../officer/why-no-visit.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { formatTable } from '../text-table.ts';

interface LookupFlags extends Purpose {
  readonly from: string;
  readonly json?: boolean;
}

/** What a caller asks: did my text arrive, and what became of it? */
export async function lookUp(given: Invocation, _number: string, flags: LookupFlags): Promise<ExitCode> {
  const invocation = await configured(given);
  const { shell, zone } = invocation;
  const window = parseWindow(flags.from, '9999-01-01', { zone, nowMs: shell.clock.wallMs() });
  const request = {
    command: 'lookup',
    role: 'reader',
    reason: 'always',
    purpose: flags,
    read: async () => {
      const visitor = await typedVisitor(shell);
      if (visitor === null) throw fault('lookup.visitor');
      return visitor;
    },
    scope: async () => ({ revealed: false, visitor: true, from: window.fromMs }),
  } as const;
  await act(invocation, request, (session, visitor) =>
    showTexts(session, visitor, window, flags.json ?? false),
  );
  return exitCode.done;
}

/** One text, or one of the places that it names. */
type Fate =
  | { readonly became: 'visit'; readonly visit: StoredVisit }
  | { readonly became: 'text'; readonly text: StoredText }
  | { readonly became: 'waiting'; readonly part: WaitingPart };

interface Found {
  readonly atMs: number;
  readonly line: string;
  readonly expiresAtMs: number;
  readonly fate: Fate;
}

async function showTexts(
  session: ActSession,
  visitor: string,
  window: Window,
  json: boolean,
): Promise<ActResult> {
  const { register, act, shell } = session;
  await sayCoverage(session, register, { fromMs: window.fromMs, toMs: shell.clock.wallMs() });
  const found = (await findTexts(register, visitor, window)).sort((a, b) => a.atMs - b.atMs);
  // Whoever asked knows the number: the answer says where it was.
  for (const { atMs } of found) act.row(visitor, atMs);
  act.flush(act.rows);
  if (json) for (const each of found) await writeLine(shell.stdout, JSON.stringify(fateJson(each, session)));
  else if (found.length > 0) await writeLine(shell.stdout, tableOf(found, session).join('\n'));
  await writeLines(session, json);
  if (found.length === 0) throw fault('lookup.nothing', { from: session.zone.format(window.fromMs) });
  return { rows: found.length, complete: true };
}

async function findTexts(register: Records, visitor: string, window: Window): Promise<Found[]> {
  const found: Found[] = [];
  for await (const visits of register.visitsOf(visitor, window))
    for (const visit of visits) {
      const { visitedAtMs: atMs, line, expiresAtMs } = visit;
      found.push({ atMs, line, expiresAtMs, fate: { became: 'visit', visit } });
    }
  for await (const texts of register.texts(window))
    for (const text of texts)
      if (text.sender === visitor) found.push({ ...text, fate: { became: 'text', text } });
  for (const part of await register.partsOf(visitor, window))
    found.push({ ...part, fate: { became: 'waiting', part } });
  return found;
}

function tableOf(found: readonly Found[], { zone, shell }: ActSession): string[] {
  const rows = found.map(({ atMs, line, fate, expiresAtMs }) => [
    formatMinute(zone, atMs),
    line,
    fateText(fate, shell.language),
    formatMinute(zone, expiresAtMs),
  ]);
  return formatTable(lookupWords[shell.language].heads, rows);
}

function fateText(fate: Fate, language: Language): string {
  const words = lookupWords[language];
  switch (fate.became) {
    case 'visit':
      return [
        words.visit(formatNational(fate.visit.venue), printable(fate.visit.place.name ?? '')),
        ...(fate.visit.correctedBy === null ? [] : [words.assigned(printable(fate.visit.correctedBy))]),
      ].join(', ');
    case 'waiting':
      return words.waiting(fate.part.seq, fate.part.total);
    case 'text':
      return fate.text.kind === 'notice'
        ? words.notice(whyText(fate.text, language))
        : words.unresolved(whyText(fate.text, language));
  }
}

function fateJson({ atMs, line, expiresAtMs, fate }: Found, { zone }: ActSession): object {
  const common = { at: zone.format(atMs), line, kept_until: zone.format(expiresAtMs) };
  switch (fate.became) {
    case 'visit':
      return {
        ...common,
        became: 'visit',
        venue: formatNational(fate.visit.venue),
        venue_name: fate.visit.place.name,
        corrected_by: fate.visit.correctedBy,
      };
    case 'waiting':
      return { ...common, became: 'waiting', part: fate.part.seq, parts: fate.part.total };
    case 'text':
      return { ...common, became: fate.text.kind, why: fate.text.reason, id: fate.text.id };
  }
}

/** When each line last received anything: a text that is not here may not have come yet. */
async function writeLines({ config, shell, zone }: ActSession, json: boolean): Promise<void> {
  const words = lookupWords[shell.language];
  const known = await askLines(config.status.socket);
  for (const { name } of config.lines) {
    const line = known.find((each) => each.name === name);
    const at = line?.last_text_at ?? null;
    if (json)
      await writeLine(
        shell.stdout,
        JSON.stringify({ line: name, last_text_at: at, state: line?.state ?? null }),
      );
    else {
      const minute = at === null ? null : formatMinute(zone, Date.parse(at));
      const ago =
        at === null ? 0 : Math.max(0, Math.floor((shell.clock.wallMs() - Date.parse(at)) / minuteMs));
      await writeLine(
        shell.stdout,
        line === undefined ? words.lineUnknown(name) : words.line(name, minute, ago),
      );
    }
  }
}
