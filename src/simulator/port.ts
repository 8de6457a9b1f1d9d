import type { Clock, Timer } from '../base/clock.ts';
import { WordedError } from '../base/errors.ts';
import { createConversation } from './conversation.ts';
import type { Exchange, Port } from './exchange.ts';
import { type Machine, printPositions } from './machine.ts';
import type { PortRole } from './settings.ts';

/** A wire that carries `baudRate` / 10 octets a second (8N1), in slices as a USB serial chip hands them over. */
export interface Wire {
  send(text: string): void;
  clear(): void;
}

const sliceMs = 16;

export function createWire(clock: Clock, baudRate: number, deliver: (text: string) => void): Wire {
  const octetMs = 10_000 / baudRate;
  const slice = Math.max(1, Math.floor(sliceMs / octetMs));
  const waiting: { dueMs: number; text: string }[] = [];
  let freeAtMs = 0;
  let timer: Timer | null = null;

  function schedule(): void {
    const first = waiting[0];
    if (!first || timer) return;
    timer = clock.after(Math.max(0, first.dueMs - clock.monotonicMs()), () => {
      timer = null;
      const nowMs = clock.monotonicMs();
      while (waiting[0] && waiting[0].dueMs <= nowMs + 0.5) deliver(waiting.shift()?.text ?? '');
      schedule();
    });
  }

  return {
    send(text) {
      freeAtMs = Math.max(freeAtMs, clock.monotonicMs());
      for (let at = 0; at < text.length; at += slice) {
        const part = text.slice(at, at + slice);
        freeAtMs += part.length * octetMs;
        waiting.push({ dueMs: freeAtMs, text: part });
      }
      schedule();
    },
    clear() {
      waiting.length = 0;
      timer?.cancel();
      timer = null;
    },
  };
}

/** What a port prints on its way to the host. */
export interface PortOutput {
  /** Prints text; what is printed in one go is handed over in one piece. */
  print(text: string): void;
  /** Drops what has not been handed over. */
  clear(): void;
}

/** Output through the faults, and at the pace of `baudRate` where there is one. `deliver` takes octets, one a character. */
export function createPortOutput(
  machine: Machine,
  baudRate: number | null,
  deliver: (characters: string) => void,
): PortOutput {
  const wire = baudRate === null ? null : createWire(machine.clock, baudRate, deliver);
  let pending = '';

  function flush(): void {
    let text = pending;
    pending = '';
    for (const { output } of machine.faults.hooks) if (output) text = output(text);
    if (text === '') return;
    for (const piece of cut(text)) {
      if (wire) wire.send(piece);
      else deliver(piece);
    }
  }

  function cut(text: string): readonly string[] {
    let pieces: readonly string[] = [text];
    for (const { pieces: cutAgain } of machine.faults.hooks) if (cutAgain) pieces = pieces.flatMap(cutAgain);
    return pieces;
  }

  return {
    print(text) {
      if (pending === '') queueMicrotask(flush);
      pending += text;
    },
    clear() {
      pending = '';
      wire?.clear();
    },
  };
}

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
  /** Octets that came before anybody listened: a kernel keeps them for its reader. */
  unheard: string;
  readonly drain: (() => void)[];
  readonly hangup: (() => void)[];
}

export function createPort(machine: Machine, role: PortRole, options: PortOptions): ModemPort {
  let host: Host | null = null;
  let held = '';
  let unread = '';
  let printing = false;
  const output = createPortOutput(machine, options.baudRate, deliver);
  const input = options.baudRate === null ? null : createWire(machine.clock, options.baudRate, receive);

  function deliver(characters: string): void {
    if (!host) return;
    machine.counters.bytesOut += characters.length;
    for (const watcher of machine.watchers) watcher.octets?.('out', characters);
    if (host.bytes.length === 0) host.unheard += characters;
    const bytes = Buffer.from(characters, 'latin1');
    for (const listener of host.bytes) listener(bytes);
  }

  function receive(characters: string): void {
    if (role === 'dead' || role === 'nmea' || !machine.ready.answers) return;
    let text = characters;
    for (const hooks of machine.faults.hooks) if (hooks.input) text = hooks.input(text);
    if (text !== '') conversation.feed(text);
  }

  function write(bytes: Uint8Array): boolean {
    const characters = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    machine.counters.bytesIn += bytes.length;
    for (const watcher of machine.watchers) watcher.octets?.('in', characters);
    if (machine.faults.hooks.some((hooks) => hooks.stalled?.())) {
      unread += characters;
      return false;
    }
    if (input) input.send(characters);
    else receive(characters);
    return true;
  }

  const port: ModemPort = {
    role,
    echo: true,
    get attached() {
      return host !== null;
    },
    get busy() {
      return conversation.busy;
    },
    print(text, force = false) {
      if (text === '' || !host) return;
      if (conversation.busy && !force) held += text;
      else output.print(text);
    },
    openPrompt: () => conversation.prompt(),
    preload: (characters) => conversation.preload(characters),
    drain() {
      const characters = unread;
      unread = '';
      if (characters !== '') receive(characters);
      for (const listener of host?.drain ?? []) listener();
    },
    reset() {
      held = '';
      unread = '';
      output.clear();
      input?.clear();
      conversation.reset();
      port.echo = true;
    },
    hangUp() {
      const gone = host;
      host = null;
      port.reset();
      for (const listener of gone?.hangup ?? []) listener();
    },
    attach() {
      if (machine.presence.state !== 'present')
        throw new WordedError('simulator.port.absent', 'the simulated modem has no port at the moment');
      if (host || machine.faults.hooks.some((hooks) => hooks.refusesHost?.()))
        throw new WordedError('simulator.port.busy', 'another host has this port open');
      const mine: Host = { bytes: [], unheard: '', drain: [], hangup: [] };
      host = mine;
      if (role === 'nmea' && !printing) printPositions(machine, role);
      printing = true;
      for (const hooks of machine.faults.hooks) hooks.hostAttached?.(port);
      return hostSide(mine);
    },
  };

  const conversation = createConversation(machine, port, options.run, () => {
    const text = held;
    held = '';
    port.print(text);
  });

  function hostSide(mine: Host): HostSide {
    return {
      write: (bytes) => host === mine && write(bytes),
      onBytes(listener) {
        mine.bytes.push(listener);
        const waiting = mine.unheard;
        mine.unheard = '';
        if (waiting !== '') listener(Buffer.from(waiting, 'latin1'));
      },
      onDrain: (listener) => void mine.drain.push(listener),
      onHangup: (listener) => void mine.hangup.push(listener),
      close() {
        if (host !== mine) return;
        host = null;
        output.clear();
        for (const hooks of machine.faults.hooks) hooks.hostClosed?.(port);
      },
    };
  }

  return port;
}
