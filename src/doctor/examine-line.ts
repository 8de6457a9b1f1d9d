import { join } from 'node:path';
import { isCarrierPort } from '../base/carrier-port.ts';
import type { Clock } from '../base/clock.ts';
import { codeOf } from '../base/errors.ts';
import { isIngestPort } from '../base/ingest-port.ts';
import type { Config, LineConfig } from '../config/config.ts';
import { isPortOf } from '../daemon/lines/gateway-lines.ts';
import type { LineOfStatus } from '../daemon/status/status-object.ts';
import type { Inventory, InventoryPort } from '../modem/discovery/inventory.ts';
import type { Holder } from '../modem/discovery/port-holders.ts';
import { readText } from '../modem/discovery/system-files.ts';
import { hasTwin } from '../modem/discovery/usb-ttys.ts';
import { openWithin } from '../modem/port/deadline.ts';
import { parsePortAddress } from '../modem/port/open-port.ts';
import type { OpenTransport } from '../modem/port/transport.ts';
import { askModem, type ModemAnswers } from '../modem/talk/ask-modem.ts';
import { checkModem, type ModemFacts } from './check-modem.ts';
import { checkPort } from './check-port.ts';
import { checkServer } from './check-reach.ts';
import { examineCarrier } from './examine-carrier.ts';
import { type Finding, findingsOn } from './finding.ts';
import {
  type Account,
  addressesNamed,
  type FileRights,
  groupName,
  isOpenToOthers,
  mayUse,
  type Rights,
  readFileRights,
  type ServiceUnit,
} from './gather-machine.ts';

/** A line whose modem the gateway uses: the gateway's report replaces the modem's answers. */
function checkGatewayLine(line: LineOfStatus): Finding[] {
  const { name, state } = line;
  const service = checkService(line);
  if (state !== 'ready') return [service];
  const answers = checkModem({ line: name, hasPinFile: false, asked: 'answers', answers: answersOf(line) });
  return [service, ...answers];
}

function checkService({ name, state, reason }: LineOfStatus): Finding {
  const find = findingsOn(name);
  return state === 'ready' ? find('gateway.receiving') : find('gateway.not-receiving', { state, reason });
}

/** Only a modem whose SIM is open receives. */
function answersOf({
  maker,
  model,
  imei,
  operator,
  registration,
  signal,
  storage,
}: LineOfStatus): ModemAnswers {
  return {
    maker,
    model,
    firmware: null,
    imei,
    functionality: null,
    sim: 'ready',
    pinTriesLeft: null,
    rooms: storage === null ? [] : [storage],
    signal: signal === null ? null : (signal.dbm + 113) / 2,
    registration,
    lteRegistration: null,
    ims: null,
    operator,
  };
}

export interface PinFileFacts {
  readonly line: string;
  readonly path: string;
  readonly file: Rights | 'missing' | 'hidden';
  readonly account: Account;
}

/** Whether the file with the SIM's PIN exists, and only the gateway can read it. Its content is not read here. */
export function checkPinFile({ line, path, file, account }: PinFileFacts): Finding {
  const find = findingsOn(line);
  if (file === 'hidden') return find('pin-file.hidden', { path });
  if (file === 'missing') return find('pin-file.missing', { path });
  if (!mayUse(file, account, 4)) return find('pin-file.no-right', { path, user: account.name });
  if (isOpenToOthers(file)) return find('pin-file.mode', { path });
  return find('pin-file.private', { user: account.name });
}

interface ModemToAsk {
  readonly line: LineConfig;
  readonly clock: Clock;
  readonly open: OpenTransport;
  /** The processes that have its port open; empty if the port is not a file of this machine. */
  readonly holders: readonly Holder[];
  /** The process of the gateway, or null. */
  readonly gateway: number | null;
  /** A gateway may run that this user cannot see. */
  readonly gatewayMayHide: boolean;
  readonly hiddenProcesses: number;
}

const openMs = 40_000;

/** Asks the modem of a line, unless a process uses it. */
async function gatherModem(target: ModemToAsk): Promise<ModemFacts> {
  const { line, clock, gateway, hiddenProcesses } = target;
  const about = { line: line.name, hasPinFile: line.pinFile !== null };
  const isFile = line.port.startsWith('/');
  const ours = target.holders.some(({ name }) => name === 'visitlog') || (!isFile && gateway !== null);
  if (target.holders.length > 0 || ours) return { ...about, asked: 'in-use', byGateway: ours };
  // This machine cannot show who is connected to a serial server.
  if (!isFile && target.gatewayMayHide)
    return { ...about, asked: 'unopened', code: 'EACCES', hiddenProcesses };
  try {
    const asked = await askModem(await openWithin(target.open, clock, openMs), clock);
    if (asked.answers) return { ...about, asked: 'answers', answers: asked.answers };
    const { wrong } = asked;
    return wrong === null ? { ...about, asked: 'silent' } : { ...about, asked: 'wrong-port', wrong };
  } catch (error) {
    return { ...about, asked: 'unopened', code: codeOf(error), hiddenProcesses };
  }
}

