import { sleep } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';
import type { LineParts } from './line-parts.ts';
import { within } from './port/deadline.ts';
import type { Transport } from './port/transport.ts';
import type { Rung } from './recover/ladder.ts';
import { announce, look, radioOffMs, radioOnMs } from './recover/reset.ts';

const writeMs = 2_000;
const hookMs = 90_000;

/** A modem that answers nothing may still hear: the rung whose time has come is written without an answer. */
export async function attendSilence(parts: LineParts, transport: Transport): Promise<Rung | null> {
  const rung = look(parts, 'silent');
  if (rung === null) return null;
  announce(parts, 'silent', rung);
  const write = (text: string) =>
    within(transport.write(Buffer.from(`\u001b\r${text}\r`, 'latin1')), parts.clock, writeMs);
  if (rung === 'restart') await write('AT+CFUN=1,1');
  if (rung === 'radio') {
    parts.memory.radioLeftOff = true;
    await write('AT+CFUN=4');
    await sleep(parts.clock, radioOffMs, parts.stopping);
    await write('AT+CFUN=1');
    await sleep(parts.clock, radioOnMs, parts.stopping);
  }
  return rung;
}

/** The host's own command, while the port is closed. What comes of it shows when the port is opened again. */
export async function runHook(parts: LineParts): Promise<void> {
  const { clock, reset: hook, stopping, tell } = parts;
  if (hook === null || stopping.aborted) return;
  const running = hook().then(
    () => tell('info', 'line.reset-command', { done: true, code: null }),
    (cause: unknown) =>
      tell('error', 'line.reset-command', {
        done: false,
        code: cause instanceof AppError ? cause.code : 'internal',
      }),
  );
  const stopped = new Promise<void>((resolve) => {
    stopping.addEventListener('abort', () => resolve(), { once: true });
  });
  await within(Promise.race([running, stopped]), clock, hookMs);
}
