import { hourMs } from '../../base/amounts.ts';
import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { nearPlaces } from '../../export/near-places.ts';
import type { Margin } from '../../export/trace/case-visits.ts';
import { findContacts, type Trace } from '../../export/trace/find-contacts.ts';
import type { NearRule } from '../../export/trace/find-meetings.ts';
import { isNear } from '../../export/trace/meetings.ts';
import { parseTypedDuration } from '../../export/typed-time.ts';
import { hourOf } from '../../store/hour.ts';
import type { StoredText } from '../../store/records.ts';
import { officerFileWords } from '../../words/commands/officer-file.ts';
import { traceWords } from '../../words/commands/trace.ts';
import { configured } from '../configured.ts';
import { type ActResult, type ActSession, act, type OpenAct, type Purpose } from '../officer/act.ts';
import { textKindsOf } from '../officer/kept-texts.ts';
import { type Formless, type OfficerFileFlags, officerFile } from '../officer/officer-file.ts';
import { outputForm, rowForm } from '../officer/output-form.ts';
import { type IsRegistered, mistypedIn, registeredIn } from '../officer/places.ts';
import { progressLine } from '../officer/progress-line.ts';
import { sayNear } from '../officer/said-near.ts';
import { sayCoverage } from '../officer/said-window.ts';
import { caseNumbers } from '../officer/typed-visitors.ts';
import { type QueryFlags, visitQuery, visitScope } from '../officer/visit-query.ts';
import { type Invocation, type Shell, writeLine } from '../shell.ts';
import { casesOf, traceKeysOf, type WrittenTrace, writeRows, writeSummary } from './write-trace.ts';

interface TraceFlags extends OfficerFileFlags, QueryFlags, Purpose {
  readonly visitor: readonly string[];
  readonly margin: string;
  readonly depth: '1' | '2';
  readonly samePerson?: boolean;
  readonly near: boolean;
  readonly summary?: boolean;
}

interface TraceJob extends WrittenTrace {
  readonly flags: TraceFlags;
}

export async function traceCases(given: Invocation, typed: Formless<TraceFlags>): Promise<ExitCode> {
  const { summary = false, reveal = false } = typed;
  const invocation = await configured(given);
  if (summary) checkSummary(typed);
  const form = summary ? outputForm(summaryForm(typed), summaryEndings, 'text') : null;
  const format = form === 'text' ? 'csv' : (form ?? rowForm(given.shell, typed));
  const flags = { ...typed, format };
  const keys = traceKeysOf(flags);
  const margin = parseMargin(flags.margin);
  const query = visitQuery(invocation, flags);
  const file = await officerFile(invocation, flags);
  const revealed = reveal && !summary;
  const request = {
    command: summary ? 'trace --summary' : 'trace',
    role: 'reader',
    reason: 'always',
    purpose: flags,
    read: () => caseNumbers(invocation.shell),
    // The act is about single people, whom the log does not name.
    scope: async (isRegistered: IsRegistered, cases: readonly string[] | null) => ({
      ...(await visitScope({ query, file, format: form ?? format, revealed }, isRegistered)),
      visitor: true,
      visitors: (cases ?? flags.visitor).length,
    }),
  } as const;
  const depth = flags.depth === '2' ? 2 : 1;
  await act(invocation, request, (session, cases) =>
    writeTrace(session, {
      flags,
      query: { ...query, cases, margin, depth, samePerson: flags.samePerson ?? false },
      file,
      keys,
    }),
  );
  return exitCode.done;
}

const summaryEndings = { text: ['txt'], jsonl: ['json', 'jsonl', 'txt'] } as const;

/** Of a summary, `csv` has always been the text. */
function summaryForm({ format, ...flags }: Formless<TraceFlags>) {
  return {
    ...flags,
    format: format === 'jsonl' ? format : format === undefined ? undefined : ('text' as const),
  };
}

/** Errors: `trace.summary`, `trace.encoding`. */
function checkSummary({ format, encoding }: Formless<TraceFlags>): void {
  if (format === 'xlsx' || format === 'numbers') throw fault('trace.summary');
  if (encoding !== 'utf-8') throw fault('trace.encoding');
}

const longestMarginMs = 24 * hourMs;

/** `30m`, or before and after: `10m,2h`. Error: `trace.margin`. */
function parseMargin(typed: string): Margin {
  const [beforeMs, afterMs = beforeMs, ...rest] = typed.split(',').map(marginMs);
  if (beforeMs == null || afterMs == null || rest.length > 0) throw fault('trace.margin', { typed });
  return { beforeMs, afterMs };
}

