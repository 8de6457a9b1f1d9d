import { dayMs } from '../../../src/base/amounts.ts';
import { systemClock } from '../../../src/base/clock.ts';
import { createModem } from '../../../src/simulator/modem.ts';
import { serveTcp } from '../../../src/simulator/tcp.ts';
import { createVisitors } from '../../../src/simulator/visitors.ts';
import type { ModemAnswer, ModemOrder, ModemSetting } from './measured-modem.ts';

/** Texts that wait at the network while it always has another. */
const ahead = 100;
/** Between two single texts, and for what a host asks after the last. */
const restMs = 100;
/** For what a host asks after its set-up. */
const settleMs = 2_000;

/** The modem of a measurement as a separate process, `node modem-process.js SETTING`. It measures the time. */
async function main(setting: ModemSetting): Promise<void> {
  const { slots, latencyMs, baudRate } = setting;
  const modem = createModem({
    family: 'ec25',
    clock: systemClock,
    capacity: slots,
    latencyMs,
    baudRate,
    retryMs: 1_000,
    keepJournal: false,
  });
  const visitors = createVisitors({ seed: 7, plain: true });
  const { counters, network } = modem;
  const server = await serveTcp(modem, { host: '127.0.0.1', port: 0 });
  // One second apart and in the past, so that no two are the same text.
  let stampMs = systemClock.wallMs() - 20 * dayMs;
  let onRead = (): void => {};
  let onDelete = (): void => {};
  modem.watch({
    command(line) {
      if (/^AT\+CMG[LR]=/.test(line)) onRead();
      if (/^AT\+CMGD=\d/.test(line)) onDelete();
    },
  });

  function text(): void {
    stampMs += 1_000;
    network.sendParts(visitors.next(stampMs).parts);
  }

  const octets = (): number => counters.bytesIn + counters.bytesOut;
  const mark = () => ({ atMs: performance.now(), commands: counters.commands, octets: octets() });
  type Mark = ReturnType<typeof mark>;

  function since(begin: Mark, texts: number, waitsMs: readonly number[] = []): ModemAnswer {
    const end = mark();
    return {
      texts,
      tookMs: end.atMs - begin.atMs,
      commands: end.commands - begin.commands,
      octets: end.octets - begin.octets,
      waitsMs,
    };
  }

  function drain(texts: number): Promise<ModemAnswer> {
    return new Promise((resolve) => {
      let begin: Mark | null = null;
      let gone = 0;
      onRead = () => {
        begin ??= { ...mark(), commands: counters.commands - 1 };
      };
      onDelete = () => {
        gone += 1;
        if (gone === texts) resolve(since(begin ?? mark(), texts));
      };
      for (let i = 0; i < texts; i += 1) text();
    });
  }

  /** One text; how long it was there. */
  async function single(): Promise<number> {
    const sentMs = performance.now();
    await new Promise<void>((resolve) => {
      onDelete = resolve;
      text();
    });
    return performance.now() - sentMs;
  }

  async function singles(texts: number): Promise<ModemAnswer> {
    const waitsMs: number[] = [];
    await pause(settleMs);
    const begin = mark();
    for (let i = 0; i < texts; i += 1) {
      waitsMs.push(await single());
      await pause(restMs * (0.5 + Math.random()));
    }
    return since(begin, texts, waitsMs);
  }

  async function steady(forMs: number, betweenMs: number): Promise<ModemAnswer> {
    const waitsMs: number[] = [];
    const begin = mark();
    while (performance.now() - begin.atMs < forMs) {
      waitsMs.push(await single());
      await pause(betweenMs * (0.5 + Math.random()));
    }
    return since(begin, waitsMs.length, waitsMs);
  }

  function stream(texts: number, forMs: number): Promise<ModemAnswer> {
    return new Promise((resolve) => {
      let begin: Mark | null = null;
      let gone = -1;
      const end = () => {
        clearTimeout(limit);
        onDelete = () => {};
        resolve(since(begin ?? mark(), Math.max(0, gone)));
      };
      const limit = setTimeout(end, forMs);
      onDelete = () => {
        begin ??= mark();
        gone += 1;
        if (gone === texts) end();
        else while (network.waiting < ahead) text();
      };
      while (network.waiting < ahead) text();
    });
  }

  function carryOut(order: ModemOrder): Promise<ModemAnswer> {
    onRead = () => {};
    onDelete = () => {};
    if (order.kind === 'drain') return drain(order.texts);
    if (order.kind === 'singles') return singles(order.texts);
    if (order.kind === 'steady') return steady(order.forMs, order.restMs);
    return stream(order.texts, order.forMs);
  }

  process.on('message', (order: ModemOrder) => {
    void carryOut(order).then((answer) => process.send?.({ answer }));
  });
  process.on('disconnect', () => process.exit());
  process.send?.({ port: server.port });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

void main(JSON.parse(process.argv[2] ?? '{}') as ModemSetting);
