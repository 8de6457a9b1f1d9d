import { isCarrierPort } from '../base/carrier-port.ts';
import type { Clock } from '../base/clock.ts';
import { isIngestPort } from '../base/ingest-port.ts';
import type { Config, LineConfig } from '../config/config.ts';
import { withGateway } from '../daemon/gateway-process.ts';
import { isPortOf } from '../daemon/lines/gateway-lines.ts';
import type { LineOfStatus } from '../daemon/status/status-object.ts';
import {
  type InventoryDevice,
  type InventoryPort,
  mayBeAsked,
  readInventory,
} from '../modem/discovery/inventory.ts';
import { bridgeMakerOf, modemMakerOf } from '../modem/discovery/modem-vendors.ts';
import type { Holder } from '../modem/discovery/port-holders.ts';
import {
  type DeviceAnswer,
  type PortOutcome,
  type ProbeTools,
  probeDevice,
} from '../modem/discovery/probe-port.ts';
import type { UsbDevice } from '../modem/discovery/usb-ttys.ts';
import { isByIdentity, isModem, type ModemId } from '../modem/modem-id.ts';
import { parsePortAddress } from '../modem/port/open-port.ts';

/**
 * A terminal of a device. If it was not asked it is `free`, or `unknown` if this user cannot see what other processes
 * have open.
 */
export interface FoundPort {
  readonly tty: string;
  /** The path to configure: one that survives a restart, if there is one. */
  readonly path: string;
  readonly interface: number | null;
  readonly driver: string | null;
  readonly state: PortOutcome | 'free' | 'unknown';
  readonly by: readonly Holder[];
}

/** What `visitlog lines` shows of a device. */
export interface FoundModem {
  /** `disk`: a modem that shows itself as a CD-ROM and has no ports. */
  readonly kind: InventoryDevice['kind'] | 'disk';
  /** The path to configure, of the port that answers or is the likeliest to; null if there is none. */
  readonly port: string | null;
  /** The terminal that answered; null if none did, or none was asked. */
  readonly answers: string | null;
  readonly maker: string | null;
  readonly model: string | null;
  readonly imei: string | null;
  /** Of the SIM in it; null if it was not asked, or does not say. */
  readonly iccid: string | null;
  readonly imsi: string | null;
  /** The configured line that it is. */
  readonly line: string | null;
  /** Vendor and product, `2c7c:0125`. */
  readonly usb: string;
  /** Where it is plugged in: `1-1.2`. */
  readonly position: string;
  readonly serial: string | null;
  /** What the running gateway reports of it; null if it does not use it, or does not answer. */
  readonly gateway: GatewayReport | null;
  readonly ports: readonly FoundPort[];
}

export type GatewayReport = Pick<
  LineOfStatus,
  'state' | 'reason' | 'operator' | 'registration' | 'signal' | 'storage'
>;

interface SurveyOptions {
  readonly config: Pick<Config, 'lines' | 'dataDir'>;
  readonly clock: Clock;
  /** Where the machine's file trees begin. */
  readonly root: string;
  /** Opens free ports to identify their modems; null: none is asked. */
  readonly openPort: ProbeTools['openPort'] | null;
  /** The lines as the running gateway reports them. */
  readonly gatewayLines?: readonly LineOfStatus[];
}

/** Every serial device of the machine, modems first. Ports that a process has open are not touched. */
export async function surveyModems(options: SurveyOptions): Promise<FoundModem[]> {
  const { config, root } = options;
  const { devices, storageSticks, holders } = withGateway(readInventory(root), config.dataDir);
  const found = await Promise.all(devices.map((device) => surveyDevice(device, holders.hidden, options)));
  const disks = storageSticks.map(
    (stick): FoundModem => ({ ...describeDevice(stick), kind: 'disk', ports: [] }),
  );
  const rank = { modem: 0, disk: 1, bridge: 2, other: 3 } as const;
  return [...found, ...disks].sort((a, b) => rank[a.kind] - rank[b.kind]);
}

