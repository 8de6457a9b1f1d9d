import stringWidth from 'string-width';
import { signalStrength } from '../../daemon/status/signal-strength.ts';
import type { FoundModem } from '../../doctor/survey-modems.ts';
import type { ModemAnswers } from '../../modem/talk/ask-modem.ts';
import type { Language } from '../../words/bilingual.ts';
import { setupWords } from '../../words/commands/setup.ts';
import { statusWords } from '../../words/commands/status.ts';
import type { Candidate, UnaskedModem } from './find-modem.ts';

/** `Quectel EC25, IMEI 860000000000017` */
export function titleOf({
  port,
  answers: { maker, model, imei },
}: Pick<Candidate, 'port' | 'answers'>): string {
  const name = [maker, model].filter((part) => part !== null).join(' ');
  return [name, imei === null ? port : `IMEI ${imei}`].filter((part) => part !== '').join(', ');
}

/** What a modem says of its SIM, network, signal and storage: a row for each. */
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

/** Where arriving texts are kept: the last of the three. */
function storageText({ rooms }: ModemAnswers, language: Language): string {
  const room = rooms.at(-1);
  if (!room) return setupWords[language].unknown;
  return statusWords[language].storage(room.memory ?? '', room.used, room.total).trim();
}

/** A modem that is here and cannot be had, and why. */
export function otherText({ found }: UnaskedModem, language: Language): string {
  const words = setupWords[language];
  const name = titleOfFound(found);
  if (found.kind === 'disk') return words.playsDisk(name);
  const holders = holdersOf(found);
  if (holders.includes('visitlog')) return words.ours(name, found.line ?? '');
  if (holders.length > 0) return words.taken(name, holders.join(', '));
  return words.silent(name);
}

/** The programs that have ports of it open. */
export function holdersOf({ ports }: FoundModem): string[] {
  return [...new Set(ports.flatMap(({ by }) => by.map((holder) => holder.name)))];
}

/** Its name as its USB tells it. */
export function titleOfFound({ maker, model, usb }: FoundModem): string {
  return [maker, model].filter((part) => part !== null).join(' ') || usb;
}
