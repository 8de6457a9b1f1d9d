import type { WireMessage } from '../../daemon/wire/wire-message.ts';
import { finalResult, LineDisguiser } from './disguise-line.ts';
import { madeUp } from './mask.ts';
import { type WireLine, WireLines } from './wire-lines.ts';

interface Block {
  readonly command: string;
  readonly atMs: number;
  answer: string;
  readonly unasked: { readonly afterMs: number; text: string }[];
  isAnswered: boolean;
}

/** The first command of every session: what comes before it belongs to an earlier one. */
const firstCommand = 'ATQ0V1E0';

/**
 * Writes what passed on a wire as a transcript, in the notation of test/transcripts/README.md: each command with its
 * answer, and what came unasked after so many milliseconds. Numbers and words are made up.
 */
export class Transcript {
  readonly #lines = new WireLines();
  readonly #disguiser = new LineDisguiser(madeUp());
  readonly #blocks: Block[] = [];
  #length = 0;

  add(message: WireMessage): void {
    if ('source' in message) for (const line of this.#lines.add(message)) this.#take(line);
  }

  /** Octets so far. */
  get length(): number {
    return this.#length;
  }

  /** No session has begun. */
  get isEmpty(): boolean {
    return this.#blocks.length === 0;
  }

  /** `title`: its first line, a comment. */
  text(title: string): string {
    for (const line of this.#lines.end()) this.#take(line);
    return `${[`# ${title}`, '? ⏎ERROR⏎', ...withoutRepeats(this.#blocks).flatMap(written)].join('\n')}\n`;
  }

  #take(line: WireLine): void {
    this.#length += line.text.length + line.end.length;
    if (line.by === 'host') this.#command(line);
    else this.#said(line);
  }

  #command({ atMs, text, end }: WireLine): void {
    const command = this.#disguiser.host(text).replaceAll('\u001b', '');
    if (end === '' || (this.#blocks.length === 0 && command !== firstCommand)) return;
    this.#blocks.push({ command, atMs, answer: '', unasked: [], isAnswered: false });
  }

  #said({ atMs, text, end }: WireLine): void {
    const said = this.#disguiser.modem(text) + end;
    const block = this.#blocks.at(-1);
    if (block === undefined) return;
    if (!block.isAnswered) {
      block.answer += said;
      block.isAnswered = finalResult.test(text);
      return;
    }
    const afterMs = Math.max(0, Math.round(atMs - block.atMs));
    const last = block.unasked.at(-1);
    if (last?.afterMs === afterMs) last.text += said;
    else block.unasked.push({ afterMs, text: said });
  }
}

/** The last block of a command is for ever, so others like it at the end say nothing more. */
function withoutRepeats(blocks: readonly Block[]): Block[] {
  const kept: Block[] = [];
  const next = new Map<string, Block | null>();
  for (const block of blocks.toReversed()) {
    const later = next.get(block.command);
    const repeats = later?.answer === block.answer && later.unasked.length === 0;
    // What is taken from the later one holds for this one, which stands for both.
    if (repeats) kept.splice(kept.indexOf(later), 1);
    kept.push(block);
    next.set(block.command, later === undefined || repeats ? block : null);
  }
  return kept.toReversed();
}

function written({ command, answer, unasked }: Block): string[] {
  return [
    `> ${command}`,
    ...(answer === '' ? [] : [`< ${signs(answer)}`]),
    ...unasked
      .filter(({ text }) => text.trim() !== '')
      .map(({ afterMs, text }) => `* ${afterMs} ${signs(text)}`),
  ];
}

function signs(text: string): string {
  return text
    .replaceAll('\r\n', '⏎')
    .replaceAll('\r', '␍')
    .replaceAll('\n', '␊')
    .replaceAll('\0', '␀')
    .replace(/[^\x20-\x7e⏎␍␊␀]/g, 'x');
}
