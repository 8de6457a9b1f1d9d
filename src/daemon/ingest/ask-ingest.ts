import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { fault } from '../../base/errors.ts';
import { unanswered } from '../status/ask-gateway.ts';
import { ingestSocketOf, refusedTrailer, writeInto } from './ingest-socket.ts';

interface Asking {
  readonly statusSocket: string;
  readonly line: string;
  /** JSON lines. Not touched before the gateway has said that it takes them. */
  readonly input: AsyncIterable<Buffer>;
  /** Resolves when the answers are taken. */
  readonly answer: (lines: Buffer) => Promise<void>;
}

/**
 * Has a running gateway take texts. Resolves to how many lines it refused.
 * @throws AppError `gateway.absent`, `gateway.forbidden`, `gateway.unclear`, `ingest.no-line`, `ingest.cut` if the gateway
 * stopped before the end; what `input` and `answer` reject with
 */
export async function ingestThroughGateway({ statusSocket, line, input, answer }: Asking): Promise<number> {
  const socketPath = ingestSocketOf(statusSocket);
  const sending = request({ socketPath, path: `/${line}`, method: 'POST', agent: false });
  try {
    const response = await responseTo(sending, socketPath);
    if (response.statusCode === 404) throw fault('ingest.no-line', { line });
    if (response.statusCode !== 200)
      throw fault('gateway.unclear', { socket: socketPath, what: String(response.statusCode) });
    const sent = send(sending, input);
    // Reported below; until then the answers go on.
    sent.catch(() => sending.destroy());
    await readAnswers(response, answer).catch(async (failed: unknown) => {
      await Promise.race([sent, Promise.reject(failed)]);
      throw failed;
    });
    const refused = response.trailers[refusedTrailer];
    if (refused === undefined) throw fault('ingest.cut');
    await sent;
    return Number(refused);
  } finally {
    sending.destroy();
  }
}

function responseTo(sending: ClientRequest, socket: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    sending.once('response', resolve);
    sending.on('error', (error) => reject(unanswered(socket, error)));
    sending.flushHeaders();
  });
}

async function readAnswers(response: IncomingMessage, answer: Asking['answer']): Promise<void> {
  const pieces = (response as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  for (;;) {
    const next = await pieces.next().catch(() => {
      throw fault('ingest.cut');
    });
    if (next.done === true) return;
    await answer(next.value);
  }
}

/** As fast as the gateway reads. */
async function send(sending: ClientRequest, input: AsyncIterable<Buffer>): Promise<void> {
  for await (const chunk of input) {
    // A gateway that has left is noticed by its answer.
    const isThere = await writeInto(sending, chunk).then(
      () => true,
      () => false,
    );
    if (!isThere) return;
  }
  sending.end();
}
