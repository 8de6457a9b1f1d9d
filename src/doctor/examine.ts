import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../base/errors.ts';
import { auditFindings } from '../daemon/audit-upkeep.ts';
import { gatewayPid, withGateway } from '../daemon/gateway-process.ts';
import { isPortOf } from '../daemon/lines/gateway-lines.ts';
import { registerOptionsOf } from '../daemon/register-options.ts';
import { readInventory } from '../modem/discovery/inventory.ts';
import { isByIdentity } from '../modem/modem-id.ts';
import { checkData } from './check-data.ts';
import { checkDoor } from './check-door.ts';
import { checkStorageMode } from './check-modem.ts';
import { checkModemManager, type GuardedPort, isIgnoredByModemManager } from './check-port.ts';
import { checkMetrics } from './check-reach.ts';
import { checkClock, checkMemory, checkRuntime, checkService } from './check-service.ts';
import { examineCentral } from './examine-central.ts';
import { type ExamineOptions, examineLine, type MachineFacts } from './examine-line.ts';
import { fileSystemAt } from './file-system.ts';
import { type Finding, findingsOn } from './finding.ts';
import { gatherDoor } from './gather-door.ts';
import {
  type FileRights,
  findServiceUnit,
  foreignFilesIn,
  freeBytesAt,
  gatherAccount,
  gatherClock,
  gatherMemory,
  isModemManagerInstalled,
  processesNamed,
  readFileRights,
} from './gather-machine.ts';

/** Examines the machine for what will go wrong. Changes nothing; opens only unused ports. */
export async function examine(options: ExamineOptions): Promise<Finding[]> {
  const { config, clock, root } = options;
  const inventory = withGateway(readInventory(root), config.dataDir);
  const unit = findServiceUnit(root);
  const { account, missing } = gatherAccount(root, unit);
  const seen = gatewayPid(inventory.holders, config.dataDir);
  const mayHide = inventory.holders.hidden > 0 && isOthers(readFileRights(join(root, config.dataDir)));
  const gateway = seen ?? (mayHide ? 'hidden' : null);
  const machine: MachineFacts = { ...options, inventory, account, gateway, unit };
  const lines: Finding[] = [];
  // One after another: two lines by IMEI would look for their modems at the same ports.
  for (const line of config.lines) lines.push(...(await examineLine(machine, line)));
  return [
    ...(config.lines.length === 0 && config.holder.name === null
      ? [findingsOn('service')('line.none')]
      : lines),
    ...(await examineCentral(machine)),
    ...checkStorageMode(inventory.storageSticks),
    ...checkModemManager({
      installed: isModemManagerInstalled(root),
      running: processesNamed(root, ['ModemManager'])[0]?.pid ?? null,
      ports: guardedPorts(machine),
    }),
    ...examineData(machine),
    ...checkService({
      unit: unit?.path ?? null,
      enabled: unit?.enabled ?? false,
      missingUser: missing,
      gateway,
    }),
    ...checkMetrics({
      ...config.metrics,
      folder: readFileRights(join(root, dirname(config.metrics.textfile ?? '/'))),
      account,
      unit,
    }),
    ...checkDoor(gatherDoor(root, config)),
    checkClock({
      ...gatherClock(root, clock.wallMs()),
      isUnkeptAccepted: config.clock.expect === 'anything',
    }),
    checkRuntime(process.versions.node),
    ...checkMemory(gatherMemory(root, unit)),
  ];
}

/** Only the owner of the folder can run a gateway on it. */
function isOthers(folder: FileRights): boolean {
  return folder === 'hidden' || (folder !== 'missing' && folder.uid !== process.getuid?.());
}

/** A line by IMEI may have any modem that belongs to no other line. */
function guardedPorts(machine: MachineFacts): GuardedPort[] {
  const { config, inventory, root } = machine;
  const byImei = config.lines.find(({ port }) => isByIdentity(port));
  return inventory.devices.flatMap((device): GuardedPort[] => {
    const line = config.lines.find((each) => isPortOf(each, device.ports, root)) ?? byImei;
    const [port] = device.ports.filter((each) => !line || line === byImei || isPortOf(line, [each], root));
    if (!line || !port || (line === byImei && device.kind !== 'modem')) return [];
    const ignored = isIgnoredByModemManager(root, port);
    return [{ line: line.name, usb: `${device.vendor}:${device.product}`, ignored }];
  });
}

function examineData({ config, account, root, clock }: MachineFacts): Finding[] {
  const dataDir = join(root, config.dataDir);
  const keyFile = join(root, config.keyFile);
  const hasRegister = existsSync(join(dataDir, 'register.sqlite'));
  return checkData({
    dataDir: config.dataDir,
    folder: readFileRights(dataDir),
    keyFile: config.keyFile,
    key: readFileRights(keyFile),
    foreignFiles: foreignFilesIn(dataDir),
    hasRegister,
    expectsRegister: config.data.expect === 'existing',
    fileSystem: fileSystemAt(dataDir),
    auditFindings: hasRegister
      ? findingsOrNull({ ...registerOptionsOf(config, clock, 'reader'), dataDir, keyFile })
      : null,
    hasSystemLog: existsSync(join(root, 'dev/log')),
    freeBytes: freeBytesAt(dataDir),
    account,
  });
}

/** What keeps the log from being read is found by the other checks. */
function findingsOrNull(options: Parameters<typeof auditFindings>[0]): number | null {
  try {
    return auditFindings(options);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
