import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { every } from '../../src/base/clock.ts';
import { simulatedTransport } from '../../src/cli/demo/demo-parts.ts';
import type { Config } from '../../src/config/config.ts';
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
import { FakeClock } from './fake-clock.ts';
import { faultOfEntry, printedLog } from './printed-log.ts';
import { type RegisterContent, recordedIn } from './recorded.ts';
import { tracesOf } from './traces.ts';
import { makeWorkspace, scratchParent, type Workspace } from './workspace.ts';

/** Another seed plays the same faults at other places and on other texts: `VISITLOG_SEED=7 npx vitest run …`. */
export const seed = Number(process.env.VISITLOG_SEED ?? 1);

/** When something happened: by the bench's monotonic clock, and its order within that instant. */
interface EventTime {
  readonly atMs: number;
  readonly order: number;
}

export interface LoggedEvent extends EventTime {
  readonly level: LogLevel;
  readonly event: string;
  readonly fields: LogFields;
}

/** A command as the modem heard it. */
interface HeardCommand {
  readonly atMs: number;
  readonly text: string;
}

/** Octets, one a character: from the gateway (`in`) or to it. */
interface WirePiece extends EventTime {
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
  readonly log: LoggedEvent[];
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
  recorded(): Promise<RegisterContent>;
  stop(): Promise<void>;
  /** The gateway is stopped and another one started on the same register and modems. */
  restart(): Promise<void>;
  /** Stops the gateway and removes every file. */
  close(): Promise<void>;
}

export interface BenchOptions {
  /** One for each line. */
  readonly modems: readonly Omit<ModemOptions, 'clock' | 'seed'>[];
  /** The port of the first line as configured, such as `iccid:…`; what opens it is `openTransport` all the same. */
  readonly port?: string;
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
  configure(workspace, options);
  const { config } = await loadConfig({ file: workspace.configFile, env: {}, required: 'line' });
  return new GatewayBench(options, clock, workspace, config);
}

function configure(
  workspace: Workspace,
  { modems, port = 'tcp://127.0.0.1:1', pinOnFile, toml = '' }: BenchOptions,
): void {
  const pinFile = join(workspace.folder, 'line1.pin');
  if (pinOnFile !== undefined) writeFileSync(pinFile, pinOnFile, { mode: 0o600 });
  const pinKey = pinOnFile === undefined ? '' : `pin_file = ${JSON.stringify(pinFile)}`;
  const others = modems
    .slice(1)
    .map((_, i) => `[[line]]\nname = "line${i + 2}"\nport = "tcp://127.0.0.1:${i + 2}"`);
  workspace.configure(port, [pinKey, toml, ...others].join('\n'));
}

class GatewayBench implements FaultBench {
  readonly clock;
  readonly workspace;
  readonly modems;
  readonly sent: VisitorText[] = [];
  readonly log: LoggedEvent[] = [];
  readonly commands: HeardCommand[] = [];
  readonly wire: WirePiece[] = [];
  gateway: Gateway;
  readonly #options;
  readonly #config;
  readonly #visitors;
  readonly #printed;
  readonly #work = createWorkLog();
  readonly #watchdog;
  readonly #unknownEntries = new Set<string>();
  readonly #stalls: Stall[] = [];
  readonly #statusLines: string[] = [];
  #pulses: Pulses = new Map();
  #isStopped = false;
  #stampedMs = 0;
  #order = 0;

