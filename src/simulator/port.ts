import { AppError } from '../base/errors.ts';
import { parseCommandLine } from './command-line.ts';
import { answerPieces, createExchange } from './exchange.ts';
import { createLineDiscipline } from './line-discipline.ts';
import type { Exchange, Machine, Port } from './machine.ts';
import { createWire } from './pacing.ts';
import { frame } from './reply.ts';
import type { PortRole } from './settings.ts';

/** The host's end of a port: what a tty or a serial server carries. */
export interface HostSide {
  /** Gives octets to the modem; false: it does not read at the moment, they wait (see `onDrain`). */
  write(bytes: Uint8Array): boolean;
  onBytes(listener: (bytes: Uint8Array) => void): void;
  onDrain(listener: () => void): void;
  /** The port has vanished: unplugged, or the modem reboots with its USB side. */
  onHangup(listener: () => void): void;
  close(): void;
}

export interface ModemPort extends Port {
  /** Connects a host; `simulator.port.absent` or `simulator.port.busy` where that cannot be. */
  attach(): HostSide;
}

export interface PortOptions {
  /** Octets are paced as at this rate, both ways; null: they are there at once. */
  readonly baudRate: number | null;
  /** Carries out a line and fills in the replies. */
  run(exchange: Exchange): void;
}

interface Host {
  readonly bytes: ((bytes: Uint8Array) => void)[];
  readonly drain: (() => void)[];
  readonly hangup: (() => void)[];
}

export function createPort(machine: Machine, role: PortRole, options: PortOptions): ModemPort {
  let host: Host | null = null;
  let epoch = 0;
  let busy = false;
  let running = false;
  let pending = '';
  let held = '';
  let unread = '';
  const lines: string[] = [];
  const answersHere = role === 'at' || role === 'second';
  const discipline = createLineDiscipline({
    onLine(line) {
      lines.push(line);
      runLines();
    },
    onPrompt: (sent) => port.print(frame([sent ? '+CMS ERROR: 302' : 'OK']), true),
  });
  const toHost = options.baudRate ? createWire(machine.clock, options.baudRate, deliver) : null;
  const toModem = options.baudRate ? createWire(machine.clock, options.baudRate, receive) : null;

  function receive(characters: string): void {
    if (!answersHere || !machine.ready.answers) return;
    let text = characters;
    for (const hooks of machine.faults.hooks) if (hooks.input) text = hooks.input(text);
    if (text !== '') discipline.feed(text);
  }

  function runLines(): void {
    if (running) return;
    running = true;
    for (let line = nextLine(); line !== undefined; line = nextLine()) start(line);
    running = false;
  }

  function nextLine(): string | undefined {
    return busy ? undefined : lines.shift();
  }

  function start(line: string): void {
    busy = true;
    const exchange = createExchange(line, parseCommandLine(line), port);
    options.run(exchange);
    port.print(exchange.before + exchange.echo, true);
    const delayMs = machine.latencyMs + exchange.delayMs;
    if (exchange.replies === null || exchange.replies.length === 0) finish();
    else if (delayMs > 0) later(delayMs, () => answer(exchange));
    else answer(exchange);
  }

  function answer(exchange: Exchange): void {
    const pieces = answerPieces(exchange, machine.settings.cmee, machine.family.prompt);
    if (exchange.replies?.at(-1)?.prompt) discipline.prompt();
    if (exchange.linePauseMs > 0) pace(pieces, exchange.linePauseMs);
    else {
      port.print(pieces.join(''), true);
      finish();
    }
  }

  function pace(pieces: string[], pauseMs: number): void {
    const [first, ...rest] = pieces;
    if (first === undefined) finish();
    else {
      port.print(first, true);
      later(pauseMs, () => pace(rest, pauseMs));
    }
  }

  function finish(): void {
    busy = false;
    if (held !== '') {
      const text = held;
      held = '';
      port.print(text);
    }
    runLines();
  }

  function later(delayMs: number, act: () => void): void {
    const startedIn = epoch;
    machine.clock.after(delayMs, () => {
      if (epoch === startedIn) act();
    });
  }

  function flush(): void {
    let text = pending;
    pending = '';
    for (const hooks of machine.faults.hooks) if (hooks.output) text = hooks.output(text);
    if (text === '') return;
    let pieces: readonly string[] = [text];
    for (const { pieces: cut } of machine.faults.hooks)
      if (cut) pieces = pieces.flatMap((piece) => cut(piece));
    for (const piece of pieces) toHost ? toHost.send(piece) : deliver(piece);
  }

  function deliver(text: string): void {
    if (!host) return;
    machine.counters.bytesOut += text.length;
    for (const watcher of machine.watchers) watcher.octets?.('out', text);
    const bytes = Buffer.from(text, 'latin1');
    for (const listener of host.bytes) listener(bytes);
  }

  function write(bytes: Uint8Array): boolean {
    machine.counters.bytesIn += bytes.length;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    for (const watcher of machine.watchers) watcher.octets?.('in', text);
    if (machine.faults.hooks.some((hooks) => hooks.stalled?.())) {
      unread += text;
      return false;
    }
    if (toModem) toModem.send(text);
    else receive(text);
    return true;
  }

  const port: ModemPort = {
    role,
    echo: true,
    get attached() {
      return host !== null;
    },
    get busy() {
      return busy;
    },
    print(text, force = false) {
      if (text === '' || !host) return;
      if (busy && !force) {
        held += text;
        return;
      }
      // One hand-over for everything that is printed in one go.
      if (pending === '') queueMicrotask(flush);
      pending += text;
    },
    openPrompt: () => discipline.prompt(),
    preload: (characters) => discipline.preload(characters),
    drain() {
      const text = unread;
      unread = '';
      if (text !== '') receive(text);
      for (const listener of host?.drain ?? []) listener();
    },
    reset() {
      epoch += 1;
      busy = false;
      held = '';
      unread = '';
      lines.length = 0;
      toHost?.clear();
      toModem?.clear();
      discipline.clear();
      port.echo = true;
    },
    hangUp() {
      const gone = host;
      host = null;
      pending = '';
      port.reset();
      for (const listener of gone?.hangup ?? []) listener();
    },
    attach() {
      if (machine.presence.state !== 'present')
        throw new AppError('simulator.port.absent', 'the simulated modem has no port at the moment');
      if (host || machine.faults.hooks.some((hooks) => hooks.refusesHost?.()))
        throw new AppError('simulator.port.busy', 'another host has this port open');
      const mine: Host = { bytes: [], drain: [], hangup: [] };
      host = mine;
      for (const hooks of machine.faults.hooks) hooks.hostAttached?.(port);
      return hostSide(mine);
    },
  };

  function hostSide(mine: Host): HostSide {
    return {
      write: (bytes) => host === mine && write(bytes),
      onBytes: (listener) => void mine.bytes.push(listener),
      onDrain: (listener) => void mine.drain.push(listener),
      onHangup: (listener) => void mine.hangup.push(listener),
      close() {
        if (host !== mine) return;
        host = null;
        pending = '';
        for (const hooks of machine.faults.hooks) hooks.hostClosed?.(port);
      },
    };
  }

  return port;
}