async function surveyDevice(
  device: InventoryDevice,
  hidden: number,
  options: SurveyOptions,
): Promise<FoundModem> {
  const { config, clock, root, openPort } = options;
  const line = config.lines.find((each) => isPortOf(each, device.ports, root)) ?? null;
  const mayAsk = mayBeAsked(device) || line !== null;
  const isOurs = device.ports.some((port) => port.holders.some(({ name }) => name === 'visitlog'));
  const asked =
    openPort && mayAsk && !isOurs
      ? await probeDevice(portsFor(device, line, root), { root, clock, openPort }, line?.baudRate)
      : null;
  const { identity, port } = asked ?? { identity: null, port: null };
  const reported = isOurs ? gatewayLineOf(line, options) : null;
  const imei = identity?.imei ?? reported?.imei ?? null;
  const iccid = identity?.iccid ?? null;
  const imsi = identity?.imsi ?? null;
  const byIdentity = config.lines.find((each) => namesModem(each, { imei, iccid, imsi }));
  const plain = describeDevice(device);
  return {
    ...plain,
    kind: device.kind,
    port: (port ?? device.ports[0])?.path ?? null,
    answers: port?.name ?? null,
    maker: identity?.maker ?? reported?.maker ?? plain.maker,
    model: identity?.model ?? reported?.model ?? plain.model,
    imei,
    iccid,
    imsi,
    line: (line ?? byIdentity)?.name ?? reported?.name ?? null,
    gateway: reported && pickReported(reported),
    ports: device.ports.map((each) => foundPort(each, hidden, asked)),
  };
}

/** The gateway's report on a device: of its line, or of the only line that names no port. */
function gatewayLineOf(
  line: LineConfig | null,
  { config, gatewayLines = [] }: SurveyOptions,
): LineOfStatus | null {
  const unplaced = config.lines.filter(({ port }) => isByIdentity(port));
  const name = line?.name ?? (unplaced.length === 1 ? unplaced[0]?.name : undefined);
  return gatewayLines.find((each) => each.name === name) ?? null;
}

function namesModem({ port }: LineConfig, own: Readonly<Record<ModemId['kind'], string | null>>): boolean {
  if (isCarrierPort(port) || isIngestPort(port)) return false;
  const address = parsePortAddress(port);
  return address.kind !== 'serial' && address.kind !== 'tcp' && isModem(own, address);
}

function pickReported({
  state,
  reason,
  operator,
  registration,
  signal,
  storage,
}: LineOfStatus): GatewayReport {
  return { state, reason, operator, registration, signal, storage };
}

/** Behind a bridge only the port of the configured line is asked. */
function portsFor(device: InventoryDevice, line: LineConfig | null, root: string): readonly InventoryPort[] {
  return device.kind === 'modem' || !line
    ? device.ports
    : device.ports.filter((port) => isPortOf(line, [port], root));
}

function describeDevice(device: UsbDevice): Omit<FoundModem, 'kind' | 'ports'> {
  return {
    port: null,
    answers: null,
    maker: device.maker ?? modemMakerOf(device) ?? bridgeMakerOf(device),
    model: device.model,
    imei: null,
    iccid: null,
    imsi: null,
    line: null,
    usb: `${device.vendor}:${device.product}`,
    position: device.position,
    serial: device.serial,
    gateway: null,
  };
}

function foundPort(port: InventoryPort, hidden: number, asked: DeviceAnswer | null): FoundPort {
  const outcome = asked?.tried.find(({ tty }) => tty === port.name)?.outcome;
  return {
    tty: port.name,
    path: port.path,
    interface: port.interfaceNumber,
    driver: port.driver,
    state: port.holders.length > 0 ? 'taken' : (outcome ?? (hidden > 0 ? 'unknown' : 'free')),
    by: port.holders,
  };
}
