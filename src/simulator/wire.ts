import type { Clock, Timer } from '../base/clock.ts';
import type { ModemDevice } from './device.ts';

/** How long a USB serial chip collects octets before it hands them over. */
const sliceMs = 16;

/** A wire that carries `baudRate` / 10 octets a second (8N1), in slices as a USB serial chip hands them over. */
export class Wire {
  readonly #clock: Clock;
  readonly #deliver: (text: string) => void;
  readonly #octetMs: number;
  readonly #sliceOctets: number;
  #waiting: { readonly dueMs: number; readonly text: string }[] = [];
  #freeAtMs = 0;
  #timer: Timer | null = null;

  constructor(clock: Clock, baudRate: number, deliver: (text: string) => void) {
    this.#clock = clock;
    this.#deliver = deliver;
    this.#octetMs = 10_000 / baudRate;
    this.#sliceOctets = Math.max(1, Math.floor(sliceMs / this.#octetMs));
  }

  send(text: string): void {
    this.#freeAtMs = Math.max(this.#freeAtMs, this.#clock.monotonicMs());
    for (let at = 0; at < text.length; at += this.#sliceOctets) {
      const slice = text.slice(at, at + this.#sliceOctets);
      this.#freeAtMs += slice.length * this.#octetMs;
      this.#waiting.push({ dueMs: this.#freeAtMs, text: slice });
    }
    this.#schedule();
  }

  clear(): void {
    this.#waiting = [];
    this.#timer?.cancel();
    this.#timer = null;
  }

  #schedule(): void {
    const [first] = this.#waiting;
    if (!first || this.#timer) return;
    this.#timer = this.#clock.after(Math.max(0, first.dueMs - this.#clock.monotonicMs()), () => {
      this.#timer = null;
      const nowMs = this.#clock.monotonicMs();
      for (let [next] = this.#waiting; next && next.dueMs <= nowMs + 0.5; [next] = this.#waiting) {
        this.#waiting.shift();
        this.#deliver(next.text);
      }
      this.#schedule();
    });
  }
}

/** What a port prints on its way to the host: through the faults, and at the pace of `baudRate` if it has one. */
export class PortOutput {
  readonly #device: ModemDevice;
  readonly #send: (text: string) => void;
  readonly #wire: Wire | null;
  #pending = '';

  /** `deliver` gets octets, one a character. */
  constructor(device: ModemDevice, baudRate: number | null, deliver: (characters: string) => void) {
    const wire = baudRate === null ? null : new Wire(device.clock, baudRate, deliver);
    this.#device = device;
    this.#wire = wire;
    this.#send = wire ? (text) => wire.send(text) : deliver;
  }

  /** Prints text; what is printed in one go is handed over in one piece. */
  print(text: string): void {
    if (this.#pending === '') queueMicrotask(() => this.#flush());
    this.#pending += text;
  }

  /** Drops what has not been handed over. */
  clear(): void {
    this.#pending = '';
    this.#wire?.clear();
  }

  #flush(): void {
    const { hooks } = this.#device.faults;
    let text = this.#pending;
    this.#pending = '';
    for (const { output } of hooks) if (output) text = output(text);
    if (text === '') return;
    let pieces: readonly string[] = [text];
    for (const { pieces: cut } of hooks) if (cut) pieces = pieces.flatMap(cut);
    for (const piece of pieces) this.#send(piece);
  }
}
