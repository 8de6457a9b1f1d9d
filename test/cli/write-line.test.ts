import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { formatFoundModem } from '../../src/cli/lines/run.ts';
import { writeLine } from '../../src/cli/shell.ts';

it('a device whose name has control codes moves no terminal', async () => {
  const stdout = new PassThrough();
  const name = 'Quectel\u001b[2J\u009b31m\u202e\r';
  const lines = formatFoundModem(
    {
      ...{
        kind: 'modem',
        port: `/dev/${name}`,
        answers: null,
        maker: name,
        model: name,
        imei: null,
        iccid: null,
        imsi: null,
        line: null,
      },
      ...{ usb: '2c7c:0125', position: '1-1.2', serial: name, gateway: null, ports: [] },
    },
    'en',
  );
  await writeLine(stdout, lines.join('\n'));
  const shown = String(stdout.read());
  expect(shown).toContain('Quectel·[2J·31m··');
  expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});
