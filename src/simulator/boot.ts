import type { Timer } from '../base/clock.ts';
import type { BootStep } from './family.ts';
import type { Machine } from './machine.ts';
import { register, registration } from './radio.ts';
import { settingsAfterReboot } from './settings.ts';
import { lockAtBoot, pinState } from './sim-card.ts';

/** Power, boot and the USB side of one machine. */
export interface Boot {
  reboot(how: 'reset' | 'silent' | 'power'): void;
  unplug(): void;
  plug(number?: number): void;
  simUnlocked(): void;
  /** Everything is up at once: a modem that has long been on. */
  warm(): void;
  /** Plays the boot from the start. */
  cold(): void;
}

export function createBoot(machine: Machine): Boot {
  let timers: Timer[] = [];
  /** Steps that wait for the PIN, timed from the step at which it was asked for. */
  let waiting: readonly BootStep[] = [];

  function stopTimers(): void {
    for (const timer of timers) timer.cancel();
    timers = [];
    waiting = [];
  }

  function after(delayMs: number, act: () => void): void {
    timers.push(machine.clock.after(delayMs * machine.bootScale, act));
  }

  function down(): void {
    stopTimers();
    Object.assign(machine.ready, { answers: false, sim: false, sms: false });
    Object.assign(machine.radio, { cfun: 1, registration: registration.none });
    machine.settings = settingsAfterReboot(machine.family, machine.settings);
    machine.fullSaid = false;
    lockAtBoot(machine.sim);
    const { awaiting } = machine;
    machine.awaiting = null;
    awaiting?.expire.cancel();
    if (awaiting) machine.network.acknowledged(awaiting.text, false);
    for (const port of machine.ports.values()) port.reset();
  }

  function play(steps: readonly BootStep[], fromMs: number): void {
    steps.forEach((step, i) => {
      after(step.atMs - fromMs, () => {
        if (waiting.length === 0) take(step, steps.slice(i));
      });
    });
    if (steps.length > 0) machine.radio.registration = registration.searching;
  }

  function take(step: BootStep, rest: readonly BootStep[]): void {
    if (step.does === 'sim' && pinState(machine.sim) !== 'READY') {
      askForPin(step, rest);
      return;
    }
    if (step.does === 'answers') answers();
    if (step.line !== undefined) machine.notify(step.line);
    if (step.does) works(step.does);
  }

  function works(part: NonNullable<BootStep['does']>): void {
    if (part === 'network') {
      register(machine);
      return;
    }
    machine.ready[part] = true;
    if (part === 'sms') machine.network.reachableAgain();
  }

  function answers(): void {
    machine.ready.answers = true;
    for (const hooks of machine.faults.hooks) hooks.booted?.();
  }

  function askForPin(step: BootStep, rest: readonly BootStep[]): void {
    waiting = rest;
    const state = pinState(machine.sim);
    if (step.line?.startsWith('+CPIN'))
      machine.notify(`+CPIN: ${state === 'absent' ? 'NOT INSERTED' : state}`);
  }

  function portsGone(backAs: 'present' | 'cd-rom', afterMs: number): void {
    const { number } = machine.presence;
    machine.setPresence({ state: 'absent', number });
    after(afterMs, () => {
      machine.setPresence({ state: backAs, number });
      if (backAs === 'present') play(machine.family.boot.steps, 0);
    });
  }

  return {
    reboot(how) {
      machine.counters.reboots += 1;
      down();
      const { portGoneMs, steps } = machine.family.boot;
      const asCdRom = how === 'reset' && machine.family.cdromAfterReset;
      if (portGoneMs > 0 && how !== 'silent') portsGone(asCdRom ? 'cd-rom' : 'present', portGoneMs);
      else play(steps, 0);
    },
    unplug() {
      down();
      machine.setPresence({ state: 'absent', number: machine.presence.number });
    },
    plug(number = machine.presence.number) {
      if (machine.presence.state === 'present') return;
      stopTimers();
      machine.setPresence({ state: 'present', number });
      play(machine.family.boot.steps, 0);
    },
    simUnlocked() {
      const steps = waiting;
      waiting = [];
      machine.ready.sim = true;
      const [first] = steps;
      if (first) play(steps.slice(1), first.atMs);
    },
    warm() {
      Object.assign(machine.ready, { answers: true, sim: true, sms: true });
      machine.radio.registration = registration.home;
      if (pinState(machine.sim) === 'READY') return;
      Object.assign(machine.ready, { sim: false, sms: false });
      machine.radio.registration = registration.searching;
      const { steps } = machine.family.boot;
      waiting = steps.slice(steps.findIndex((step) => step.does === 'sim'));
    },
    cold: () => play(machine.family.boot.steps, 0),
  };
}
