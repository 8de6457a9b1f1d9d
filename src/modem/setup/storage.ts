import { type MemoryChoices, type MemoryRoom, parseMemoryChoices, parseRooms } from '../../at/answers.ts';
import { query, setting } from '../../at/command.ts';
import type { ModemFamily } from '../families.ts';
import { readRooms } from '../talk/read-settings.ts';
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
  let rooms: readonly MemoryRoom[] = await firstRooms(session, family, parts);
  const found = namesOf(rooms);
  const choices = await readChoices(session);
  for (const memory of candidates(family, choices, rooms)) {
    if (!areAlike(rooms, memory)) {
      const taken = await setAlike(session, memory);
      rooms = await readRooms(session);
      // A modem that cannot be asked has at least taken it.
      if (rooms.length === 0) rooms = taken;
    }
    if (rooms[0]?.memory === memory && rooms[0].total > 0) break;
  }
  // A modem that gives numbers without names is listed as it stands.
  const main = rooms[0]?.memory ?? choices.read[0] ?? 'SM';
  parts.status.learnRooms(rooms);
  return { main, ...memoriesBeside(main, choices, [...found, ...namesOf(rooms)]), isKnown: rooms.length > 0 };
}

/** Empty if the modem refuses the question for good. @throws LineReset */
async function firstRooms(
  session: Session,
  family: ModemFamily,
  parts: ServiceParts,
): Promise<readonly MemoryRoom[]> {
  const rooms = await askService(session, parts, async () => {
    const reply = await session.run(query('AT+CPMS?', '+CPMS'));
    if (!reply.ok && refusalOf(reply) !== 'refused') return refusalOf(reply);
    const told = parseRooms(reply.ok ? (reply.lines.at(-1) ?? '') : '');
    if (told.length > 0) return told;
    const taken = await takenUnasked(session, family);
    return taken.length > 0 ? taken : 'refused';
  });
  return rooms ?? [];
}

/** What a modem counts that refuses to be asked and can be set; empty if it does not take part yet either. */
async function takenUnasked(session: Session, family: ModemFamily): Promise<readonly MemoryRoom[]> {
  const choices = await session.read('AT+CPMS=?', '+CPMS', parseMemoryChoices);
  const [memory] = choices === null ? [] : candidates(family, choices, []);
  return memory === undefined ? [] : setAlike(session, memory);
}

/** Asked once more if it is refused: texts may lie in a memory that is named nowhere else. */
async function readChoices(session: Session): Promise<MemoryChoices> {
  const ask = () => session.read('AT+CPMS=?', '+CPMS', parseMemoryChoices);
  return (await ask()) ?? (await ask()) ?? parseMemoryChoices('');
}

function candidates(family: ModemFamily, choices: MemoryChoices, rooms: readonly MemoryRoom[]): string[] {
  const offered = choices.read.length > 0 ? choices.read : namesOf(rooms);
  return family.memories.filter(
    (memory) => offered.includes(memory) && (choices.receive === null || choices.receive.includes(memory)),
  );
}

function areAlike(rooms: readonly MemoryRoom[], memory: string): boolean {
  return rooms.length > 0 && rooms.every((room) => room.memory === memory);
}

/** Uses the longest form that is taken, and returns its answer; a third memory that stays another is seen when reading back. */
async function setAlike(session: Session, memory: string): Promise<MemoryRoom[]> {
  for (const form of forms) {
    const reply = await session.run(setting(`AT+CPMS=${form(memory)}`, ['+CPMS']));
    if (!reply.ok) continue;
    return parseRooms(reply.lines.at(-1) ?? '').map((room) => ({ ...room, memory: room.memory ?? memory }));
  }
  return [];
}

/**
 * Makes `memory` the one that is listed and deleted from; leaves alone where new texts go if possible. Returns how
 * many texts the modem counts in it, or null if it does not say; false if it refuses.
 */
export async function useMemory(session: Session, memory: string): Promise<number | null | false> {
  for (const form of [...forms].reverse()) {
    const reply = await session.run(setting(`AT+CPMS=${form(memory)}`, ['+CPMS']));
    if (reply.ok) return parseRooms(reply.lines.at(-1) ?? '')[0]?.used ?? null;
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

function namesOf(rooms: readonly MemoryRoom[]): string[] {
  return rooms.map((room) => room.memory).filter((memory) => memory !== null);
}
