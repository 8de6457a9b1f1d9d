import { type MemoryChoices, type MemoryRoom, parseMemoryChoices, parseRooms } from '../../at/answers.ts';
import { query, setting } from '../../at/command.ts';
import type { ModemFamily } from '../families.ts';
import { attend } from '../recover/reset.ts';
import { ask, pause, run, type Session } from '../session.ts';

/** How AT+CPMS can be put; not every modem takes every form (fault A10). */
const forms: readonly ((memory: string) => string)[] = [
  (memory) => `"${memory}","${memory}","${memory}"`,
  (memory) => `"${memory}","${memory}"`,
  (memory) => `"${memory}"`,
];

export interface ChosenStorage {
  readonly main: string;
  readonly memories: readonly string[];
  readonly named: readonly string[];
}

/** All three memories alike where the modem can, read back; and which others there are to look into. */
export async function chooseStorage(session: Session, family: ModemFamily): Promise<ChosenStorage> {
  let rooms = await firstRooms(session);
  const found = namesOf(rooms);
  const choices = await readChoices(session);
  for (const memory of candidates(family, choices, rooms)) {
    if (!areAlike(rooms, memory)) {
      await setAlike(session, memory);
      rooms = await readRooms(session);
    }
    if (rooms[0]?.memory === memory && rooms[0].total > 0) break;
  }
  // A modem that tells numbers without names is listed as it stands.
  const main = rooms[0]?.memory ?? choices.read[0] ?? 'SM';
  noteRoom(session, rooms);
  return { main, ...othersBeside(main, choices, [...found, ...namesOf(rooms)]) };
}

/** Refused for as long as the SMS service starts (fault A2): waits without limit. */
async function firstRooms(session: Session): Promise<MemoryRoom[]> {
  for (let attempt = 0; ; attempt += 1) {
    const rooms = await readRooms(session);
    if (rooms.length > 0) return rooms;
    session.status.enter('waiting-for-sim', 'sms.not-ready');
    await attend(session, 'service');
    await pause(session, Math.min(5_000, 1_000 * (attempt + 1)));
  }
}

/** Asked once more where it is refused: texts may lie in a memory that is named nowhere else. */
async function readChoices(session: Session): Promise<MemoryChoices> {
  const askChoices = () => ask(session, query('AT+CPMS=?', '+CPMS'));
  const offered = (await askChoices()) ?? (await askChoices());
  return parseMemoryChoices(offered?.at(-1) ?? '');
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

/** The form with the most places that is taken; a third place that stays another is seen when reading back. */
async function setAlike(session: Session, memory: string): Promise<void> {
  for (const form of forms) {
    const reply = await run(session, setting(`AT+CPMS=${form(memory)}`, ['+CPMS']));
    if (reply.ok) return;
  }
}

/**
 * Makes `memory` the one that is listed and deleted from; where new texts go is left alone if possible. How many texts
 * the modem counts in it, or null where it does not say; false where it refuses.
 */
export async function useMemory(session: Session, memory: string): Promise<number | null | false> {
  for (const form of [...forms].reverse()) {
    const reply = await run(session, setting(`AT+CPMS=${form(memory)}`, ['+CPMS']));
    if (reply.ok) return parseRooms(reply.lines.at(-1) ?? '')[0]?.used ?? null;
  }
  return false;
}

/** What AT+CPMS? says; empty where it says nothing. */
export async function readRooms(session: Session): Promise<MemoryRoom[]> {
  const lines = await ask(session, query('AT+CPMS?', '+CPMS'));
  return parseRooms(lines?.at(-1) ?? '');
}

export function noteRoom(session: Session, rooms: readonly MemoryRoom[]): void {
  // New texts go to the third memory, which is not always the one that is read.
  const room = rooms[2] ?? rooms[0];
  if (!room) return;
  const memory = room.memory ?? rooms[0]?.memory ?? '';
  session.status.learn({ storage: { memory, used: room.used, total: room.total } });
}

function othersBeside(
  main: string,
  choices: MemoryChoices,
  seen: readonly string[],
): Pick<ChosenStorage, 'memories' | 'named'> {
  const offered = [...new Set([...choices.read, ...seen])];
  const named = offered.filter((memory) => memory === 'SR' && memory !== main);
  // MT is ME and SM together.
  if (main === 'MT') return { memories: [main], named };
  const beside = offered.filter((memory) => memory !== main && (memory === 'SM' || memory === 'ME'));
  return { memories: [main, ...beside], named };
}

function namesOf(rooms: readonly MemoryRoom[]): string[] {
  return rooms.map((room) => room.memory).filter((memory) => memory !== null);
}
