import { setImmediate } from 'node:timers/promises';
import type { Client } from 'pg';
import { type CentralAddress, type CentralConnection, connectToPrimary, loadedClient } from '../connect.ts';
import { centralError } from '../errors.ts';
import { checkSchema } from '../schema/init.ts';
import type { Ask } from './central-reader.ts';
import type { Transact } from './central-venues.ts';

/** A holder's way to the central register: connected when it is first asked. */
export interface CentralSession {
  readonly ask: Ask;
  /** Knocks at the server: it lets us in, or not, while something else is done. Whoever asks then is told. */
  begin(): Promise<void>;
  /** On a connection of its own: what is read beside it is not part of it. */
  readonly transact: Transact;
  close(): Promise<void>;
}

/** Errors of every call: those of `connectToPrimary` and `checkSchema`, `central.…`. */
export function centralSession(address: CentralAddress): CentralSession {
  let connecting: Promise<CentralConnection> | null = null;
  // The connection itself, and questions.
  let unanswered = 0;
  const ending = new AbortController();

  function connected(signal?: AbortSignal): Promise<CentralConnection> {
    // To compile what many look-ups cost together takes longer than each of them.
    return connectToPrimary({ ...address, piped: true }, signal, (connection) =>
      Promise.all([checkSchema(connection), asking(connection)('SET jit = off')]),
    );
  }

  async function awaited<T>(answer: Promise<T>): Promise<T> {
    unanswered += 1;
    try {
      return await answer;
    } finally {
      unanswered -= 1;
    }
  }

  function begun(): Promise<CentralConnection> {
    connecting ??= awaited(connected(ending.signal));
    return connecting;
  }

  return {
    async begin() {
      await loadedClient();
      begun().catch(() => {});
      // The loop of events turns once between the two: by then a server of this machine has the first words.
      await setImmediate();
      await setImmediate();
    },
    async ask(query, values) {
      const connection = await begun();
      return awaited(asking(connection)(query, values));
    },
    async transact(work) {
      const connection = await connected();
      const inside = asking(connection);
      try {
        await inside('BEGIN');
        const result = await work(inside);
        await inside('COMMIT');
        return result;
      } finally {
        // What was not committed is undone with its connection.
        await connection.close();
      }
    },
    async close() {
      // Nobody wants what is on its way any more, and a server may take long to answer.
      if (unanswered > 0) ending.abort();
      const connection = await connecting?.catch(() => null);
      await connection?.close();
    },
  };
}

function asking({ client, host }: CentralConnection): Ask {
  return async <Row extends object>(query: string, values: readonly unknown[] = []) => {
    try {
      return (await (client as Client).query<Row>(query, [...values])).rows;
    } catch (error) {
      throw centralError(error, host);
    }
  };
}
