import { type MemoryChoices, type MemoryUse, parseMemoryChoices, parseMemoryUses } from '../../at/answers.ts';
import { query, setting } from '../../at/command.ts';
import type { ModemFamily } from '../families.ts';
import { readMemoryUses } from '../talk/read-settings.ts';
import type { Session } from '../talk/session.ts';
import { askService, refusalOf, type ServiceParts } from './message-service.ts';

/** The forms of AT+CPMS; not every modem takes every form (fault A10). */
const forms: readonly ((memory: string) => string)[] = [
  (memory) => `"${memory}","${memory}","${memory}"`,
  (memory) => `"${memory}","${memory}"`,
  (memory) => `"${memory}"`,
];

/** The memories of a modem. */
export interface Memories {
  /** The one in use, which new texts go to. */
  readonly main: string;
  /** Every memory that can hold texts, `main` among them. */
  readonly all: readonly string[];
  /** Also readable, but looked into only if a notification names them (`SR`). */
  readonly onDemand: readonly string[];
}

/**
 * Sets all three memories alike if the modem can, reads that back, and finds out which others there are. `isKnown`: the
 * modem has told of a memory in some way.
 */
export async function chooseStorage(
  session: Session,
  family: ModemFamily,
  parts: ServiceParts,
): Promise<Memories & { readonly isKnown: boolean }> {
  let uses: readonly MemoryUse[] = await firstMemoryUses(session, family, parts);
  const found = namesOf(uses);
  const choices = await readChoices(session);
  for (const memory of candidates(family, choices, uses)) {
    if (!areAlike(uses, memory)) {
      const taken = await setAlike(session, memory);
      uses = await readMemoryUses(session);
      // A modem that cannot be asked has at least taken it.
      if (uses.length === 0) uses = taken;
    }
    if (uses[0]?.memory === memory && uses[0].total > 0) break;
  }
  // A modem that gives numbers without names is listed as it stands.
  const main = uses[0]?.memory ?? choices.read[0] ?? 'SM';
  parts.status.learnMemoryUses(uses);
  return { main, ...memoriesBeside(main, choices, [...found, ...namesOf(uses)]), isKnown: uses.length > 0 };
}

/** Empty if the modem refuses the question for good. @throws LineReset */
async function firstMemoryUses(
  session: Session,
  family: ModemFamily,
  parts: ServiceParts,
): Promise<readonly MemoryUse[]> {
  const uses = await askService(session, parts, async () => {
    const reply = await session.run(query('AT+CPMS?', '+CPMS'));
    const refusal = reply.ok ? 'refused' : refusalOf(reply);
    if (refusal !== 'refused' && refusal !== 'unanswered') return refusal;
    const told = parseMemoryUses(reply.ok ? (reply.lines.at(-1) ?? '') : '');
    if (told.length > 0) return told;
    const taken = await takenUnasked(session, family);
    return taken.length > 0 ? taken : refusal;
  });
  return uses ?? [];
}

/** What a modem counts that refuses to be asked and can be set; empty if it does not take part yet either. */
async function takenUnasked(session: Session, family: ModemFamily): Promise<readonly MemoryUse[]> {
  const choices = await session.read('AT+CPMS=?', '+CPMS', parseMemoryChoices);
  const [memory] = choices === null ? [] : candidates(family, choices, []);
  return memory === undefined ? [] : setAlike(session, memory);
}

/** Asked once more if it is refused: texts may lie in a memory that is named nowhere else. */
async function readChoices(session: Session): Promise<MemoryChoices> {
  const ask = () => session.read('AT+CPMS=?', '+CPMS', parseMemoryChoices);
  return (await ask()) ?? (await ask()) ?? parseMemoryChoices('');
}

function candidates(family: ModemFamily, choices: MemoryChoices, uses: readonly MemoryUse[]): string[] {
  const offered = choices.read.length > 0 ? choices.read : namesOf(uses);
  return family.memories.filter(
    (memory) => offered.includes(memory) && (choices.receive === null || choices.receive.includes(memory)),
  );
}

function areAlike(uses: readonly MemoryUse[], memory: string): boolean {
  return uses.length > 0 && uses.every((use) => use.memory === memory);
}

/** Uses the longest form that is taken, and returns its answer; a third memory that stays another is seen when reading back. */
async function setAlike(session: Session, memory: string): Promise<MemoryUse[]> {
  for (const form of forms) {
    const reply = await session.run(setting(`AT+CPMS=${form(memory)}`, ['+CPMS']));
    if (!reply.ok) continue;
    return parseMemoryUses(reply.lines.at(-1) ?? '').map((use) => ({ ...use, memory: use.memory ?? memory }));
  }
  return [];
}

/**
 * Makes `memory` the one that is listed and deleted from; leaves alone where new texts go (`main`) if possible: some
 * models take three arguments only, and as the third none but one (fault A10). Returns how many texts the modem counts
 * in it, or null if it does not say; false if it refuses.
 */
export async function useMemory(
  session: Session,
  memory: string,
  main: string,
): Promise<number | null | false> {
  const [three, two, one] = forms.map((form) => form(memory));
  for (const names of new Set([one, two, `${two},"${main}"`, three])) {
    const reply = await session.run(setting(`AT+CPMS=${names}`, ['+CPMS']));
    if (reply.ok) return parseMemoryUses(reply.lines.at(-1) ?? '')[0]?.used ?? null;
  }
  return false;
}

function memoriesBeside(
  main: string,
  choices: MemoryChoices,
  seen: readonly string[],
): Pick<Memories, 'all' | 'onDemand'> {
  const offered = [...new Set([...choices.read, ...seen])];
  const onDemand = offered.filter((memory) => memory === 'SR' && memory !== main);
  // MT is ME and SM together.
  if (main === 'MT') return { all: [main], onDemand };
  const beside = offered.filter((memory) => memory !== main && (memory === 'SM' || memory === 'ME'));
  return { all: [main, ...beside], onDemand };
}

function namesOf(uses: readonly MemoryUse[]): string[] {
  return uses.map((use) => use.memory).filter((memory) => memory !== null);
}
