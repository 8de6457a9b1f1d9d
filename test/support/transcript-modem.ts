import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../../src/base/clock.ts';
import { type Arrival, type LineReport, startLine } from '../../src/modem/line.ts';
import type { OpenTransport } from '../../src/modem/port/transport.ts';
import { FakeClock } from './fake-clock.ts';

const folder = fileURLToPath(new URL('../transcripts', import.meta.url));

interface Block {
  answer: string;
  readonly unasked: { readonly afterMs: number; readonly raw: string }[];
}

/** What a transcript says (its README has the notation). */
interface Transcript {
  readonly blocks: ReadonlyMap<string, readonly Block[]>;
  readonly otherwise: string;
}

export const transcriptNames = readdirSync(folder)
  .filter((file) => file.endsWith('.txt'))
  .map((file) => file.slice(0, -4));

export function readTranscript(name: string): Transcript {
  return parseTranscript(name, readFileSync(`${folder}/${name}.txt`, 'utf8'));
}

export function parseTranscript(name: string, text: string): Transcript {
  const blocks = new Map<string, Block[]>();
  let otherwise = '';
  let block: Block | null = null;
  for (const line of text.split('\n')) {
    const kind = line.charAt(0);
    const rest = line.slice(2);
    if (kind === '>') {
      block = { answer: '', unasked: [] };
      blocks.set(rest, [...(blocks.get(rest) ?? []), block]);
    } else if (kind === '<' && block) block.answer += octets(rest);
    else if (kind === '*' && block) {
      const [afterMs = '0'] = rest.split(' ', 1);
      block.unasked.push({ afterMs: Number(afterMs), raw: octets(rest.slice(afterMs.length + 1)) });
    } else if (kind === '?') otherwise = octets(rest);
    else if (kind !== '' && kind !== '#') throw new Error(`${name}: ${line}`);
  }
  return { blocks, otherwise };
}

function octets(text: string): string {
  return text.replaceAll('⏎', '\r\n').replaceAll('␍', '\r').replaceAll('␊', '\n').replaceAll('␀', '\0');
}

/** A modem that says what the transcript says, cut into reads by `chop`. */
export function playTranscript(
  transcript: Transcript,
  clock: Clock,
  chop: (bytes: Uint8Array) => Uint8Array[],
): { open: OpenTransport; sent: string[] } {
  const sent: string[] = [];
  const turns = new Map<string, number>();
  const open: OpenTransport = async () => {
    let receive: (bytes: Uint8Array) => void = () => {};
    let input = '';
    const say = (afterMs: number, raw: string) =>
      clock.after(afterMs, () => {
        for (const read of chop(Buffer.from(raw, 'latin1'))) receive(read);
      });
    const respond = (command: string) => {
      sent.push(command);
      const blocks = transcript.blocks.get(command) ?? [];
      const turn = turns.get(command) ?? 0;
      turns.set(command, turn + 1);
      const block = blocks[Math.min(turn, blocks.length - 1)];
      say(0, block?.answer ?? transcript.otherwise);
      if (turn < blocks.length) for (const { afterMs, raw } of block?.unasked ?? []) say(afterMs, raw);
    };
    return {
      async write(bytes) {
        for (const char of Buffer.from(bytes).toString('latin1').replaceAll('\u001b', '')) {
          if (char !== '\r') input += char;
          else {
            respond(input);
            input = '';
          }
        }
      },
      onBytes(callback) {
        receive = callback;
      },
      onClose() {},
      async close() {
        receive = () => {};
      },
    };
  };
  return { open, sent };
}

/** How reads are cut. */
export type Chop = (bytes: Uint8Array) => Uint8Array[];

export interface Outcome {
  readonly texts: string[];
  readonly pdus: string[];
  readonly released: string[];
  readonly report: LineReport;
  readonly sent: string[];
}

/** What a line makes of a transcript within twenty seconds. */
export async function replayTranscript(transcript: Transcript, chop: Chop): Promise<Outcome> {
  const clock = new FakeClock();
  const { open, sent } = playTranscript(transcript, clock, chop);
  const texts: string[] = [];
  const pdus: string[] = [];
  const released: string[] = [];
  const line = startLine({
    openTransport: open,
    clock,
    accept: async (listing) => {
      texts.push(...listing.map(told));
      pdus.push(...listing.map(({ pdu }) => pdu));
    },
    released(arrivals) {
      released.push(...arrivals.map(told));
      return false;
    },
    pinRefusals: { failed: () => false, remember: () => {}, forget: () => {} },
    pollIntervalMs: 3_600_000,
    healthIntervalMs: 3_600_000,
  });
  await clock.advance(20_000);
  const report = line.report();
  const stopped = line.stop();
  await clock.advance(5_000);
  await stopped;
  return { texts, pdus, released, report, sent };
}

function told({ memory, slot, pdu, announcedLength }: Arrival): string {
  return `${memory ?? 'direct'} ${slot ?? '-'} ${senderDigits(pdu)} ${announcedLength}`;
}

/** The last four digits of the sender tell the transcripts' texts apart. */
function senderDigits(pdu: string): string {
  return pdu
    .slice(28, 34)
    .replace(/(.)(.)/g, '$2$1')
    .slice(1, 5);
}
