import { composeText } from '../../src/simulator/compose-text.ts';
import type { FamilyName } from '../../src/simulator/families/families.ts';
import { createModem } from '../../src/simulator/modem.ts';
import type { HostSide } from '../../src/simulator/port.ts';
import { FakeClock } from '../support/fake-clock.ts';

const setUp = [
  'AT',
  'ATE0',
  'AT+CMEE=1',
  'AT+CGSN',
  'AT+CPIN?',
  'AT+CREG?',
  'AT+CEREG?',
  'AT+CSQ',
  'AT+CPMS=?',
  'AT+CPMS="ME","ME","ME"',
  'AT+CPMS?',
  'AT+CNMI=2,0,0,0,0',
  'AT+CNMI=2,1,0,0,0',
  'AT+CNMI=1,1,0,0,0',
  'AT+CMGF=0',
];
const read = ['AT+CPMS?', 'AT+CMGD=?', 'AT+CMGL=4', 'AT+CMGR=1', 'AT+CMGR=20'];
const remove = ['AT+CMGD=1', 'AT+CMGD=0,0', 'AT+CMGL=4'];
const health = ['AT', 'AT+CREG?', 'AT+CPIN?', 'AT+CPMS?', 'AT+NOSUCH', 'AT+CNMI?'];

const stepMs = 500;

/** All that a plain host does, sees and hears in eight minutes, with texts coming in: the same each time. */
export async function playSession(
  family: FamilyName,
  faults: readonly string[],
  seed: number,
): Promise<string> {
  const clock = new FakeClock();
  const modem = createModem({ family, clock, seed, faults });
  const log: string[] = [];
  let host: HostSide | null = null;

  modem.onUsbChange(({ state, number }) => log.push(`port ${state} ${number}`));

  function open(): void {
    try {
      host = modem.attach();
    } catch (thrown) {
      log.push(`open: ${(thrown as { code: string }).code}`);
      return;
    }
    host.onBytes((bytes) => log.push(JSON.stringify(Buffer.from(bytes).toString('latin1'))));
    host.onHangup(() => {
      log.push('hung up');
      host = null;
    });
  }

  async function type(lines: readonly string[]): Promise<void> {
    for (const line of lines) {
      if (!host) open();
      log.push(`> ${line}`);
      if (host && !host.write(Buffer.from(`${line}\r`, 'latin1'))) log.push('stuck');
      await clock.advance(stepMs);
    }
  }

  function send(count: number): void {
    for (let i = 0; i < count; i += 1) {
      const text = i % 3 === 2 ? `${'가'.repeat(80)}031-324-2114` : '031-324-2114';
      modem.network.sendParts(composeText({ sender: `0105550000${i}`, text, sentAtMs: clock.wallMs() }));
    }
  }

  open();
  await type(setUp);
  for (let round = 0; round < 4; round += 1) {
    send(5);
    await type(read);
    // Between reading and deleting, as it may be.
    send(1);
    await type(remove);
    await clock.advance(35_000);
    await type(health);
  }
  (host as HostSide | null)?.close();
  host = null;
  open();
  await type([...setUp, ...read, 'AT+CFUN=4', 'AT+CFUN=1']);
  await clock.advance(20_000);
  await type([...health, 'AT+CFUN=1,1']);
  await clock.advance(60_000);
  await type([...setUp, ...health]);
  log.push(JSON.stringify(modem.network.journal.counts()));
  modem.dispose();
  return log.join('\n');
}
