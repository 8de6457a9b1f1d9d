import stringWidth from 'string-width';
import { AppError } from '../../base/errors.ts';
import type { LineConfig } from '../../config/config.ts';
import { signalStrength } from '../../daemon/status/line-of-status.ts';
import type { FoundModem } from '../../doctor/survey-modems.ts';
import type { ModemAnswers } from '../../modem/talk/ask-modem.ts';
import type { Language } from '../../words/bilingual.ts';
import { setupWords } from '../../words/commands/setup.ts';
import { statusWords } from '../../words/commands/status.ts';
import { sayFault } from '../../words/faults/say.ts';
import { readModemPort } from './answers.ts';
import {
  askNamedPort,
  type Candidate,
  findModems,
  type MachineView,
  type Survey,
  type UnaskedModem,
  type UsbModem,
} from './find-modem.ts';
import { hasService } from './host.ts';
import { requireOwnPort } from './plan.ts';
import { giveModemToLine, restartModemManager } from './service.ts';
import type { Interview } from './setup-context.ts';

/** `Quectel EC25, IMEI 860000000000017` */
export function titleOf({
  port,
  answers: { maker, model, imei },
}: Pick<Candidate, 'port' | 'answers'>): string {
  const name = [maker, model].filter((part) => part !== null).join(' ');
  return [name, imei === null ? port : `IMEI ${imei}`].filter((part) => part !== '').join(', ');
}

/** A modem's SIM, network, signal and storage, a row for each. */
export function modemRows({ answers }: Candidate, language: Language): string[] {
  const { labels } = setupWords[language];
  const rows: [label: string, text: string][] = [
    [labels.sim, simText(answers, language)],
    [labels.network, networkText(answers, language)],
    [labels.signal, signalText(answers, language)],
    [labels.storage, storageText(answers, language)],
  ];
  const width = Math.max(...rows.map(([label]) => stringWidth(label)));
  return rows.map(([label, text]) => `     ${label}${' '.repeat(width - stringWidth(label))}  ${text}`);
}

function simText({ sim, pinTriesLeft }: ModemAnswers, language: Language): string {
  const words = setupWords[language];
  if (sim !== 'pin' || pinTriesLeft === null) return words.sims[sim];
  return `${words.sims.pin} (${words.tries(pinTriesLeft)})`;
}

function networkText(answers: ModemAnswers, language: Language): string {
  const { registration, lteRegistration, operator } = answers;
  const state = isIn(registration) || lteRegistration === null ? registration : lteRegistration;
  const parts = [operator, state && statusWords[language].registrations[state]];
  return parts.filter((part) => part !== null).join(', ') || setupWords[language].unknown;
}

const isIn = (state: ModemAnswers['registration']) =>
  state === 'home' || state === 'roaming' || state === 'sms-only';

function signalText({ signal }: ModemAnswers, language: Language): string {
  const strength = signalStrength(signal);
  return strength ? statusWords[language].bars(strength.bars, strength.dbm) : setupWords[language].unknown;
}

/** The memory for arriving texts, which is the last of the three. */
function storageText({ rooms }: ModemAnswers, language: Language): string {
  const room = rooms.at(-1);
  if (!room) return setupWords[language].unknown;
  return statusWords[language].storage(room.memory ?? '', room.used, room.total).trim();
}

/** A modem of this machine that cannot be used, and why. */
function otherText({ found }: UnaskedModem, language: Language): string {
  const words = setupWords[language];
  const name = titleOfFound(found);
  if (found.kind === 'disk') return words.playsDisk(name);
  const holders = holdersOf(found);
  if (holders.includes('visitlog')) return words.ours(name, found.line ?? '');
  if (holders.length > 0) return words.taken(name, holders.join(', '));
  return words.silent(name);
}

/** The programs that have ports of it open. */
function holdersOf({ ports }: FoundModem): string[] {
  return [...new Set(ports.flatMap(({ by }) => by.map((holder) => holder.name)))];
}

