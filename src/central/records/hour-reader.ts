import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from '../../store/database/database.ts';
import { registerError } from '../../store/database/errors.ts';
import { HolderRing } from '../../store/holder/holder-ring.ts';
import { plainError } from '../../store/readers/thread-errors.ts';
import type { CentralReader } from './central-reader.ts';
import { centralSession } from './central-session.ts';
import { fetchedHours, openFetched } from './fetched-hours.ts';
import { gatewayHours } from './gateway-hours.ts';
import type { FromHourReader, HourReaderTask, ToHourReader } from './hour-readers.ts';
import { linesFrom } from './lines-of-gateways.ts';

/** A reading thread: with a connection and keys of its own it fetches the hours of a window, opens and sorts them. */
if (parentPort !== null) await serve(parentPort, workerData as HourReaderTask);

async function serve(port: MessagePort, task: HourReaderTask): Promise<void> {
  const post = (message: FromHourReader, given: ArrayBuffer[] = []) => port.postMessage(message, given);
  try {
    const { reader, close } = openReader(task);
    try {
      await readHours(reader, task, roomsFrom(port), post);
    } finally {
      await close();
    }
  } catch (error) {
    post({ kind: 'failed', error: plainError(registerError(error)) });
  } finally {
    port.close();
  }
}

function openReader({ place, password }: HourReaderTask): {
  readonly reader: CentralReader;
  readonly close: () => Promise<void>;
} {
  const { holder, dataDir, ringPath, masterFile, sameAs, retentionMs, address } = place;
  const session = centralSession({ ...address, password: password === null ? null : () => password });
  const ring = HolderRing.open(ringPath, false, masterFile);
  const db = openDatabase(dataDir, true, sameAs);
  return {
    reader: { ask: session.ask, holder, ring, db, retentionMs, thread: null },
    async close() {
      await session.close();
      db.close();
      ring.close();
    },
  };
}

/** Gives the next room that an hour may be opened into; null when no more is wanted. */
type NextRoom = () => Promise<ArrayBuffer | null>;

async function readHours(
  reader: CentralReader,
  { window, filter, lines }: HourReaderTask,
  nextRoom: NextRoom,
  post: (message: FromHourReader, given?: ArrayBuffer[]) => void,
): Promise<void> {
  const named = linesFrom(lines);
  for await (const fetched of fetchedHours(reader, await gatewayHours(reader, window), null)) {
    const room = await nextRoom();
    if (room === null) return;
    const opened = await openFetched(reader, fetched, named, filter, (bytes) => octetsIn(room, bytes));
    post({ kind: 'opened', opened }, [opened.octets.buffer as ArrayBuffer]);
  }
  post({ kind: 'end' });
}

/** Of its own, not of the pool that Node's small buffers share: it is handed over. */
function octetsIn(room: ArrayBuffer, bytes: number): Buffer {
  return room.byteLength >= bytes ? Buffer.from(room, 0, bytes) : Buffer.from(new ArrayBuffer(bytes));
}

function roomsFrom(port: MessagePort): NextRoom {
  const rooms: ArrayBuffer[] = [];
  let isStopped = false;
  let wake = () => {};
  port.on('message', (message: ToHourReader) => {
    if (message === 'stop') isStopped = true;
    else rooms.push(message.room);
    wake();
  });
  return async () => {
    while (!isStopped) {
      const room = rooms.shift();
      if (room !== undefined) return room;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return null;
  };
}
