import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { minuteMs } from '../../src/base/amounts.ts';
import type { LinkFaultName } from '../../src/simulator/smsc/link-faults.ts';
import { commandStatus } from '../../src/smpp/pdu-table.ts';
import { type CarrierBench, type CarrierBenchOptions, startCarrierBench } from '../support/carrier-bench.ts';
import { expectedOf } from '../support/recorded.ts';

let bench: CarrierBench;
afterEach(() => bench.close());

/** Visitors text before, while and after the fault strikes; then the register holds each text once. */
async function play(options: CarrierBenchOptions): Promise<void> {
  bench = await startCarrierBench(options);
  await bench.text(12, 300);
  await bench.text(6);
  await survives();
}

async function survives(patienceMs = 30 * minuteMs): Promise<void> {
  expect(await bench.until(() => bench.smsc.left() === 0, patienceMs)).toBe(true);
  await bench.text(3);
  expect(await bench.until(() => bench.smsc.left() === 0, patienceMs)).toBe(true);
  expect(await bench.until(() => bench.trail().at(-1) === 'ready', 10 * minuteMs)).toBe(true);
  expect(await kept()).toEqual(expectedOf(bench.sent));
  // A refusal for good is for what cannot be read alone.
  expect(bench.smsc.givenUp).toEqual([]);
}

/** What a centre sends of itself is no visitor's. */
async function kept() {
  const { visits, texts } = await bench.recorded();
  return {
    visits,
    texts: texts.filter((text) => text !== 'undecodable' && text !== 'notice delivery-report'),
  };
}

const commandsHeard = (command: string) => bench.heard.filter((pdu) => pdu.command === command);

describe('a carrier whose link is sound', () => {
  it('has every text recorded once and answered with 0', async () => {
    await play({});
    expect(bench.trail()).toEqual(['opening', 'setting-up', 'ready']);
    expect(new Set(bench.smsc.answers)).toEqual(new Set([0]));
    expect(bench.heard[0]).toMatchObject({
      command: 'bind_receiver',
      fields: { system_id: 'visitlog', interface_version: 0x34 },
    });
  });

  it('is shown as a line that receives, of which no proof of a modem is asked', async () => {
    await play({});
    const { lines, reasons } = await bench.gateway.status();
    expect(lines[0]).toMatchObject({ state: 'ready', reason: null, out_of_service_s: 0, alarms: [] });
    expect(Object.values(lines[0]?.proofs ?? {}).map(({ proven }) => proven)).toEqual(Array(4).fill(true));
    expect(reasons.filter(({ line }) => line !== null)).toEqual([]);
  });

  it('raises an alarm if it sends nothing for long, until a text comes', async () => {
    bench = await startCarrierBench({ toml: 'quiet_alarm = "1h"' });
    await bench.clock.advance(62 * minuteMs);
    expect(bench.gateway.reports().get('line1')).toMatchObject({ state: 'ready', alarms: ['carrier.quiet'] });
    await bench.text(1);
    await bench.clock.advance(2 * minuteMs);
    expect(bench.gateway.reports().get('line1')).toMatchObject({ state: 'ready', alarms: [] });
  });

  it('is taken leave of by unbind when the gateway stops', async () => {
    await play({});
    await bench.stop();
    expect(bench.heard.at(-1)?.command).toBe('unbind');
  });

  it('takes two honest texts that are equal for two, if the first was answered in between', async () => {
    bench = await startCarrierBench();
    for (let i = 0; i < 2; i += 1) {
      bench.smsc.sendText(plainText);
      await bench.until(() => bench.smsc.left() === 0, minuteMs);
    }
    expect((await bench.recorded()).visits).toEqual(['01055501234 0313242114', '01055501234 0313242114']);
  });

  it('has its answers proven, so that nothing of them is remembered', async () => {
    await play({});
    await bench.clock.advance(5_000);
    await bench.restart();
    await bench.clock.advance(1_000);
    const before = (await bench.recorded()).visits.length;
    bench.smsc.sendText(plainText);
    bench.smsc.sendText({ ...plainText, fields: { ...plainText.fields, source_addr: '01055501235' } });
    await bench.until(() => bench.smsc.left() === 0, minuteMs);
    expect((await bench.recorded()).visits.length).toBe(before + 2);
  });
});

