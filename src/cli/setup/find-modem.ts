import { join } from 'node:path';
import type { Clock } from '../../base/clock.ts';
import { AppError, codeOf, fault } from '../../base/errors.ts';
import type { Config } from '../../config/config.ts';
import { devicePathsOf, isPortOf } from '../../daemon/lines/gateway-lines.ts';
import type { LineOfStatus } from '../../daemon/status/status-object.ts';
import { type FoundModem, surveyModems } from '../../doctor/survey-modems.ts';
import { readInventory } from '../../modem/discovery/inventory.ts';
import { createModemFinder } from '../../modem/discovery/modem-finder.ts';
import { openerOf } from '../../modem/port/open-port.ts';
import { askModem, type ModemAnswers } from '../../modem/talk/ask-modem.ts';
import type { SetupHost } from './host.ts';

export interface MachineView {
  readonly host: SetupHost;
  readonly clock: Clock;
  readonly config: Config;
  /** The lines as the running gateway reports them. */
  readonly gatewayLines: readonly LineOfStatus[];
}

/** A modem that a line can have. */
export interface Candidate {
  /** As it is written into the configuration. */
  readonly port: string;
  /** Null behind a serial server, or if it is not a USB device of this machine. */
  readonly usb: UsbModem | null;
  readonly answers: ModemAnswers;
  /** The configured line that it belongs to, or null. */
  readonly line: string | null;
}

export interface UsbModem {
  /** `2c7c:0125` */
  readonly id: string;
  readonly position: string;
  readonly serial: string | null;
  /** Another device here has the same ids and the same serial number. */
  readonly hasTwin: boolean;
}

export interface Survey {
  readonly candidates: readonly Candidate[];
  /** Modems that did not answer, or were not asked because another program has them open. */
  readonly others: readonly UnaskedModem[];
}

export interface UnaskedModem {
  readonly found: FoundModem;
  readonly usb: UsbModem;
}

const usualBaudRate = 115_200;

/** Asks every modem of this machine that no program uses. Other ports are not touched. */
export async function findModems(view: MachineView): Promise<Survey> {
  const found = await surveyMachine(view, true);
  const candidates: Candidate[] = [];
  const others: UnaskedModem[] = [];
  for (const each of found) {
    const answers = each.answers === null ? null : await askAt(view, each.answers);
    const usb = usbOf(each, found);
    if (answers) candidates.push({ port: portOf(each, answers, found), usb, answers, line: each.line });
    else if (each.kind === 'modem' || each.kind === 'disk') others.push({ found: each, usb });
  }
  return { candidates, others };
}

/**
 * The modem at a port that was named.
 * @throws AppError `setup.port-closed`, `setup.modem-silent`, `setup.wrong-port`; the finder's for an IMEI
 */
export async function askNamedPort(view: MachineView, port: string): Promise<Candidate> {
  const { host, clock, config } = view;
  const { root, openPort } = host;
  const reserved = () => devicePathsOf(config.lines);
  const modems = createModemFinder({ clock, reserved, root, openPort });
  const transport = await openerOf(port, usualBaudRate, modems)().catch((cause: unknown) => {
    throw cause instanceof AppError ? cause : portClosed(port, cause);
  });
  const asked = await askModem(transport, clock);
  if (asked.answers === null)
    throw asked.wrong ? fault('setup.wrong-port', { port, ...asked.wrong }) : modemSilent(port);
  const { answers } = asked;
  const found = await surveyMachine(view, false);
  const device = deviceAt(port, answers, found, root);
  const usb = device && usbOf(device, found);
  const toWrite = device ? portOf(device, answers, []) : port;
  return {
    port: toWrite,
    usb,
    answers,
    line: config.lines.find((line) => line.port === toWrite)?.name ?? null,
  };
}

function surveyMachine(
  { host, clock, config, gatewayLines }: MachineView,
  ask: boolean,
): Promise<FoundModem[]> {
  const { root, openPort } = host;
  return surveyModems({ config, clock, root, openPort: ask ? openPort : null, gatewayLines });
}

async function askAt({ host, clock }: MachineView, tty: string): Promise<ModemAnswers | null> {
  try {
    const port = await host.openPort(join(host.root, 'dev', tty), usualBaudRate);
    return (await askModem(port, clock)).answers;
  } catch {
    return null;
  }
}

/** By its IMEI if it has one of its own; else by the most stable path. */
function portOf(found: FoundModem, { imei }: ModemAnswers, all: readonly FoundModem[]): string {
  const isUnique = all.every((other) => other === found || other.imei !== imei);
  if (imei !== null && /^\d{15}$/.test(imei) && isUnique) return `imei:${imei}`;
  return found.ports.find(({ tty }) => tty === found.answers)?.path ?? found.port ?? '';
}

/** The modem of this machine that has the port. A modem behind a bridge is found by its path only, never by IMEI. */
function deviceAt(
  port: string,
  { imei }: ModemAnswers,
  found: readonly FoundModem[],
  root: string,
): FoundModem | null {
  const modems = readInventory(root).devices.filter(({ kind }) => kind === 'modem');
  const device = modems.find(({ ports }) => isPortOf({ port }, ports, root));
  const ttys = new Set(device?.ports.map(({ name }) => name));
  if (device) return found.find(({ ports }) => ports.some(({ tty }) => ttys.has(tty))) ?? null;
  return port === `imei:${imei}` ? (found.find((each) => each.imei === imei) ?? null) : null;
}

function usbOf(found: FoundModem, all: readonly FoundModem[]): UsbModem {
  const { usb: id, position, serial } = found;
  const hasTwin = all.some(
    (other) => other.position !== position && other.usb === id && other.serial === serial,
  );
  return { id, position, serial, hasTwin };
}

function portClosed(port: string, cause: unknown): AppError {
  return fault('setup.port-closed', { port, system: codeOf(cause) }, { cause });
}

function modemSilent(port: string): AppError {
  return fault('setup.modem-silent', { port });
}