/** Its name according to USB. */
function titleOfFound({ maker, model, usb }: FoundModem): string {
  return [maker, model].filter((part) => part !== null).join(' ') || usb;
}

/** The modem of a line; null if it keeps the one that it has; `carrier` if its texts are to come from one. */
export async function chooseModem(
  interview: Interview,
  line: LineConfig | null,
  name: string,
): Promise<Candidate | null | 'carrier'> {
  const { talk, view, flags, language } = interview;
  const words = setupWords[language];
  if (flags.port !== undefined) {
    requireOwnPort({ name, port: flags.port }, view.config);
    if (isServed(view, flags.port)) return null;
    return showModem(interview, await askNamedPort(view, flags.port));
  }
  for (;;) {
    await talk.say('', words.looking);
    const { candidates, others } = await findModems(view);
    const free = candidates.filter((each) => each.line === null || each.line === line?.name);
    await showSurvey(interview, { candidates, others }, free);
    const taken = others.filter(({ found }) => isModemManagers(found) && hasService(view.host));
    const options: ModemOption[] = [
      ...free.map((each) => ({ text: words.take(titleOf(each)), act: async () => each })),
      ...(line ? [{ text: words.keepModem(line.port), act: async () => null }] : []),
      ...taken.map(({ found, usb }) => ({ text: words.free(titleOfFound(found)), act: () => takeOver(usb) })),
      { text: words.again, act: async () => 'again' },
      { text: words.byHand, act: () => askForPort(interview, name) },
      { text: words.carrierLink, act: async () => 'carrier' },
    ];
    const choice = await talk.choose(
      words.whichModem,
      options.map(({ text }) => text),
    );
    const chosen = await options[choice]?.act();
    if (chosen !== undefined && chosen !== 'again') return chosen;
  }

  async function takeOver(usb: UsbModem): Promise<'again'> {
    await giveModemToLine(view.host, name, usb);
    await restartModemManager(view.host);
    return 'again';
  }
}

interface ModemOption {
  readonly text: string;
  readonly act: () => Promise<Candidate | null | 'again' | 'carrier'>;
}

const isModemManagers = (found: FoundModem) => holdersOf(found).join() === 'ModemManager';

async function showSurvey(
  { talk, language }: Interview,
  { candidates, others }: Survey,
  free: readonly Candidate[],
): Promise<void> {
  const words = setupWords[language];
  if (candidates.length === 0) await talk.say(`  ${words.none}`);
  for (const other of others) await talk.say(`  ${otherText(other, language)}`);
  for (const { line, ...each } of candidates.filter((candidate) => !free.includes(candidate)))
    await talk.say(`  ${words.isLine(titleOf(each), line ?? '')}`);
  for (const [index, each] of free.entries())
    await talk.say(`  ${index + 1}  ${titleOf(each)}`, ...modemRows(each, language));
}

/** The gateway has this port open: its modem answers nobody else. */
function isServed({ gatewayLines }: MachineView, port: string): boolean {
  return gatewayLines.some((line) => line.port === port);
}

/** The modem at a port that is typed, for the line of this name; null: the one that the line has, which the gateway uses. */
async function askForPort(interview: Interview, name: string): Promise<Candidate | null | 'again'> {
  const { talk, view, language } = interview;
  const words = setupWords[language];
  const port = await talk.ask(words.port, readModemPort, { wrong: words.wrongPort });
  try {
    requireOwnPort({ name, port }, view.config);
    if (isServed(view, port)) return null;
    return await showModem(interview, await askNamedPort(view, port));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const saysItself = ['setup.port-in-line', 'setup.wrong-port'].includes(error.code);
    await talk.say(
      `  ${saysItself ? sayFault(error, language).message : words.noModemAt(port)} [${error.code}]`,
    );
    return 'again';
  }
}

async function showModem({ talk, language }: Interview, modem: Candidate): Promise<Candidate> {
  await talk.say(`  ${titleOf(modem)}`, ...modemRows(modem, language));
  return modem;
}