function marginMs(typed: string): number | null {
  const ms = parseTypedDuration(typed);
  return ms === null || ms > longestMarginMs ? null : ms;
}

async function writeTrace(session: ActSession, job: TraceJob): Promise<ActResult> {
  const { shell, act, register, config } = session;
  const { query, flags } = job;
  const covered = await sayCoverage(session, register, query);
  const texts = await textsOfWindow(session, query);
  const caseTexts = texts.filter(({ sender }) => sender !== null && query.cases.includes(sender));
  for (const { sender, atMs } of caseTexts) if (sender !== null) act.reveal(sender, atMs);
  const near: NearRule = {
    places: nearPlaces(register, config.numbering.areaCode),
    followed: flags.near,
    visits: new Set(),
    texts: new Set(),
  };
  const trace = await findShowing(session, job, { near, texts });
  await warnUnreadable(shell, trace);
  await writeUnassigned(session, caseTexts);
  if (trace.caseVisits.length === 0) await writeNear(shell, trace, near);
  if (trace.caseVisits.length === 0)
    throw fault('trace.nothing', await mistypedIn({ query, config, isRegistered: registeredIn(register) }));
  revealCases(act, trace);
  const write = flags.summary ? writeSummary : writeRows;
  const result = await write(session, job, { trace, covered });
  await writeNear(shell, trace, near);
  await writeAbsent(shell, job, trace);
  return result;
}

/** The texts of the window that are no visit. */
async function textsOfWindow(
  { register }: ActSession,
  { fromMs, toMs, cases, depth }: TraceJob['query'],
): Promise<StoredText[]> {
  const found: StoredText[] = [];
  for await (const texts of register.texts({ fromMs, toMs, kinds: textKindsOf('unresolved') }))
    for (const text of texts)
      if (text.sender !== null && (depth === 2 || cases.includes(text.sender))) found.push(text);
  return found;
}

/** Staff decide what those mean, and trace again. */
async function writeUnassigned({ shell, act }: ActSession, caseTexts: readonly StoredText[]): Promise<void> {
  if (caseTexts.length === 0) return;
  act.flush(act.rows);
  const ids = caseTexts.map(({ id }) => id);
  await writeLine(shell.stderr, `visitlog: ${traceWords[shell.language].unassigned(ids)}`);
}

/** What is near, and how many contacts rest on that alone. */
async function writeNear(
  shell: Shell,
  { contacts, secondary, caseVisits }: Trace,
  near: NearRule,
): Promise<void> {
  const { stderr, language } = shell;
  const places = new Set(caseVisits.map(({ visit }) => visit.venue)).size || undefined;
  await sayNear(
    shell,
    { visits: near.visits.size, texts: near.texts.size },
    { shown: near.followed, places },
  );
  const alone = [...contacts, ...secondary].filter(({ meetings }) => meetings.every(isNear)).length;
  const words = traceWords[language];
  if (alone > 0) await writeLine(stderr, `visitlog: ${words.near(words.contacts(alone))}`);
}

/** The search, with a line at a terminal that shows how far it is. */
async function findShowing(
  { shell, register }: ActSession,
  { query }: TraceJob,
  following: { readonly near: NearRule; readonly texts: readonly StoredText[] },
): Promise<Trace> {
  const line = progressLine(shell, null);
  try {
    return await findContacts(register, query, { ...following, signal: shell.signal, onRows: line.at });
  } finally {
    line.end();
  }
}

/** Whoever asked knows the cases' numbers: every form of the answer says where they were. */
function revealCases(act: OpenAct, { caseVisits }: Trace): void {
  const noted = new Set<string>();
  for (const { caseNumber, visit } of caseVisits) {
    const key = `${caseNumber} ${hourOf(visit.visitedAtMs)}`;
    if (!noted.has(key)) act.reveal(visit.visitor, visit.visitedAtMs);
    noted.add(key);
  }
}

async function warnUnreadable({ stderr, language }: Shell, { unreadable }: Trace): Promise<void> {
  const words = officerFileWords[language];
  if (unreadable > 0) await writeLine(stderr, `visitlog: ${words.unreadable(words.rows(unreadable))}`);
}

/** Names the cases of whom there is no visit. */
async function writeAbsent(
  { stderr, language }: Shell,
  { query }: TraceJob,
  { caseVisits }: Trace,
): Promise<void> {
  const { withoutVisit } = traceWords[language];
  const found = new Set(caseVisits.map(({ caseNumber }) => caseNumber));
  for (let number = 1; number <= casesOf(query); number += 1)
    if (!found.has(number)) await writeLine(stderr, `visitlog: ${withoutVisit(number)}`);
}
