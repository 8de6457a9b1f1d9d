import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { openSerial } from '../../src/modem/port/serial.ts';
import type { Transport } from '../../src/modem/port/transport.ts';
import { createModem, type SimulatedModem } from '../../src/simulator/modem.ts';
import { type ModemOnPty, modemOnPty } from '../support/modem-on-pty.ts';

let folder: string;
let modem: SimulatedModem;
let onPty: ModemOnPty;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pty-'));
  modem = createModem({ family: 'ec25', clock: systemClock, bootScale: 0 });
  onPty = await modemOnPty(modem, folder, { numbered: true });
});

afterEach(async () => {
  await onPty.close();
  modem.dispose();
  rmSync(folder, { recursive: true });
});

const open = (path: string): Promise<Transport> => openSerial(path, 115_200);

async function ask(port: Transport, command: string): Promise<string> {
  let answer = '';
  const done = new Promise<void>((resolve) => {
    port.onBytes((bytes) => {
      answer += Buffer.from(bytes).toString('latin1');
      if (answer.includes('\r\nOK\r\n')) resolve();
    });
  });
  await port.write(Buffer.from(`${command}\r`));
  await done;
  return answer;
}

describe('a simulated modem behind a kernel pseudo-terminal', () => {
  it('a modem behind a pseudo-terminal answers the real serialport binding, echo and all', async () => {
    const port = await open(onPty.path);
    expect(await ask(port, 'AT+CGMM')).toBe('AT+CGMM\r\r\nEC25\r\n\r\nOK\r\n');
    await port.close();
  });

  it('a modem behind a pseudo-terminal can be opened again after it was closed, at the same path', async () => {
    for (let i = 0; i < 3; i += 1) {
      const port = await open(onPty.path);
      expect(await ask(port, 'AT')).toContain('OK');
      // The link points to a new terminal only then.
      const up = onPty.bridge.next('up');
      await port.close();
      await up;
    }
  });

  it('a modem behind a pseudo-terminal hangs up when the stick is pulled and answers again under its new number', async () => {
    const port = await open(onPty.path);
    await ask(port, 'AT');
    const hungUp = new Promise<void>((resolve) => port.onClose(() => resolve()));
    const back = onPty.bridge.next('up');
    modem.unplug();
    await hungUp;
    modem.plug(1);
    await back;
    expect(onPty.path.endsWith('ttyUSB1')).toBe(true);
    const again = await open(onPty.path);
    expect(await ask(again, 'AT+CGSN')).toContain('359853035323129');
    await again.close();
  });
});
