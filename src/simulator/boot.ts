import type { Timer } from '../base/clock.ts';
import type { ModemDevice, RebootKind } from './device.ts';
import type { BootStep } from './family.ts';
import { register, registration } from './radio.ts';
import { settingsAfterReboot } from './settings.ts';
import { lockAtBoot, pinState } from './sim-card.ts';

/** Power, boot and the USB side of one device. */
export class BootSequence {
  readonly #device: ModemDevice;
  #timers: Timer[] = [];
  /** Steps that wait for the PIN, timed from the step that asked for it. */
  #awaitingPin: readonly BootStep[] = [];

  constructor(device: ModemDevice) {
    this.#device = device;
  }

  /** Plays the boot from its first step. */
  startCold(): void {
    this.#play(this.#device.family.boot.steps, 0);
  }

  /** A modem that has long been on: everything works at once, except what waits for the PIN. */
  startWarm(): void {
    const device = this.#device;
    Object.assign(device.ready, { answers: true, sim: true, sms: true });
    device.radio.registration = registration.home;
    if (pinState(device.sim) === 'READY') return;
    Object.assign(device.ready, { sim: false, sms: false });
    device.radio.registration = registration.searching;
    const { steps } = device.family.boot;
    this.#awaitingPin = steps.slice(steps.findIndex((step) => step.does === 'sim'));
  }

  reboot(kind: RebootKind): void {
    const device = this.#device;
    device.counters.reboots += 1;
    this.#shutDown();
    const { portGoneMs, steps } = device.family.boot;
    const returnsAsCdRom = kind === 'reset' && device.family.cdromAfterReset;
    if (portGoneMs > 0 && kind !== 'silent')
      this.#dropPorts(returnsAsCdRom ? 'cd-rom' : 'present', portGoneMs);
    else this.#play(steps, 0);
  }

  unplug(): void {
    this.#shutDown();
    this.#device.setUsb({ state: 'absent', number: this.#device.usb.number });
  }

  plug(number: number): void {
    if (this.#device.usb.state === 'present') return;
    this.#stopTimers();
    this.#device.setUsb({ state: 'present', number });
    this.#play(this.#device.family.boot.steps, 0);
  }

  /** The right PIN came: the steps that waited for it are played. */
  resumeAfterPin(): void {
    const [first, ...rest] = this.#awaitingPin;
    this.#awaitingPin = [];
    this.#device.ready.sim = true;
    if (first) this.#play(rest, first.atMs);
  }

  #shutDown(): void {
    const device = this.#device;
    this.#stopTimers();
    Object.assign(device.ready, { answers: false, sim: false, sms: false });
    Object.assign(device.radio, { cfun: 1, registration: registration.none });
    device.settings = settingsAfterReboot(device.family, device.settings);
    device.fullAnnounced = false;
    lockAtBoot(device.sim);
    const { unacknowledged } = device;
    device.unacknowledged = null;
    unacknowledged?.expire.cancel();
    if (unacknowledged) device.network.acknowledged(unacknowledged.text, false);
    for (const port of device.ports.values()) port.reset();
  }

  #dropPorts(backAs: 'present' | 'cd-rom', afterMs: number): void {
    const { number } = this.#device.usb;
    this.#device.setUsb({ state: 'absent', number });
    this.#after(afterMs, () => {
      this.#device.setUsb({ state: backAs, number });
      if (backAs === 'present') this.startCold();
    });
  }

  #play(steps: readonly BootStep[], fromMs: number): void {
    for (const [i, step] of steps.entries())
      this.#after(step.atMs - fromMs, () => {
        if (this.#awaitingPin.length === 0) this.#reach(step, steps.slice(i));
      });
    if (steps.length > 0) this.#device.radio.registration = registration.searching;
  }

  /** `rest`: this step and those behind it. */
  #reach(step: BootStep, rest: readonly BootStep[]): void {
    const state = pinState(this.#device.sim);
    if (step.does === 'sim' && state !== 'READY') {
      this.#awaitingPin = rest;
      if (step.line?.startsWith('+CPIN'))
        this.#device.notify(`+CPIN: ${state === 'absent' ? 'NOT INSERTED' : state}`);
      return;
    }
    // A modem that does not answer yet prints nothing, so this goes before the step's line, the rest behind it.
    if (step.does === 'answers') this.#enable('answers');
    if (step.line !== undefined) this.#device.notify(step.line);
    if (step.does && step.does !== 'answers') this.#enable(step.does);
  }

  #enable(part: NonNullable<BootStep['does']>): void {
    const device = this.#device;
    if (part === 'network') {
      register(device);
      return;
    }
    device.ready[part] = true;
    if (part === 'answers') for (const hooks of device.faults.hooks) hooks.booted?.();
    if (part === 'sms') device.network.resumeDelivery();
  }

  #after(delayMs: number, act: () => void): void {
    this.#timers.push(this.#device.clock.after(delayMs * this.#device.bootScale, act));
  }

  #stopTimers(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers = [];
    this.#awaitingPin = [];
  }
}
