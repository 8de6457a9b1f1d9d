import { type MemoryChoices, type MemoryRoom, parseMemoryChoices, parseRooms } from '../../at/answers.ts';
import { setting } from '../../at/command.ts';
import type { ModemFamily } from '../families.ts';
import type { LineStatus } from '../line-report.ts';
import { askAgainMs } from '../recover/recovery.ts';
import type { Resets } from '../recover/reset.ts';
import { readRooms } from '../talk/read-settings.ts';
import type { Session } from '../talk/session.ts';

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

/** Sets all three memories alike if the modem can, reads that back, and finds out which others there are. */
export async function chooseStorage(
  session: Session,
  family: ModemFamily,
  parts: { readonly status: LineStatus; readonly resets: Resets },
): Promise<Memories> {
  let rooms = await firstRooms(session, parts);
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
  parts.status.learnRooms(rooms);
  return { main, ...memoriesBeside(main, choices, [...found, ...namesOf(rooms)]) };
}

/** Refused for as long as the SMS service starts (fault A2): waits without limit. @throws LineReset */
async function firstRooms(
  session: Session,
  { status, resets }: { readonly status: LineStatus; readonly resets: Resets },
): Promise<MemoryRoom[]> {
  for (let attempt = 0; ; attempt += 1) {
    const rooms = await readRooms(session);
    if (rooms.length > 0) return rooms;
    status.waitForSim('sms.not-ready');
    await resets.resetIfDue(session, 'service');
    await session.pause(askAgainMs(attempt));
  }
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

/** Uses the longest form that is taken; a third memory that stays another is seen when reading back. */
async function setAlike(session: Session, memory: string): Promise<void> {
  for (const form of forms) {
    if ((await session.run(setting(`AT+CPMS=${form(memory)}`, ['+CPMS']))).ok) return;
  }
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
