import type { ChildProcess } from 'node:child_process';

/** A program that takes texts out of a modem. */
export interface Receiver {
  readonly name: string;
  /** What it does with a text, for whoever compares. */
  readonly keeps: string;
  /** Null where it is not installed. */
  version(): string | null;
  /** Starts it in the foreground on a terminal, keeping everything in `folder`. */
  start(link: string, folder: string): ChildProcess;
}
