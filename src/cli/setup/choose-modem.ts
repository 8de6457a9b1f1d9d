import { AppError } from '../../base/errors.ts';
import type { LineConfig } from '../../config/config.ts';
import type { FoundModem } from '../../doctor/survey-modems.ts';
import { setupWords } from '../../words/commands/setup.ts';
import { readPort } from './answers.ts';
import { askNamedPort, type Candidate, findModems, type Survey, type UsbModem } from './find-modem.ts';
import { hasService } from './host.ts';
import type { Interview } from './interview.ts';
import { holdersOf, modemRows, otherText, titleOf, titleOfFound } from './modem-text.ts';
import { restartModemManager } from './service.ts';
import { giveModemToLine } from './udev-rule.ts';

/** The modem of a line; null: the one that it has. */
export async function chooseModem(
  interview: Interview,
  line: LineConfig | null,
  name: string,
): Promise<Candidate | null> {
  const { talk, view, flags, language } = interview;
  const words = setupWords[language];
  if (flags.port !== undefined) return showModem(interview, await askNamedPort(view, flags.port));
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
      { text: words.byHand, act: async () => (await askForPort(interview)) ?? 'again' },
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
  readonly act: () => Promise<Candidate | null | 'again'>;
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

/** Null: no modem is there, which has been said. */
async function askForPort(interview: Interview): Promise<Candidate | null> {
  const { talk, view, language } = interview;
  const words = setupWords[language];
  const port = await talk.ask(words.port, readPort, { wrong: words.wrongPort });
  try {
    return await showModem(interview, await askNamedPort(view, port));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await talk.say(`  ${words.noModemAt(port)} [${error.code}]`);
    return null;
  }
}

async function showModem({ talk, language }: Interview, modem: Candidate): Promise<Candidate> {
  await talk.say(`  ${titleOf(modem)}`, ...modemRows(modem, language));
  return modem;
}
