import { describe, expect, it } from 'vitest';
import type { Wiring } from '../../../src/modem/port/wiring.ts';
import { type LineBench, startBench } from '../../support/line-bench.ts';
import { pduOf } from '../../support/scripted-modem.ts';

interface QuectelBench extends LineBench {
  /** The port that the modem sends its notifications to. */
  noticePort(): string;
  /** A text a minute; it is announced only if the notifications come to `heard`. */
  receive(texts: number): Promise<void>;
  /** The settings that were made of the port. */
  changes(): string[];
}

/** A Quectel modem on such a port; notifications are heard only if they are sent to `heard`. */
async function quectelBench(
  wiring: Wiring | null,
  present: string,
  heard: string | null,
): Promise<QuectelBench> {
  let port = present;
  let sent = 0;
  const bench: LineBench = startBench(
    { maker: 'Quectel', model: 'EC25' },
    { openTransport: async (rate) => ({ ...(await bench.modem.open(rate)), wiring }) },
    (modem) => {
      modem.on(/^AT\+QURCCFG="urcport"$/, () => [`+QURCCFG: "urcport","${port}"`, 'OK']);
      modem.on(/^AT\+QURCCFG="urcport",/, (command) => {
        port = /,"(\w+)"$/.exec(command)?.[1] ?? port;
        return ['OK'];
      });
    },
  );
  await bench.until('ready');
  await bench.clock.advance(1_000);
  return {
    ...bench,
    noticePort: () => port,
    async receive(texts) {
      for (let n = 0; n < texts; n += 1) {
        sent += 1;
        bench.modem.store(pduOf(sent), { silent: port !== heard });
        await bench.clock.advance(60_000);
      }
      expect(bench.accepted).toHaveLength(sent);
    },
    changes: () => bench.modem.sent.filter((command) => command.startsWith('AT+QURCCFG="urcport",')),
  };
}

const at: Wiring = { kind: 'usb', interfaceNumber: 2 };
const modemPort: Wiring = { kind: 'usb', interfaceNumber: 3 };
const uart: Wiring = { kind: 'uart' };

describe('the port that a modem sends its notifications to', () => {
  it.each([
    ['usbmodem', at],
    ['uart1', at],
    ['uart1', uart],
    ['usbat', null],
  ])('A7: the port for notifications is left alone if notifications come: %s', async (port, wiring) => {
    const bench = await quectelBench(wiring, port, port);
    await bench.receive(8);
    expect(bench.changes()).toEqual([]);
    expect(bench.line.report().alarms).toEqual([]);
    await bench.line.stop();
  });

  it.each([
    [at, 'usbmodem', 'usbat'],
    [modemPort, 'uart1', 'usbmodem'],
    [uart, 'usbat', 'uart1'],
  ])(
    'A7: the port for notifications becomes ours once three polls have shown that none come (%j)',
    async (wiring, present, right) => {
      const bench = await quectelBench(wiring, present, right);
      await bench.receive(2);
      expect(bench.changes()).toEqual([]);
      await bench.receive(8);
      expect(bench.changes()).toEqual([`AT+QURCCFG="urcport","${right}"`]);
      expect(bench.line.report().alarms).toEqual([]);
      await bench.line.stop();
    },
  );

  it('A7: the port for notifications is set although the modem refuses to name it, and put back to its value at power-up', async () => {
    const bench = startBench({ maker: 'huawei', model: 'E173' });
    await bench.until('ready');
    await bench.clock.advance(1_000);
    bench.modem.on(/^AT\^PORTSEL=/, ['OK']);
    for (let n = 1; n <= 12; n += 1) {
      bench.modem.store(pduOf(n), { silent: true });
      await bench.clock.advance(60_000);
    }
    expect(bench.accepted).toHaveLength(12);
    const sent = bench.modem.sent.filter((command) => command.startsWith('AT^PORTSEL'));
    expect(sent).toEqual(['AT^PORTSEL?', 'AT^PORTSEL=1', 'AT^PORTSEL=0']);
    await bench.line.stop();
  });

  it('A7: the port for notifications is put back if the change does not help, and tried no more', async () => {
    const bench = await quectelBench(at, 'usbmodem', null);
    await bench.receive(12);
    expect(bench.changes()).toEqual(['AT+QURCCFG="urcport","usbat"', 'AT+QURCCFG="urcport","usbmodem"']);
    expect(bench.noticePort()).toBe('usbmodem');
    expect(bench.line.report().alarms).toEqual(['notifications.missing']);
    await bench.line.stop();
  });

  it.each([
    ['behind a serial server', null, 'usbmodem'],
    ['at another interface', { kind: 'usb', interfaceNumber: 1 } as const, 'usbmodem'],
    ['as it is set', at, 'usbat'],
  ])(
    'A7: the port for notifications is not changed %s, although notifications are missing',
    async (_where, wiring, present) => {
      const bench = await quectelBench(wiring, present, null);
      await bench.receive(8);
      expect(bench.changes()).toEqual([]);
      expect(bench.line.report().alarms).toEqual(['notifications.missing']);
      await bench.line.stop();
    },
  );
});
