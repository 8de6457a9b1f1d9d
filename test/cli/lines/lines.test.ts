import { describe, expect, it } from 'vitest';
import { formatFoundModem } from '../../../src/cli/lines/run.ts';
import type { FoundModem, FoundPort } from '../../../src/doctor/survey-modems.ts';

const port = (tty: string, more: Partial<FoundPort> = {}): FoundPort => ({
  tty,
  path: `/dev/${tty}`,
  interface: 0,
  driver: 'option',
  state: 'free',
  by: [],
  ...more,
});

const found = (more: Partial<FoundModem> = {}): FoundModem => ({
  kind: 'modem',
  port: '/dev/serial/by-id/usb-Quectel_EC25-if02-port0',
  answers: 'ttyUSB2',
  maker: 'Quectel',
  model: 'EC25',
  imei: '860000000000017',
  iccid: null,
  imsi: null,
  line: 'line1',
  usb: '2c7c:0125',
  position: '1-1.2',
  serial: null,
  gateway: null,
  ports: [port('ttyUSB2', { state: 'answers' }), port('ttyUSB3')],
  ...more,
});

describe('what visitlog lines prints of a device', () => {
  it('lines prints the SIM of a modem as a line can name it', () => {
    const sim = { iccid: '8982000000000000017', imsi: '450000000000017' };
    expect(formatFoundModem(found(sim), 'en')).toContain(
      '  sim    iccid:8982000000000000017, imsi:450000000000017',
    );
  });

  it('lines prints a few short lines for a modem', () => {
    expect(formatFoundModem(found(), 'en')).toEqual([
      'Quectel EC25   usb 2c7c:0125, socket 1-1.2',
      '  port   /dev/serial/by-id/usb-Quectel_EC25-if02-port0',
      '  imei   860000000000017',
      '  line   line1',
      '  ttys   ttyUSB2  answers',
      '         ttyUSB3  not asked',
    ]);
  });

  it('lines names the process that has a port open', () => {
    const by = [{ pid: 812, name: 'visitlog' }];
    const lines = formatFoundModem(
      found({ answers: null, ports: [port('ttyUSB2', { state: 'taken', by })] }),
      'en',
    );
    expect(lines.at(-1)).toBe('  ttys   ttyUSB2  taken by visitlog (pid 812)');
  });

  it("lines shows the gateway's report of a modem that it uses", () => {
    const by = [{ pid: 812, name: 'visitlog' }];
    const gateway = {
      state: 'ready',
      reason: null,
      operator: 'SKTelecom',
      registration: 'home',
      signal: { dbm: -77, bars: 4 },
      storage: { memory: 'ME', used: 0, total: 255 },
    } as const;
    const device = found({ answers: null, gateway, ports: [port('ttyUSB2', { state: 'taken', by })] });
    expect(formatFoundModem(device, 'en').slice(-2)).toEqual([
      '  now    receiving, SKTelecom, 4 of 5 bars (-77 dBm), ME 0 of 255',
      '  ttys   ttyUSB2  the gateway uses it',
    ]);
    const away = {
      ...gateway,
      state: 'recovering',
      reason: 'line.lost',
      operator: null,
      signal: null,
    } as const;
    expect(formatFoundModem(found({ gateway: away }), 'ko').join('\n')).toContain(
      '복구 중, line.lost, 통신망 등록, ME',
    );
  });

  it('lines does not call a port free if its user cannot be seen', () => {
    const lines = formatFoundModem(
      found({ answers: null, ports: [port('ttyUSB2', { state: 'unknown' })] }),
      'en',
    );
    expect(lines.at(-1)).toContain('only root sees all');
  });

  it.each([
    [found({ kind: 'disk', port: null, imei: null, line: null, ports: [] }), 'usb-modeswitch'],
    [found({ kind: 'bridge', imei: null, line: null }), 'what is behind it is asked only if'],
    [found({ kind: 'other', imei: null, line: null }), 'left alone'],
  ])('lines says what to do with a device that is not a modem with ports', (device, words) => {
    const text = formatFoundModem(device, 'en');
    expect(text.join('\n')).toContain(words);
    for (const line of text) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('lines has a title for a device without a name', () => {
    expect(formatFoundModem(found({ maker: null, model: null }), 'en')[0]).toContain('without a name');
  });
});
