import type { Client } from 'pg';
import { type CentralAddress, type CentralConnection, connectToPrimary, cut } from '../connect.ts';
import { centralError } from '../errors.ts';
import { checkSchema } from '../schema/init.ts';
import type { Ask } from './central-reader.ts';
import type { Transact } from './central-venues.ts';

/** A holder's way to the central register: connected when it is first asked. */
export interface CentralSession {
  readonly ask: Ask;
  /** On a connection of its own: what is read beside it is not part of it. */
  readonly transact: Transact;
  close(): Promise<void>;
}

/** Errors of every call: those of `connectToPrimary` and `checkSchema`, `central.…`. */
export function centralSession(address: CentralAddress): CentralSession {
  let connecting: Promise<CentralConnection> | null = null;
  let unanswered = 0;

  async function connected(how: Pick<CentralAddress, 'piped'> = {}): Promise<CentralConnection> {
    const connection = await connectToPrimary({ ...address, ...how });
    try {
      // To compile what many look-ups cost together takes longer than each of them.
      await Promise.all([checkSchema(connection), asking(connection)('SET jit = off')]);
      return connection;
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  return {
    async ask(query, values) {
      connecting ??= connected({ piped: true });
      const connection = await connecting;
      unanswered += 1;
      try {
        return await asking(connection)(query, values);
      } finally {
        unanswered -= 1;
      }
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
      const connection = await connecting?.catch(() => null);
      // A connection whose questions are on their way would be ended by their answers, and nobody wants those any more.
      if (unanswered > 0 && connection != null) cut(connection.client);
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
