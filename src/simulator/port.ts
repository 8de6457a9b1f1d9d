import { fault } from '../base/errors.ts';
import { CommandQueue } from './command-queue.ts';
import { type ModemDevice, printPositions } from './device.ts';
import type { Exchange, Port } from './exchange.ts';
import type { PortRole } from './settings.ts';
import { PortOutput, Wire } from './wire.ts';

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

interface PortOptions {
  /** Octets are paced as at this rate, both ways; null: they are there at once. */
  readonly baudRate: number | null;
  /** Carries out a line and fills in the replies. */
  run(exchange: Exchange): void;
}

interface Host {
  readonly bytes: ((bytes: Uint8Array) => void)[];
  /** Octets that came before a listener did: a kernel keeps them for its reader. */
  unheard: string;
  readonly drain: (() => void)[];
  readonly hangup: (() => void)[];
}

export class ModemPort implements Port {
  readonly role: PortRole;
  echo = true;
  readonly #device: ModemDevice;
  readonly #commands: CommandQueue;
  readonly #output: PortOutput;
  readonly #input: Wire | null;
  #host: Host | null = null;
  /** Notifications that wait for the end of an answer. */
  #held = '';
  /** Octets from the host while the modem does not read. */
  #unread = '';
  #isPrintingPositions = false;

  constructor(device: ModemDevice, role: PortRole, { baudRate, run }: PortOptions) {
    this.role = role;
    this.#device = device;
    this.#output = new PortOutput(device, baudRate, (characters) => this.#deliver(characters));
    this.#input =
      baudRate === null ? null : new Wire(device.clock, baudRate, (characters) => this.#receive(characters));
    this.#commands = new CommandQueue(device, this, run, () => this.#release());
  }

  get attached(): boolean {
    return this.#host !== null;
  }

  get busy(): boolean {
    return this.#commands.busy;
  }

  print(text: string, force = false): void {
    if (text === '' || !this.#host) return;
    if (this.busy && !force) this.#held += text;
    else this.#output.print(text);
  }

  openPrompt(): void {
    this.#commands.openPrompt();
  }

  preload(characters: string): void {
    this.#commands.preload(characters);
  }

  drain(): void {
    const characters = this.#unread;
    this.#unread = '';
    if (characters !== '') this.#receive(characters);
    for (const listener of this.#host?.drain ?? []) listener();
  }

  reset(): void {
    this.#held = '';
    this.#unread = '';
    this.#output.clear();
    this.#input?.clear();
    this.#commands.reset();
    this.echo = true;
  }

  hangUp(): void {
    const gone = this.#host;
    this.#host = null;
    this.reset();
    for (const listener of gone?.hangup ?? []) listener();
  }

  /** Connects a host; throws `simulator.port.absent` or `simulator.port.busy`. */
  attach(): HostSide {
    const { usb, faults } = this.#device;
    if (usb.state !== 'present') throw fault('simulator.port.absent');
    if (this.#host || faults.hooks.some((hooks) => hooks.refusesHost?.())) throw fault('simulator.port.busy');
    const host: Host = { bytes: [], unheard: '', drain: [], hangup: [] };
    this.#host = host;
    if (this.role === 'nmea' && !this.#isPrintingPositions) {
      this.#isPrintingPositions = true;
      printPositions(this.#device, this.role);
    }
    for (const hooks of faults.hooks) hooks.hostAttached?.(this);
    return this.#sideOf(host);
  }

  /** A host that has closed, or was hung up, reaches nothing any more. */
  #sideOf(host: Host): HostSide {
    return {
      write: (bytes) => this.#host === host && this.#write(bytes),
      onBytes(listener) {
        host.bytes.push(listener);
        const waiting = host.unheard;
        host.unheard = '';
        if (waiting !== '') listener(Buffer.from(waiting, 'latin1'));
      },
      onDrain: (listener) => void host.drain.push(listener),
      onHangup: (listener) => void host.hangup.push(listener),
      close: () => {
        if (this.#host !== host) return;
        this.#host = null;
        this.#output.clear();
        for (const hooks of this.#device.faults.hooks) hooks.hostClosed?.(this);
      },
    };
  }

  #write(bytes: Uint8Array): boolean {
    const device = this.#device;
    const characters = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    device.counters.bytesIn += bytes.length;
    for (const watcher of device.watchers) watcher.octets?.('in', characters);
    if (device.faults.hooks.some((hooks) => hooks.stalled?.())) {
      this.#unread += characters;
      return false;
    }
    if (this.#input) this.#input.send(characters);
    else this.#receive(characters);
    return true;
  }

  #receive(characters: string): void {
    if (this.role === 'dead' || this.role === 'nmea' || !this.#device.ready.answers) return;
    let text = characters;
    for (const { input } of this.#device.faults.hooks) if (input) text = input(text);
    if (text !== '') this.#commands.feed(text);
  }

  #deliver(characters: string): void {
    const host = this.#host;
    if (!host) return;
    this.#device.counters.bytesOut += characters.length;
    for (const watcher of this.#device.watchers) watcher.octets?.('out', characters);
    if (host.bytes.length === 0) host.unheard += characters;
    const bytes = Buffer.from(characters, 'latin1');
    for (const listener of host.bytes) listener(bytes);
  }

  /** An answer is complete: what was held back meanwhile is printed. */
  #release(): void {
    const text = this.#held;
    this.#held = '';
    this.print(text);
  }
}
