import { isCarrierPort } from '../../base/carrier-port.ts';
import { isIngestPort } from '../../base/ingest-port.ts';
import type { LineConfig } from '../../config/config.ts';
import { roleNames } from '../../door/roles.ts';
import { type SetupWords, setupWords } from '../../words/commands/setup.ts';
import { areaCodeOf, readAreaCode, readContact, readNumber, readPinDigits, readZone } from './answers.ts';
import { askCarrier, carrierOf } from './carrier.ts';
import { chooseModem } from './choose-modem.ts';
import type { Candidate } from './find-modem.ts';
import { hasService } from './host.ts';
import { type Officers, officerRows, readAccounts } from './officers.ts';
import { cityOf, freeNameIn, type PlannedPin, pinFileBeside, planOf, type SetupPlan } from './plan.ts';
import type { Interview } from './setup-context.ts';

/** Asks for what is missing or is to be changed; null if there is nothing to do. */
export async function askPlan(interview: Interview): Promise<SetupPlan | null> {
  const { view, flags } = interview;
  const { lines } = view.config;
  const [first] = lines;
  if (!first) return confirmed(interview, (before) => askLine(interview, null, before));
  if (flags.port !== undefined) {
    const named = lines.find(({ name, port }) => name === flags.name || port === flags.port) ?? null;
    return confirmed(interview, (before) => askLine(interview, named, before));
  }
  return askWhatNext(interview, first);
}

async function askWhatNext(interview: Interview, first: LineConfig): Promise<SetupPlan | null> {
  const { talk, view, language, target } = interview;
  const words = setupWords[language];
  const { lines, numbering, timeZone } = view.config;
  await talk.say(
    words.configured(target),
    ...lines.map(({ name, port, number }) => `  ${name}   ${port}   ${number ?? words.noNumber}`),
    `  ${words.place(numbering.areaCode, timeZone)}`,
  );
  const nameless = lines.find(({ number }) => number === null);
  if (nameless) {
    await talk.say('', words.numberMissing(nameless.name));
    const plan = planOf(view.config, nameless);
    return { ...plan, line: { ...plan.line, number: await askNumber(interview, null) } };
  }
  const which = async () => {
    if (lines.length === 1) return first;
    const names = lines.map(({ name }) => name);
    return lines[await talk.choose(words.whichLine, names)] ?? first;
  };
  switch (await talk.choose(words.whatNext, words.nextSteps)) {
    case 0:
      return planOf(view.config, await which());
    case 1: {
      const line = await which();
      return confirmed(interview, (before) => askLine(interview, line, before));
    }
    case 2:
      return confirmed(interview, (before) => askLine(interview, null, before));
    case 3:
      return confirmed(interview, async (before) => ({
        ...planOf(view.config, first),
        ...(await askCity(interview, before ?? planOf(view.config, first))),
      }));
    case 4:
      return confirmed(interview, async () => ({
        ...planOf(view.config, first),
        officers: await askOfficers(interview),
      }));
    default:
      return null;
  }
}

/** Shows what will be written, and asks again, with these answers as defaults, until they are right. */
async function confirmed(
  { talk, language, target }: Interview,
  ask: (before: SetupPlan | null) => Promise<SetupPlan>,
): Promise<SetupPlan | null> {
  const words = setupWords[language];
  let plan: SetupPlan | null = null;
  for (;;) {
    plan = await ask(plan);
    await talk.say('', words.goingToWrite(target), ...summaryOf(plan, words));
    const choice = await talk.choose(words.isItRight, words.rightOrNot);
    if (choice === 0) return plan;
    if (choice === 2) return null;
  }
}

function summaryOf({ line, areaCode, timeZone, contact, officers }: SetupPlan, words: SetupWords): string[] {
  return [
    `  ${line.name}   ${line.port}   ${line.number ?? ''}`,
    `  ${words.place(areaCode, timeZone)}`,
    ...(contact === '' ? [] : [`  ${words.contactIs(contact)}`]),
    ...(line.pin.kind === 'none' ? [] : [`  ${words.pinIn(line.pin.file)}`]),
    ...(line.carrier === null ? [] : [`  ${words.bindsAs(line.carrier.systemId, line.carrier.bind)}`]),
    ...officerRows(officers),
  ];
}

/** A line and its modem; with the first line, also what holds for the whole city. */
async function askLine(
  interview: Interview,
  line: LineConfig | null,
  before: SetupPlan | null,
): Promise<SetupPlan> {
  const { view, flags, target } = interview;
  const { config } = view;
  const kept = before ?? (line ? planOf(config, line) : null);
  const name = line?.name ?? flags.name ?? before?.line.name ?? freeNameIn(config);
  const source = before
    ? { modem: before.modem, carrier: before.line.carrier }
    : await askSource(interview, line, name);
  const { modem, carrier } = source;
  const index = line ? config.lines.indexOf(line) : config.lines.length;
  const number = await askNumber(interview, kept?.line.number ?? null);
  const areaCode = areaCodeOf(number) ?? config.numbering.areaCode;
  const guess = before ?? { ...cityOf(config), areaCode };
  const place = config.lines.length === 0 ? await askCity(interview, guess) : cityOf(config);
  const pin = await askPin(
    interview,
    simOf(interview, modem, name),
    kept?.line.pin ?? { kind: 'none' },
    pinFileBeside(target, name),
  );
  const port = carrier?.port ?? modem?.port ?? line?.port ?? '';
  const officers = before?.officers ?? (await askFirstOfficers(interview));
  return { ...place, line: { name, index, port, number, pin, carrier }, modem, officers };
}

