import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { every } from '../../src/base/clock.ts';
import { simulatedTransport } from '../../src/cli/demo/simulated-transport.ts';
import { loadConfig } from '../../src/config/load.ts';
import { type Gateway, startGateway } from '../../src/daemon/gateway.ts';
import type { GatewayWatcher } from '../../src/daemon/gateway-watcher.ts';
import type { LogFields, LogLevel, LogOutput } from '../../src/daemon/log/log.ts';
import { statusLine } from '../../src/daemon/service/serve-gateway.ts';
import { createWorkLog } from '../../src/daemon/service/service-notices.ts';
import { findStalls, type Pulses, readSigns, type Stall } from '../../src/daemon/service/watchdog.ts';
import type { LineReport, OpenTransport } from '../../src/modem/line.ts';
import { createModem, type ModemOptions, type SimulatedModem } from '../../src/simulator/modem.ts';
import { createVisitors, type VisitorOptions, type VisitorText } from '../../src/simulator/visitors.ts';
import { faultOfEntry } from './checked-log.ts';
import { FakeClock } from './fake-clock.ts';
import { printedLog } from './printed-log.ts';
import { type Content, recordedIn } from './recorded.ts';
import { scratchParent } from './scratch-parent.ts';
import { tracesOf } from './traces.ts';
import { makeWorkspace, type Workspace } from './workspace.ts';

/** Another seed plays the same faults at other places and on other texts: `VISITLOG_SEED=7 npx vitest run …`. */
export const seed = Number(process.env.VISITLOG_SEED ?? 1);

/** When something happened: by the bench's monotonic clock, and its order within that instant. */
interface EventTime {
  readonly atMs: number;
  readonly order: number;
}

export interface LogEntry extends EventTime {
  readonly level: LogLevel;
  readonly event: string;
  readonly fields: LogFields;
}

/** A command as the modem heard it. */
export interface HeardCommand {
  readonly atMs: number;
  readonly text: string;
}

/** Octets, one a character: from the gateway (`in`) or to it. */
export interface WirePiece extends EventTime {
  readonly direction: 'in' | 'out';
  readonly octets: string;
}

/** The real gateway with a real register, on simulated modems, on a clock that only a test moves. */
export interface FaultBench {
  readonly clock: FakeClock;
  readonly workspace: Workspace;
  readonly gateway: Gateway;
  /** The first line's. */
  readonly modem: SimulatedModem;
  readonly modems: readonly SimulatedModem[];
  readonly sent: VisitorText[];
  readonly log: LogEntry[];
  /** What the first modem heard. */
  readonly commands: HeardCommand[];
  /** All octets at the first modem's port. */
  readonly wire: WirePiece[];
  /** `state` or `state reason`, each change of the first line. */
  trail(line?: string): string[];
  report(line?: string): LineReport;
  /** Visitors text that many times, `everyMs` apart. */
  text(count: number, everyMs?: number, line?: number): Promise<void>;
  /** Sends the next text that is wanted; `send` sends its parts, all at once by default. */
  textLike(wanted: (text: VisitorText) => boolean, send?: (text: VisitorText) => void): void;
  /** Lets time pass until no text is at the network or in a modem; false if that takes too long. */
  emptied(patienceMs: number): Promise<boolean>;
  until(done: () => boolean, patienceMs: number): Promise<boolean>;
  recorded(): Promise<Content>;
  stop(): Promise<void>;
  /** The gateway is stopped and another one started on the same register and modems. */
  restart(): Promise<void>;
  /** Stops the gateway and removes every file. */
  close(): Promise<void>;
}

export interface BenchOptions {
  /** One for each line. */
  readonly modems: readonly Omit<ModemOptions, 'clock' | 'seed'>[];
  /** Further keys of the first line's table, as TOML; what follows it may begin tables of its own. */
  readonly toml?: string;
  /** What the first line's PIN file holds. */
  readonly pinOnFile?: string;
  /** Texts that lie in the first modem before the gateway starts. */
  readonly waiting?: number;
  /** By default a line opens the port of the modem with its number. */
  readonly openTransport?: (line: string, modems: readonly SimulatedModem[]) => OpenTransport;
  readonly visitors?: Pick<VisitorOptions, 'plain'>;
  /** Further watchers. */
  readonly watchers?: readonly GatewayWatcher[];
}

/** Room of the simulated memories: enough for a burst, few enough to be filled. */
const capacity = 20;
const latencyMs = 5;