const plainText = {
  fields: {
    source_addr_ton: 2,
    source_addr_npi: 1,
    source_addr: '01055501234',
    destination_addr: '0313242900',
    short_message: Buffer.from('0313242114'),
  },
  optionals: [],
};

describe('a fault of the link', () => {
  it('L1 dead-enquire: texts that come prove the link, silence ends it', async () => {
    await play({ faults: ['dead-enquire'] });
    await bench.clock.advance(minuteMs);
    expect(bench.trail()).toContain('recovering smpp.silent');
  });

  it('L2 half-open: a dead link is given up within a minute', async () => {
    bench = await startCarrierBench({ faults: ['half-open'] });
    await bench.text(3);
    const fromMs = bench.clock.monotonicMs();
    expect(await bench.until(() => bench.trail().includes('recovering smpp.silent'), minuteMs)).toBe(true);
    expect(bench.clock.monotonicMs() - fromMs).toBeLessThanOrEqual(minuteMs);
    await survives();
  });

  it('L3 cut-before-resp: a text whose answer was not read is not recorded twice', () =>
    play({ faults: ['cut-before-resp'] }));

  it('L4 resp-lost: a text whose answer was lost with the link is not recorded twice', () =>
    play({ faults: ['resp-lost:5'] }));

  it('L5 resend-at-once: a text that comes again before its answer is the same', async () => {
    await play({ faults: ['resend-at-once'] });
    expect(bench.events('text.known').length).toBeGreaterThan(0);
  });

  it('L6 resend-later: a text that comes again after minutes is the same', async () => {
    await play({ faults: ['cut-before-resp:4', 'resend-later:20m'] });
    expect(bench.events('text.known').length).toBeGreaterThan(0);
  });

  it('L7 resend-after-restart: a text that comes again after the gateway has started anew is the same', async () => {
    bench = await startCarrierBench({ faults: ['cut-before-resp:4', 'resend-later:5m'] });
    await bench.text(4);
    await bench.clock.advance(1_000);
    expect(bench.smsc.left()).toBeGreaterThan(0);
    await bench.restart();
    await survives();
    expect(bench.events('text.known').length).toBeGreaterThan(0);
  });

  it('L7 resend-after-restart: an equal text that comes after the resend time is another one', async () => {
    bench = await startCarrierBench({
      faults: ['cut-before-resp:1', 'resend-later:10m'],
      toml: 'resend_time = "5m"',
    });
    bench.smsc.sendText(plainText);
    expect(await bench.until(() => bench.smsc.left() === 0, 30 * minuteMs)).toBe(true);
    expect((await bench.recorded()).visits).toHaveLength(2);
  });

  it('L8 throttled: the bind is tried again without end', async () => {
    await play({ faults: ['throttled:8'] });
    expect(bench.trail()).toContain('absent smpp.bind-refused');
  });

  it.each(['wrong-length', 'huge-length'] satisfies LinkFaultName[])(
    'L9, L10: a PDU of %s ends the link, and nothing before or behind it is lost',
    async (fault) => {
      await play({ faults: [fault] });
      expect(bench.trail()).toContain('recovering smpp.frame');
      expect(commandsHeard('generic_nack').map(({ status }) => status)).toContain(2);
    },
  );

  it('L11 cut-short: a text that is cut short is refused, and its octets are kept as undecodable', async () => {
    await play({ faults: ['cut-short'] });
    expect((await bench.recorded()).texts.filter((text) => text === 'undecodable').length).toBeGreaterThan(0);
    expect(bench.events('line.pdu-refused')[0]).toMatchObject({ path: 'short_message', status: 1 });
    expect(commandsHeard('deliver_sm_resp').map(({ status }) => status)).toContain(1);
  });

  it('L12 unknown-parameters: optional parameters that nobody knows are passed over', () =>
    play({ faults: ['unknown-parameters'] }));

  it('L13 message-payload: a text in message_payload is the same text', () =>
    play({ faults: ['message-payload'] }));

  it('L13 message-payload: a text that is longer than a short message is one text', async () => {
    bench = await startCarrierBench();
    const words = `${'가나다라마바사아자차'.repeat(200)} 031-324-2114`;
    const octets = Buffer.from(words, 'utf16le').swap16();
    bench.smsc.sendText({
      fields: { ...plainText.fields, short_message: new Uint8Array(), data_coding: 8 },
      optionals: [[0x0424, octets]],
    });
    await bench.until(() => bench.smsc.left() === 0, minuteMs);
    expect((await bench.recorded()).visits).toEqual(['01055501234 0313242114']);
  });

  it('L14 sar-parts: parts that sar_ parameters name are joined in any order', () =>
    play({ faults: ['sar-parts'] }));

  it('L15 parts-reversed: parts that a header names are joined in any order', () =>
    play({ faults: ['parts-reversed'] }));

  it('L16 two-binds: the line waits until the other session of its account is gone', async () => {
    await play({ faults: ['two-binds:5'] });
    expect(bench.trail().filter((state) => state === 'absent smpp.bind-refused')).toHaveLength(1);
  });

  it('L17 wrong-password: the password is tried each five minutes, and said to be wrong once', async () => {
    bench = await startCarrierBench({ faults: ['wrong-password:3'] });
    await bench.clock.advance(14 * minuteMs);
    expect(commandsHeard('bind_receiver')).toHaveLength(3);
    expect(bench.events('line.absent')).toEqual([
      expect.objectContaining({ reason: 'smpp.password', status: 14 }),
    ]);
    await bench.clock.advance(2 * minuteMs);
    await bench.text(3);
    await survives();
  });

  it('L18 slow-loris: a PDU that never becomes whole does not keep the link', async () => {
    await play({ faults: ['slow-loris'] });
    expect(bench.trail()).toContain('recovering smpp.silent');
  });

  it('L19 sequence-wraps: a sequence number that wraps is answered as it is', () =>
    play({ faults: ['sequence-wraps'] }));

  it('L20 sequence-repeats: texts under one sequence number are told apart by what they say', () =>
    play({ faults: ['sequence-repeats'] }));

  it('L21 unbinds: a carrier that takes leave is answered, and bound again', async () => {
    await play({ faults: ['unbinds'] });
    expect(commandsHeard('unbind_resp').length).toBeGreaterThan(0);
    expect(bench.trail()).toContain('recovering smpp.unbound');
  });

  it('L22 unknown-command: a command that no receiver knows is refused with generic_nack', async () => {
    await play({ faults: ['unknown-command'] });
    expect(commandsHeard('generic_nack').map(({ status }) => status)).toContain(3);
  });

  it('L23 receipts: delivery receipts are notices', async () => {
    await play({ faults: ['receipts'] });
    expect(
      (await bench.recorded()).texts.filter((text) => text === 'notice delivery-report').length,
    ).toBeGreaterThan(10);
  });

  it('L24 register-refuses: what the register does not take is not answered with 0, and taken later', async () => {
    bench = await startCarrierBench();
    await bench.text(3);
    expect(await bench.until(() => bench.smsc.left() === 0, minuteMs)).toBe(true);
    const file = join(bench.workspace.dataDir, 'keyring');
    const keyring = readFileSync(file);
    bench.clock.setWall(bench.clock.wallMs() + 60 * minuteMs);
    writeFileSync(file, Buffer.alloc(keyring.length));
    await bench.text(3);
    await bench.clock.advance(20_000);
    expect(bench.trail().at(-1)).toMatch(/^holding /);
    expect(bench.smsc.answers.slice(-3)).toEqual(Array(3).fill(commandStatus.receiverTemporary));
    writeFileSync(file, keyring);
    await survives();
  });
});