  constructor(options: BenchOptions, clock: FakeClock, workspace: Workspace, config: Config) {
    this.clock = clock;
    this.workspace = workspace;
    this.#options = options;
    this.#config = config;
    this.#visitors = createVisitors({ ...options.visitors, seed });
    this.#printed = printedLog(clock);
    this.modems = options.modems.map((modem, index) =>
      createModem({ capacity, latencyMs, ...modem, clock, seed: seed + index }),
    );
    this.modem.watch({
      command: (text) => this.commands.push({ atMs: clock.monotonicMs(), text }),
      octets: (direction, octets) => this.wire.push({ ...this.#now(), direction, octets }),
    });
    for (let i = 0; i < (options.waiting ?? 0); i += 1) this.#textTo(this.modem);
    this.gateway = this.#start();
    this.#watchdog = every(clock, 15_000, () => this.#watch());
  }

  get modem(): SimulatedModem {
    return this.#modemAt(0);
  }

  trail(line = 'line1'): string[] {
    return this.log
      .filter(({ event, fields }) => event === 'line.state' && fields.line === line)
      .map(({ fields }) => (fields.reason ? `${fields.state} ${fields.reason}` : `${fields.state}`));
  }

  report(line = 'line1'): LineReport {
    const report = this.gateway.reports().get(line);
    if (!report) throw new Error(`no line ${line}`);
    return report;
  }

  async text(count: number, everyMs = 0, line = 0): Promise<void> {
    for (let i = 0; i < count; i += 1) {
      this.#textTo(this.#modemAt(line));
      if (everyMs > 0) await this.clock.advance(everyMs);
    }
  }

  textLike(
    wanted: (text: VisitorText) => boolean,
    send: (text: VisitorText) => void = ({ parts }) => void this.modem.network.sendParts(parts),
  ): void {
    let text = this.#nextText();
    while (!wanted(text)) text = this.#visitors.next(this.#stampedMs);
    this.sent.push(text);
    send(text);
  }

  emptied(patienceMs: number): Promise<boolean> {
    return this.until(() => this.modems.every(isEmpty), patienceMs);
  }

  async until(done: () => boolean, patienceMs: number): Promise<boolean> {
    const beginMs = this.clock.monotonicMs();
    while (!done()) {
      const passedMs = this.clock.monotonicMs() - beginMs;
      if (passedMs >= patienceMs) return false;
      await this.clock.advance(passedMs < 60_000 ? 250 : 2_000);
    }
    return true;
  }

  recorded(): Promise<RegisterContent> {
    return recordedIn(this.workspace, this.clock);
  }

  async stop(): Promise<void> {
    if (this.#isStopped) return;
    this.#isStopped = true;
    const stopping = this.gateway.stop();
    await this.clock.advance(5_000);
    await stopping;
  }

  async restart(): Promise<void> {
    await this.stop();
    this.gateway = this.#start();
    this.#isStopped = false;
  }

  async close(): Promise<void> {
    if (!this.#isStopped) this.#statusLines.push(statusLine(await this.gateway.status()));
    await this.stop();
    this.#watchdog.cancel();
    for (const modem of this.modems) modem.dispose();
    this.workspace.remove();
    this.#checkPromises();
  }

  /** What holds in every play. */
  #checkPromises(): void {
    // No number and no words of a visitor, at any level, in any format, in what systemd shows (promise P3).
    const shown = { path: 'status lines', bytes: Buffer.from(this.#statusLines.join('\n')) };
    const leaks = tracesOf(this.sent, [...this.#printed.texts(), shown]);
    if (leaks.length > 0) throw new Error(`a visitor can be read in ${[...new Set(leaks)].join(', ')}`);
    if (this.#unknownEntries.size > 0)
      throw new Error(`not in the log's vocabulary: ${[...this.#unknownEntries].join('; ')}`);
    // A watchdog that bites during a play is itself a fault (G6).
    const [stall] = this.#stalls;
    if (stall) throw new Error(`the watchdog would have bitten: ${JSON.stringify(stall)}`);
  }

  #start(): Gateway {
    const { openTransport = this.#openPort, watchers = [] } = this.#options;
    return startGateway({
      config: this.#config,
      clock: this.clock,
      log: { write: (...entry) => this.#record(entry) },
      openTransport: ({ name }) => openTransport(name, this.modems),
      watchers: [...watchers, this.#work.watcher],
    });
  }

  readonly #openPort = (line: string): OpenTransport =>
    simulatedTransport(this.#modemAt(Number(line.slice('line'.length)) - 1));

  #record(entry: Parameters<LogOutput['write']>): void {
    const [level, event, fields = {}] = entry;
    this.log.push({ ...this.#now(), level, event, fields });
    this.#printed.write(...entry);
    const fault = faultOfEntry(level, event, fields);
    if (fault !== null) this.#unknownEntries.add(fault);
  }

  /** What the watchdog would do now. */
  #watch(): void {
    if (this.#isStopped) return;
    const signs = readSigns(this.gateway.reports(), this.gateway.sweeps(), this.#work.read());
    const { pulses, stalled } = findStalls(this.#pulses, signs, this.clock.monotonicMs());
    this.#pulses = pulses;
    this.#stalls.push(...stalled);
  }

  #modemAt(index: number): SimulatedModem {
    const modem = this.modems[index];
    if (!modem) throw new Error(`no modem ${index}`);
    return modem;
  }

  #textTo(modem: SimulatedModem): void {
    const text = this.#nextText();
    this.sent.push(text);
    modem.network.sendParts(text.parts);
  }

  #nextText(): VisitorText {
    // One second apart: the same words of one operator in the same second are one text by design.
    this.#stampedMs = Math.max(this.clock.wallMs(), this.#stampedMs + 1_000);
    return this.#visitors.next(this.#stampedMs);
  }

  #now(): EventTime {
    this.#order += 1;
    return { atMs: this.clock.monotonicMs(), order: this.#order };
  }
}

function isEmpty({ network }: SimulatedModem): boolean {
  const { queued, stored } = network.journal.counts();
  return queued + stored === 0;
}
