import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayMs } from '../../../src/base/amounts.ts';
import { collect } from '../../../src/base/batches.ts';
import { systemClock } from '../../../src/base/clock.ts';
import { openRegister } from '../../../src/store/register.ts';
import { type Running, start, startCommand } from '../../support/program.ts';
import { until } from '../../support/until.ts';
import { makeWorkspace, type Workspace } from '../../support/workspace.ts';
import { hasNetSmpp, hears, type NetSmpp, startNetSmpp, type Value } from './net-smpp.ts';

let workspace: Workspace;
let gateway: Running;
let centre: NetSmpp | null = null;

beforeEach(() => {
  workspace = makeWorkspace();
});

afterEach(async () => {
  await gateway.kill();
  await centre?.close();
  centre = null;
  workspace.remove();
});

function run(port: number, more = ''): void {
  workspace.configure(`smpp://127.0.0.1:${port}`, `system_id = "visitlog"\n${more}`);
  gateway = start(['--config', workspace.configFile, 'run']);
}

/** Each text of the register, `sender words`; of a visit, `sender → place`. */
async function recorded(): Promise<string[]> {
  const register = openRegister({
    dataDir: workspace.dataDir,
    keyFile: join(workspace.dataDir, 'keyring'),
    retentionMs: 28 * dayMs,
    algorithm: 'aes-256-gcm',
    clock: systemClock,
    role: 'reader',
  });
  try {
    const ever = { fromMs: 0, toMs: systemClock.wallMs() + dayMs };
    const visits = await collect(register.visits(ever));
    const texts = await collect(register.texts(ever));
    return [
      ...visits.map(({ visitor, venue }) => `${visitor} → ${venue}`),
      ...texts.map(({ sender, text, kind }) => `${sender} ${kind === 'unresolved' ? text : kind}`),
    ].sort();
  } finally {
    register.close();
  }
}

const ascii = (words: string) => ({ hex: Buffer.from(words, 'latin1').toString('hex') });
const ucs2 = (words: string) => ({ hex: Buffer.from(words, 'utf16le').swap16().toString('hex') });
const utf8 = (words: string) => ({ hex: Buffer.from(words, 'utf8').toString('hex') });
const headed = (header: string, { hex }: { readonly hex: string }) => ({ hex: header + hex });
const long = '안녕하세요, 아이들과 함께 들른 손님입니다. '.repeat(4);

interface Handed {
  readonly name?: 'deliver_sm' | 'data_sm';
  readonly with: Readonly<Record<string, Value>>;
  /** As the register tells it; null for what completes nothing. */
  readonly is: string | null;
}

/** Texts in every alphabet, with the octets that another implementation of each alphabet has written. */
const handed: readonly Handed[] = [
  { with: { source_addr: '01055500001', short_message: ascii('031-324-2114') }, is: '→ 0313242114' },
  { with: { source_addr: '01055500002', short_message: ascii('no number here') }, is: 'no number here' },
  // The septets of @, £ and the euro sign behind its escape (3GPP TS 23.038 §6.2.1).
  { with: { source_addr: '01055500003', short_message: { hex: '00011b6541' } }, is: '@£€A' },
  {
    with: { source_addr: '01055500004', data_coding: 1, short_message: ascii('ASCII @ $') },
    is: 'ASCII @ $',
  },
  { with: { source_addr: '01055500005', data_coding: 3, short_message: ascii('Größe Ø') }, is: 'Größe Ø' },
  { with: { source_addr: '01055500006', data_coding: 4, short_message: utf8('용인 옥텟') }, is: '용인 옥텟' },
  {
    with: { source_addr: '01055500007', data_coding: 8, short_message: ucs2('용인시청 앞') },
    is: '용인시청 앞',
  },
  {
    with: { source_addr: '01055500008', data_coding: 8, short_message: ucs2('０３１－３２４－２１１４') },
    is: '→ 0313242114',
  },
  { with: { source_addr: '01055500009', data_coding: 8, short_message: ucs2('축하 🎉') }, is: '축하 🎉' },
  // KS C 5601, as Python's cp949 writes it; the second has syllables that only the extension has.
  {
    with: { source_addr: '01055500010', data_coding: 14, short_message: { hex: 'bfebc0cebdc3c3bb20bed5' } },
    is: '용인시청 앞',
  },
  {
    with: { source_addr: '01055500011', data_coding: 14, short_message: { hex: '8c63b9e6b0a2c7cf2094ee' } },
    is: '똠방각하 뷁',
  },
  {
    with: {
      ...{ source_addr: '01055500012', data_coding: 0x84 },
      short_message: { hex: '3033312d3332342d3231313420c0d4b1b8' },
    },
    is: '→ 0313242114',
  },
  {
    with: { source_addr: '01055500013', data_coding: 0xf1, short_message: ascii('class one') },
    is: 'class one',
  },
  { with: { source_addr: '01055500014', data_coding: 0x18, short_message: ucs2('등급 영') }, is: '등급 영' },
  { with: { source_addr: '01055500015', short_message: ascii('0' + '31-324-2114') }, is: '→ 0313242114' },
  // A header names the parts; the second comes first.
  {
    with: {
      ...{ source_addr: '01055500016', data_coding: 8, esm_class: 0x40 },
      short_message: headed('050003a50202', ucs2(long.slice(60))),
    },
    is: null,
  },
  {
    with: {
      ...{ source_addr: '01055500016', data_coding: 8, esm_class: 0x40 },
      short_message: headed('050003a50201', ucs2(long.slice(0, 60))),
    },
    is: long,
  },
  // Parameters name them.
  ...[3, 1, 2].map((part, index) => ({
    with: {
      ...{ source_addr: '01055500017', short_message: ascii(`part ${part}, `) },
      ...{ sar_msg_ref_num: { hex: '0102' }, sar_total_segments: { hex: '03' } },
      sar_segment_seqnum: { hex: `0${part}` },
    },
    is: index === 2 ? 'part 1, part 2, part 3, ' : null,
  })),
  {
    with: { source_addr: '01055500018', data_coding: 8, message_payload: ucs2(long.repeat(8)) },
    is: long.repeat(8),
  },
  {
    name: 'data_sm',
    with: { source_addr: '01055500019', message_payload: ascii('in a data PDU') },
    is: 'in a data PDU',
  },
  { with: { source_addr: '01055500020', short_message: { hex: '' } }, is: '' },
  { with: { source_addr: '010-5550-0021', short_message: ascii('hyphens') }, is: 'hyphens' },
  {
    with: { source_addr: '821055500022', source_addr_ton: 1, short_message: ascii('international') },
    is: 'international',
  },
  {
    with: {
      source_addr: '01055500023',
      user_message_reference: { hex: '0007' },
      short_message: ascii('options'),
    },
    is: 'options',
  },
];