export async function startFaultBench(options: BenchOptions): Promise<FaultBench> {
  const clock = new FakeClock();
  const workspace = makeWorkspace(scratchParent);
  const log: LogEntry[] = [];
  const strange = new Set<string>();
  const printed = printedLog(clock);
  const sent: VisitorText[] = [];
  const commands: HeardCommand[] = [];
  const wire: WirePiece[] = [];
  const visitors = createVisitors({ ...options.visitors, seed });
  const modems = options.modems.map((modem, index) =>
    createModem({ capacity, latencyMs, ...modem, clock, seed: seed + index }),
  );
  const modem = modems[0] as SimulatedModem;
  modem.watch({
    command: (text) => commands.push({ atMs: clock.monotonicMs(), text }),
    octets: (direction, octets) => wire.push({ ...now(), direction, octets }),
  });
  let stampedMs = 0;
  let order = 0;

  function now(): EventTime {
    order += 1;
    return { atMs: clock.monotonicMs(), order };
  }

  function nextText(): VisitorText {
    // A second apart: the same words of one operator in the same second are one text, by design.
    stampedMs = Math.max(clock.wallMs(), stampedMs + 1_000);
    return visitors.next(stampedMs);
  }

  function textTo(to: SimulatedModem): void {
    const text = nextText();
    sent.push(text);
    to.network.sendParts(text.parts);
  }

  for (let i = 0; i < (options.waiting ?? 0); i += 1) textTo(modem);
  const others = modems
    .slice(1)
    .map((_, i) => `[[line]]\nname = "line${i + 2}"\nport = "tcp://127.0.0.1:${i + 2}"`);
  const pinFile = join(workspace.folder, 'line1.pin');
  if (options.pinOnFile !== undefined) writeFileSync(pinFile, options.pinOnFile, { mode: 0o600 });
  const pinKey = options.pinOnFile === undefined ? '' : `pin_file = ${JSON.stringify(pinFile)}`;
  workspace.configure('tcp://127.0.0.1:1', [pinKey, options.toml ?? '', ...others].join('\n'));
  const { config } = await loadConfig({ file: workspace.configFile, env: {}, required: 'line' });
  const collector: LogOutput = {
    write(level, event, fields = {}) {
      log.push({ ...now(), level, event, fields });
      printed.write(level, event, fields);
      const fault = faultOfEntry(level, event, fields);
      if (fault !== null) strange.add(fault);
    },
  };
  const openTransport =
    options.openTransport ??
    ((line: string) => simulatedTransport(modems[Number(line.slice(4)) - 1] as SimulatedModem));
  const work = createWorkLog();
  const start = (): Gateway =>
    startGateway({
      config,
      clock,
      log: collector,
      openTransport: ({ name }) => openTransport(name, modems),
      watchers: [...(options.watchers ?? []), work.watcher],
    });
  let gateway = start();
  let stopped = false;
  const stalls: Stall[] = [];
  const statusLines: string[] = [];
  let pulses: Pulses = new Map();
  const watchdog = every(clock, 15_000, () => {
    if (stopped) return;
    const signs = readSigns(gateway.reports(), gateway.sweeps(), work.read());
    const judged = findStalls(pulses, signs, clock.monotonicMs());
    pulses = judged.pulses;
    stalls.push(...judged.stalled);
  });

  async function until(done: () => boolean, patienceMs: number): Promise<boolean> {
    const endMs = clock.monotonicMs() + patienceMs;
    const beginMs = clock.monotonicMs();
    while (!done()) {
      if (clock.monotonicMs() >= endMs) return false;
      await clock.advance(clock.monotonicMs() - beginMs < 60_000 ? 250 : 2_000);
    }
    return true;
  }

  const bench: FaultBench = {
    clock,
    workspace,
    get gateway() {
      return gateway;
    },
    modem,
    modems,
    sent,
    log,
    commands,
    wire,
    trail: (line = 'line1') =>
      log
        .filter(({ event, fields }) => event === 'line.state' && fields.line === line)
        .map(({ fields }) => (fields.reason ? `${fields.state} ${fields.reason}` : `${fields.state}`)),
    report: (line = 'line1') => gateway.reports().get(line) as LineReport,
    async text(count, everyMs = 0, line = 0) {
      for (let i = 0; i < count; i += 1) {
        textTo(modems[line] as SimulatedModem);
        if (everyMs > 0) await clock.advance(everyMs);
      }
    },
    textLike(wanted, send = ({ parts }) => void modem.network.sendParts(parts)) {
      let text = nextText();
      while (!wanted(text)) text = visitors.next(stampedMs);
      sent.push(text);
      send(text);
    },
    emptied: (patienceMs) => until(() => modems.every(isEmpty), patienceMs),
    until,
    recorded: () => recordedIn(workspace, clock),
    async stop() {
      if (stopped) return;
      stopped = true;
      const stopping = gateway.stop();
      await clock.advance(5_000);
      await stopping;
    },
    async restart() {
      await bench.stop();
      gateway = start();
      stopped = false;
    },
    async close() {
      if (!stopped) statusLines.push(statusLine(await gateway.status()));
      await bench.stop();
      watchdog.cancel();
      for (const each of modems) each.dispose();
      workspace.remove();
      // No number and no words of a visitor, at any level, in any format, in what systemd shows (promise P3).
      const said = { path: 'status lines', bytes: Buffer.from(statusLines.join('\n')) };
      const leaks = tracesOf(sent, [...printed.texts(), said]);
      if (leaks.length > 0) throw new Error(`a visitor can be read in ${[...new Set(leaks)].join(', ')}`);
      if (strange.size > 0) throw new Error(`not in the log's vocabulary: ${[...strange].join('; ')}`);
      // Whatever was played: it would have been a fault of the watchdog to bite (fault G6).
      if (stalls.length > 0) throw new Error(`the watchdog would have bitten: ${JSON.stringify(stalls[0])}`);
    },
  };
  return bench;
}

function isEmpty({ network }: SimulatedModem): boolean {
  const { queued, stored } = network.journal.counts();
  return queued + stored === 0;
}
