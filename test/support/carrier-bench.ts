import { expect } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { type Gateway, startGateway } from '../../src/daemon/gateway.ts';
import type { LogFields, LogOutput } from '../../src/daemon/log/log.ts';
import type { OpenTransport, Transport } from '../../src/modem/port/transport.ts';
import { createSmsc, type EsmeSide, type Smsc } from '../../src/simulator/smsc/smsc.ts';
import { createVisitors, type VisitorText } from '../../src/simulator/visitors.ts';
import type { Pdu } from '../../src/smpp/codec.ts';
import { Frames } from '../../src/smpp/frames.ts';
import { FakeClock } from './fake-clock.ts';
import { seed } from './fault-play.ts';
import { faultOfEntry, printedLog } from './printed-log.ts';
import { type RegisterContent, recordedIn } from './recorded.ts';
import { makeWorkspace, scratchParent, type Workspace } from './workspace.ts';

/** The real gateway with a real register, on the link of a simulated carrier, on a clock that only a test moves. */
export interface CarrierBench {
  readonly clock: FakeClock;
  readonly workspace: Workspace;
  readonly smsc: Smsc;
  readonly sent: VisitorText[];
  /** What the centre heard. */
  readonly heard: Pdu[];
  /** The octets of each PDU that the gateway wrote. */
  readonly written: Buffer[];
  readonly gateway: Gateway;
  /** Each event with its fields. */
  events(event: string): LogFields[];
  /** `state` or `state reason`, each change. */
  trail(): string[];
  /** Visitors text that many times, `everyMs` apart. */
  text(count: number, everyMs?: number): Promise<void>;
  until(isSo: () => boolean, patienceMs: number): Promise<boolean>;
  recorded(): Promise<RegisterContent>;
  stop(): Promise<void>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface CarrierBenchOptions {
  readonly faults?: readonly string[];
  /** Further keys of the line. */
  readonly toml?: string;
  /** Only visits of one part each. */
  readonly plain?: boolean;
}

export async function startCarrierBench(options: CarrierBenchOptions = {}): Promise<CarrierBench> {
  const clock = new FakeClock();
  const workspace = makeWorkspace(scratchParent);
  workspace.configure('smpp://127.0.0.1:2775', `system_id = "visitlog"\n${options.toml ?? ''}`);
  const { config } = await loadConfig({ file: workspace.configFile, env: {}, required: 'line' });
  const smsc = createSmsc({ clock, faults: options.faults ?? [] });
  const visitors = createVisitors({ seed, whole: true, plain: options.plain ?? false });
  const heard: Pdu[] = [];
  const written: Buffer[] = [];
  smsc.watch((pdu) => heard.push(pdu));
  const log: { readonly event: string; readonly fields: LogFields }[] = [];
  const strange: (string | null)[] = [];
  const printed = printedLog(clock);
  const write: LogOutput['write'] = (level, event, fields = {}) => {
    strange.push(faultOfEntry(level, event, fields));
    log.push({ event, fields });
    printed.write(level, event, fields);
  };
  const sent: VisitorText[] = [];
  let isStopped = false;
  const start = () =>
    startGateway({
      config,
      clock,
      log: { write },
      openTransport: () => openerOf(smsc, written),
      beginsRegister: true,
    });
  const bench = {
    clock,
    workspace,
    smsc,
    sent,
    heard,
    written,
    gateway: start(),
    events: (event: string) => log.filter((each) => each.event === event).map(({ fields }) => fields),
    trail: () =>
      bench.events('line.state').map(({ state, reason }) => (reason ? `${state} ${reason}` : `${state}`)),
    async text(count: number, everyMs = 0) {
      for (let i = 0; i < count; ) {
        const next = visitors.next(clock.wallMs());
        if (isUnsigned(next) || !smsc.send(next.parts)) continue;
        sent.push(next);
        i += 1;
        if (everyMs > 0) await clock.advance(everyMs);
      }
    },
    async until(isSo: () => boolean, patienceMs: number) {
      const fromMs = clock.monotonicMs();
      while (!isSo()) {
        if (clock.monotonicMs() - fromMs >= patienceMs) return false;
        await clock.advance(250);
      }
      return true;
    },
    recorded: () => recordedIn(workspace, clock),
    async stop() {
      if (isStopped) return;
      isStopped = true;
      const stopping = bench.gateway.stop();
      await clock.advance(5_000);
      await stopping;
    },
    async restart() {
      await bench.stop();
      bench.gateway = start();
      isStopped = false;
    },
    async close() {
      await bench.stop();
      smsc.dispose();
      const numbers = new Set(sent.flatMap(({ sender }) => [sender, sender.slice(1)]));
      const inClear = printed
        .texts()
        .filter(({ bytes }) => [...numbers].some((number) => bytes.includes(number)))
        .map(({ path }) => path);
      workspace.remove();
      expect({ inClear, strange: strange.filter((each) => each !== null) }).toEqual({
        inClear: [],
        strange: [],
      });
    },
  };
  // The line loads its part of the program.
  await import('../../src/smpp/line.ts');
  await clock.advance(1);
  return bench;
}

/** No visitor's number tells it from the next one that says the same: behind a break the two are one (docs/SPEC.md). */
export function isUnsigned({ outcome }: VisitorText): boolean {
  return outcome.kind === 'notice' && (outcome.notice === 'operator' || outcome.notice === 'anonymous');
}

function openerOf(smsc: Smsc, written: Buffer[]): OpenTransport {
  return async () => transportOf(smsc.connect(), written);
}

/** What was written is heard at once, and what is heard comes as pieces of any length. */
function transportOf(side: EsmeSide, written: Buffer[]): Transport {
  const frames = new Frames();
  let isOpen = true;
  const early: Uint8Array[] = [];
  let receive = (octets: Uint8Array): void => void early.push(octets);
  side.onBytes((octets) => {
    for (let at = 0; at < octets.length && isOpen; at += 37) receive(octets.subarray(at, at + 37));
  });
  return {
    async write(octets) {
      frames.read(octets, (pdu) => written.push(pdu));
      side.write(octets);
    },
    onBytes(taker) {
      receive = taker;
      for (const octets of early.splice(0)) taker(octets);
    },
    onClose: (ended) => side.onHangup(() => isOpen && ended(null)),
    async close() {
      isOpen = false;
      side.close();
    },
  };
}