const senderOf = (address: Value | undefined) => String(address).replace(/-/g, '').replace(/^82/, '0');
const to = { destination_addr: '0313242900', dest_addr_ton: 2, dest_addr_npi: 1 };
const told = handed.flatMap(({ with: { source_addr }, is }) =>
  is === null ? [] : `${senderOf(source_addr)} ${is}`,
);

const deliverAnswer = 0x8000_0005;

describe.runIf(hasNetSmpp)('a centre of Net::SMPP', () => {
  it('has texts of every alphabet taken with sender, words and parts, and answered once each', async () => {
    centre = await startNetSmpp();
    run(centre.port, 'bind = "transceiver"');
    await hears(centre, { cmd: 9, system_id: 'visitlog', interface_version: 0x34 });
    for (const [index, { name = 'deliver_sm', with: parameters }] of handed.entries())
      centre.send(name, 100 + index, { source_addr_ton: 2, source_addr_npi: 1, ...to, ...parameters });
    for (const [index, { name }] of handed.entries())
      await hears(centre, { cmd: name ? 0x8000_0103 : deliverAnswer, seq: 100 + index, status: 0 });
    expect(await recorded()).toEqual([...told].sort());
  });

  it('is answered, bound again after it has taken leave or was cut, and taken leave of', async () => {
    centre = await startNetSmpp();
    run(centre.port);
    const text = (sender: string) => ({ source_addr: sender, ...to, short_message: ascii('031-324-2114') });
    await hears(centre, { cmd: 1 });
    centre.send('enquire_link', 7);
    await hears(centre, { cmd: 0x8000_0015, seq: 7 });
    centre.send('submit_sm', 8, text('01055500001'));
    await hears(centre, { cmd: 0x8000_0000, seq: 8, status: 3 });

    centre.send('deliver_sm', 9, text('01055500002'));
    centre.send('unbind', 10);
    await hears(centre, { cmd: 0x8000_0006, seq: 10 });
    expect(centre.heard().findIndex(({ seq }) => seq === 9)).toBeLessThan(
      centre.heard().findIndex(({ seq }) => seq === 10),
    );
    await isBound(2);

    // In the middle of a text; and behind one, before its answer is read.
    centre.cut(40, 'deliver_sm', 11, text('01055500003'));
    await isBound(3);
    centre.send('deliver_sm', 12, text('01055500003'));
    await hears(centre, { cmd: deliverAnswer, seq: 12, status: 0 });
    centre.cut(1_000, 'deliver_sm', 13, text('01055500004'));
    await isBound(4);
    centre.send('deliver_sm', 1, text('01055500004'));
    await hears(centre, { cmd: deliverAnswer, seq: 1, status: 0 });

    expect(await recorded()).toEqual(
      ['01055500002', '01055500003', '01055500004'].map((one) => `${one} → 0313242114`),
    );
    gateway.child.kill('SIGTERM');
    await hears(centre, { cmd: 6 });
    await gateway.exit;
    expect(gateway.child.exitCode).toBe(0);
  });
});

async function isBound(times: number): Promise<void> {
  await until(() => centre?.heard().filter(({ cmd }) => cmd === 1).length === times);
}

/** Kannel's own centre for tests of its bearerbox (Debian: kannel-extras). */
const drive = '/usr/lib/kannel/test/drive_smpp';

describe.runIf(existsSync(drive) && spawnSync(drive, ['-h']).error === undefined)("Kannel's centre", () => {
  it('has each of its texts taken, with an enquire_link behind each', async () => {
    const texts = 200;
    const port = 20_000 + (process.pid % 10_000);
    const kannel = startCommand(drive, ['-p', String(port), '-m', String(texts)]);
    try {
      run(port);
      await until(
        async () => (await recorded().catch(() => [])).length >= texts,
        () => kannel.stderr().slice(-2_000),
      );
      expect(await recorded()).toHaveLength(texts);
    } finally {
      await kannel.kill();
    }
  });
});