export interface ExamineOptions {
  readonly config: Config;
  readonly clock: Clock;
  /** Where the machine's file trees begin. */
  readonly root: string;
  /** Opens the port of a line, to ask its modem. */
  readonly openLine: (line: LineConfig) => OpenTransport;
  /** The lines as the running gateway reports them. */
  readonly gatewayLines?: readonly LineOfStatus[];
}

/** What the examinations of all lines share. */
export interface MachineFacts extends ExamineOptions {
  readonly inventory: Inventory;
  readonly account: Account;
  /** The process of the gateway; `hidden`: this user cannot see whether there is one. */
  readonly gateway: number | 'hidden' | null;
  /** The gateway's unit, with its drop-ins; null: none. */
  readonly unit: ServiceUnit | null;
}

async function examineCarrierLine(machine: MachineFacts, line: LineConfig): Promise<Finding[]> {
  const { account, clock, gateway, root, unit } = machine;
  const reports = machine.gatewayLines ?? [];
  const reported = reports.find(({ name, port }) => name === line.name && port === line.port);
  const served = reported ? [checkService(reported)] : null;
  const notServed = reports.length > 0 && !reported ? [findingsOn(line.name)('line.not-served')] : null;
  // A gateway that does not tell may be bound.
  const unseen = gateway === null ? null : [];
  return examineCarrier({
    ...{ line, account, clock, root, unit },
    open: machine.openLine(line),
    reported: served ?? notServed ?? unseen,
  });
}

/** What a line says whose texts `visitlog ingest` brings: nothing of this machine has to be right for it. */
function examineIngestLine({ gatewayLines = [] }: MachineFacts, line: LineConfig): Finding {
  const reported = gatewayLines.find(({ name, port }) => name === line.name && port === line.port);
  if (reported) return checkService(reported);
  return findingsOn(line.name)(gatewayLines.length > 0 ? 'line.not-served' : 'ingest.by-itself');
}

/** One line: its port, its PIN file, its modem. */
export async function examineLine(machine: MachineFacts, line: LineConfig): Promise<Finding[]> {
  if (isCarrierPort(line.port)) return examineCarrierLine(machine, line);
  if (isIngestPort(line.port)) return [examineIngestLine(machine, line)];
  const { account, clock, root, inventory, gateway } = machine;
  const file = line.port.startsWith('/') ? readFileRights(join(root, line.port)) : null;
  const holders = file === null ? [] : inventory.holders.of(line.port);
  const hiddenProcesses = inventory.holders.hidden;
  // systemd protects a credential, and it exists for the service alone.
  const pinFile = line.pinFile?.startsWith('/run/credentials/') ? null : line.pinFile;
  const address = parsePortAddress(line.port);
  const reports = machine.gatewayLines ?? [];
  const reported = reports.find(({ name, port }) => name === line.name && port === line.port);
  // A gateway that answers, answers with every line that it serves.
  const isServed = reports.length === 0 || reported !== undefined;
  const before = [
    ...(file === null ? [] : examinePort(machine, line, file)),
    ...(address.kind === 'tcp' ? reachOf(machine, line.name, address.host) : []),
    ...(isServed ? [] : [findingsOn(line.name)('line.not-served')]),
    ...(pinFile === null
      ? []
      : [
          checkPinFile({
            line: line.name,
            path: pinFile,
            file: readFileRights(join(root, pinFile)),
            account,
          }),
        ]),
  ];
  if (file === 'missing' || (file !== null && file !== 'hidden' && !file.isTerminal)) return before;
  const open = machine.openLine(line);
  const modem = await gatherModem({
    line,
    clock,
    open,
    holders,
    gateway: gateway === 'hidden' || !isServed ? null : gateway,
    gatewayMayHide: gateway === 'hidden' && isServed,
    hiddenProcesses,
  });
  const hasReport = modem.asked === 'in-use' && modem.byGateway && reported !== undefined;
  return [...before, ...(hasReport ? checkGatewayLine(reported) : checkModem(modem))];
}

function reachOf({ root, unit }: MachineFacts, of: string, host: string): Finding[] {
  return checkServer({ of, host, named: addressesNamed(root, host), unit, example: 'serial-server.conf' });
}

function examinePort(machine: MachineFacts, line: LineConfig, file: FileRights): Finding[] {
  const { account, root, inventory } = machine;
  const ttys = inventory.devices.flatMap(({ ports }) => ports);
  const tty = portOf(machine, line);
  const groups = readText(join(root, 'etc/group')) ?? '';
  return checkPort({
    line: line.name,
    port: line.port,
    file: file === 'missing' || file === 'hidden' ? null : { ...file, group: groupName(file.gid, groups) },
    holders: inventory.holders.of(line.port),
    hiddenProcesses: inventory.holders.hidden,
    stablePath: tty?.path ?? null,
    hasTwin: tty !== undefined && hasTwin(tty.device, ttys),
    account,
    modemsHere: inventory.devices.filter(({ kind }) => kind === 'modem').length,
  });
}

function portOf({ inventory, root }: MachineFacts, line: LineConfig): InventoryPort | undefined {
  return inventory.devices.flatMap(({ ports }) => ports).find((port) => isPortOf(line, [port], root));
}
