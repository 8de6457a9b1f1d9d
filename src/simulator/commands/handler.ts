import type { Call } from '../command-line.ts';
import type { Port } from '../exchange.ts';
import type { Machine } from '../machine.ts';
import type { Reply } from '../reply.ts';

/** Carries out one command. null: this modem has no such form of it. */
export type Handler = (machine: Machine, call: Call, port: Port) => Reply | null;

/** A whole number written in an argument, null for anything else. */
export function numberOf(argument: string | undefined): number | null {
  return argument !== undefined && /^\d{1,9}$/.test(argument) ? Number(argument) : null;
}