/** Where the texts of a line come from: a modem, or a carrier. */
async function askSource(
  interview: Interview,
  line: LineConfig | null,
  name: string,
): Promise<Pick<SetupPlan, 'modem'> & Pick<SetupPlan['line'], 'carrier'>> {
  const { port } = interview.flags;
  const before = line && carrierOf(line);
  // Nothing of this machine has to be right for it.
  if (port === undefined && line !== null && isIngestPort(line.port)) return { modem: null, carrier: null };
  const isCarrier = port === undefined ? before !== null : isCarrierPort(port);
  const modem = isCarrier ? 'carrier' : await chooseModem(interview, line, name);
  if (modem !== 'carrier') return { modem, carrier: null };
  return { modem: null, carrier: await askCarrier(interview, name, before) };
}

/** With the first line of a service, whoever sets it up says who will work with it, now or later. */
async function askFirstOfficers(interview: Interview): Promise<Officers> {
  const { talk, view, flags, language } = interview;
  if (flags.role !== undefined) return flags.role;
  if (view.config.lines.length > 0 || !hasService(view.host)) return {};
  const words = setupWords[language];
  return (await talk.choose(words.officersNow, words.nowOrLater)) === 0 ? askOfficers(interview) : {};
}

/** Which accounts work with the register, role by role; Enter leaves a role as it is. */
async function askOfficers({ talk, flags, language }: Interview): Promise<Officers> {
  const words = setupWords[language];
  if (flags.role !== undefined) return flags.role;
  await talk.say('', words.officers);
  const officers: Record<string, readonly string[]> = {};
  for (const role of roleNames)
    officers[role] = await talk.ask(words.whoMay[role], readAccounts, {
      wrong: words.wrongAccounts,
    });
  return officers;
}

async function askNumber({ talk, flags, language }: Interview, before: string | null): Promise<string> {
  const words = setupWords[language];
  if (flags.number !== undefined) return flags.number;
  await talk.say('');
  return talk.ask(words.receiving, readNumber, { wrong: words.wrongNumber, fallback: before });
}

type City = Pick<SetupPlan, 'areaCode' | 'timeZone' | 'contact'>;

async function askCity({ talk, flags, language }: Interview, before: City): Promise<City> {
  const words = setupWords[language];
  const { areaCode, timeZone, contact } = before;
  return {
    areaCode:
      flags.areaCode ??
      (await talk.ask(words.areaCode, readAreaCode, { wrong: words.wrongAreaCode, fallback: areaCode })),
    timeZone:
      flags.timeZone ??
      (await talk.ask(words.timeZone, readZone, { wrong: words.wrongZone, fallback: timeZone })),
    contact:
      flags.contact ??
      (await talk.ask(words.contact, readContact, { wrong: words.wrongContact, fallback: contact || null })),
  };
}

/** What is known of a SIM's PIN. */
interface PinNeed {
  readonly isWanted: boolean;
  /** The gateway has tried the one on file, and the SIM has refused it. */
  readonly wasRefused: boolean;
  readonly triesLeft: number | null;
}

/** As the modem says; of a modem that the gateway uses, as the gateway says. */
function simOf({ view }: Interview, modem: Candidate | null, line: string): PinNeed {
  const served = view.gatewayLines.find(({ name }) => name === line);
  const isServed = modem === null && served?.state === 'pin-needed';
  return {
    isWanted: isServed ? served.reason !== 'sim.locked' : modem?.answers.sim === 'pin',
    wasRefused: isServed && (served.reason === 'pin.refused' || served.reason === 'pin.tries-low'),
    triesLeft: modem?.answers.pinTriesLeft ?? null,
  };
}

/** The PIN goes into a file and is not tried here: the gateway tries it once and remembers that. */
async function askPin(
  { talk, flags, language }: Interview,
  { isWanted, wasRefused, triesLeft }: PinNeed,
  before: PlannedPin,
  file: string,
): Promise<PlannedPin> {
  const words = setupWords[language];
  if (flags.pinFile !== undefined) return { kind: 'file', file: flags.pinFile };
  if (!isWanted || before.kind === 'digits') return before;
  const tooFew = triesLeft !== null && triesLeft < 3 ? [words.pinTriesLow(triesLeft)] : [];
  await talk.say('', words.pinWanted, ...(wasRefused ? [words.pinWasRefused] : tooFew));
  if (before.kind === 'file' && (await talk.choose(words.pinThere(before.file), words.keepOrNew)) === 0)
    return before;
  const digits = await talk.ask(words.pin, readPinDigits, { wrong: words.wrongPin, hidden: true });
  return { kind: 'digits', file, digits };
}
