import { findFamily } from './families/families.ts';
import type { Machine } from './machine.ts';
import type { ModemOptions } from './modem-options.ts';
import type { Presence } from './presence.ts';
import { createRandom } from './random.ts';
import { frame } from './reply.ts';
import { initialSettings } from './settings.ts';
import { createSimCard } from './sim-card.ts';
import { createTimers } from './timers.ts';

const identityDefaults = {
  imei: '359853035323129',
  iccid: '8982050000000000012',
  imsi: '450050000000012',
  operator: 'SKTelecom',
};

const puk = '12345678';

/** What `createModem` adds to it. */
type Rest = 'network' | 'reboot' | 'unplug' | 'plug' | 'simUnlocked';

/** A machine that has not been powered yet, without network and without ports. */
export function createMachine(
  options: ModemOptions,
  presenceListeners: readonly ((presence: Presence) => void)[],
): Omit<Machine, Rest> {
  const family = findFamily(options.family);
  const identity = { ...identityDefaults, ...options };
  const machine: Omit<Machine, Rest> = {
    clock: createTimers(options.clock),
    random: createRandom(options.seed ?? 1),
    bootScale: options.bootScale ?? 1,
    latencyMs: options.latencyMs ?? 0,
    family,
    settings: initialSettings(family),
    identity: { imei: identity.imei, operator: identity.operator },
    sim: createSimCard({ iccid: identity.iccid, imsi: identity.imsi, pin: options.pin ?? null, puk }),
    memories: new Map(),
    counters: { commands: 0, bytesIn: 0, bytesOut: 0, stored: 0, deleted: 0, reboots: 0, byName: new Map() },
    watchers: [],
    faults: { hooks: [] },
    ports: new Map(),
    radio: { cfun: 1, registration: 0, rssi: 18 },
    ready: { answers: false, sim: false, sms: false },
    presence: { state: 'present', number: 0 },
    awaiting: null,
    ringing: false,
    fullSaid: false,
    notify: (...lines) => notify(machine, lines),
    setPresence(presence) {
      machine.presence = presence;
      if (presence.state !== 'present') for (const port of machine.ports.values()) port.hangUp();
      for (const hooks of machine.faults.hooks) hooks.presence?.(presence);
      for (const listener of presenceListeners) listener(presence);
    },
  };
  return machine;
}

function notify(machine: Omit<Machine, Rest>, lines: readonly string[]): boolean {
  let left = lines;
  for (const { notice } of machine.faults.hooks) if (notice && left.length > 0) left = notice(left);
  const port = machine.ports.get(machine.settings.noticePort);
  if (left.length === 0 || !port?.attached || !machine.ready.answers) return false;
  port.print(frame(left));
  return true;
}
