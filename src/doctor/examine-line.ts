import { join } from 'node:path';
import type { Clock } from '../base/clock.ts';
import type { Config, LineConfig } from '../config/config.ts';
import { isPortOf } from '../daemon/lines/line-port.ts';
import type { LineOfStatus } from '../daemon/status/status-object.ts';
import type { Inventory, InventoryPort } from '../modem/discovery/inventory.ts';
import { hasTwin } from '../modem/discovery/stable-path.ts';
import { readText } from '../modem/discovery/system-files.ts';
import type { OpenTransport } from '../modem/port/transport.ts';
import { type Account, groupName } from './account.ts';
import { checkGatewayLine } from './check-gateway-line.ts';
import { checkModem } from './check-modem.ts';
import { checkPinFile } from './check-pin-file.ts';
import { checkPort } from './check-port.ts';
import type { Finding } from './finding.ts';
import { gatherModem } from './gather-modem.ts';
import { lookAtFile, type SeenFile } from './seen-file.ts';

export interface ExamineOptions {
  readonly config: Config;
  readonly clock: Clock;
  /** Where the machine's file trees begin. */
  readonly root: string;
  /** How the port of a line is opened, to ask its modem. */
  readonly openLine: (line: LineConfig) => OpenTransport;
  /** The lines as the gateway that runs tells of them. */
  readonly gatewayLines?: readonly LineOfStatus[];
}

/** What every line of the machine has in common. */
export interface Surroundings extends ExamineOptions {
  readonly inventory: Inventory;
  readonly account: Account;
  /** The process of the gateway; `hidden`: this user may not see whether there is one. */
  readonly gateway: number | 'hidden' | null;
}

/** One line: its port, its PIN file, its modem. */
export async function examineLine(around: Surroundings, line: LineConfig): Promise<Finding[]> {
  const { account, clock, root, inventory, gateway } = around;
  const file = line.port.startsWith('/') ? lookAtFile(join(root, line.port)) : null;
  const holders = file === null ? [] : inventory.holders.of(line.port);
  const hiddenProcesses = inventory.holders.hidden;
  // Of a credential systemd takes care, and it is there for the service alone.
  const pinFile = line.pinFile?.startsWith('/run/credentials/') ? null : line.pinFile;
  const before = [
    ...(file === null ? [] : examinePort(around, line, file)),
    ...(pinFile === null
      ? []
      : checkPinFile({ line: line.name, path: pinFile, file: lookAtFile(join(root, pinFile)), account })),
  ];
  if (file === 'missing' || (file !== null && file !== 'hidden' && !file.isTerminal)) return before;
  const open = around.openLine(line);
  const modem = await gatherModem({
    line,
    clock,
    open,
    holders,
    gateway: gateway === 'hidden' ? null : gateway,
    gatewayMayHide: gateway === 'hidden',
    hiddenProcesses,
  });
  const told = around.gatewayLines?.find(({ name }) => name === line.name);
  const isAsked = modem.asked === 'in-use' && modem.byGateway && told !== undefined;
  return [...before, ...(isAsked ? checkGatewayLine(told) : checkModem(modem))];
}

function examinePort(around: Surroundings, line: LineConfig, file: SeenFile): Finding[] {
  const { account, root, inventory } = around;
  const ttys = inventory.devices.flatMap(({ ports }) => ports);
  const tty = portOf(around, line);
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

function portOf({ inventory, root }: Surroundings, line: LineConfig): InventoryPort | undefined {
  return inventory.devices.flatMap(({ ports }) => ports).find((port) => isPortOf(line, [port], root));
}
