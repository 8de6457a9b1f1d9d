import { expect, it } from 'vitest';
import { formatHex } from '../../../src/base/bytes.ts';
import { openZone } from '../../../src/base/zone.ts';
import { buildConfig, completeDocument } from '../../../src/config/config.ts';
import { combineWatchers } from '../../../src/daemon/gateway-watcher.ts';
import { rubbishLimits } from '../../../src/daemon/intake/rubbish-limit.ts';
import { createTextIntake } from '../../../src/daemon/intake/text-intake.ts';
import type { Arrival } from '../../../src/modem/receive/arrival.ts';
import { createVisitors } from '../../../src/simulator/visitors.ts';
import { nowMs, tempRegister } from '../../store/temp-register.ts';

const settings = buildConfig(completeDocument({}), {});

it('a text that a stopping gateway has just accepted is logged and counted before the log ends, and once', async () => {
  const temp = tempRegister();
  const register = temp.open();
  const events: string[] = [];
  const counted: string[] = [];
  const log = { write: (_level: string, event: string, _fields?: object) => void events.push(event) };
  const texts = createTextIntake({
    intake: register,
    settings: () => settings,
    zone: openZone('Asia/Seoul'),
    takesTexts: () => true,
    log,
    watcher: combineWatchers([{ onText: ({ line }) => void counted.push(line) }], log),
  });
  texts.acceptDirect('line1', [
    { pdu: 'FF', announcedLength: null, memory: null, slot: null, receivedAtMs: nowMs, report: false },
  ]);
  expect([events, counted]).toEqual([[], []]);
  texts.flush();
  expect([events, counted]).toEqual([['text.accepted'], ['line1']]);
  await new Promise(setImmediate);
  expect([events, counted]).toEqual([['text.accepted'], ['line1']]);
  await register.close();
});

it('rubbish beyond the limit of a line stays on its modem, and no text behind it does', async () => {
  const temp = tempRegister();
  const register = temp.open();
  const log = { write: () => {} };
  const texts = createTextIntake({
    intake: register,
    settings: () => settings,
    zone: openZone('Asia/Seoul'),
    takesTexts: () => true,
    log,
    watcher: combineWatchers([], log),
  });
  const { burst } = rubbishLimits.texts;
  const arrival = (pdu: string, slot: number | null): Arrival => {
    const memory = slot === null ? null : 'ME';
    return { pdu, announcedLength: null, memory, slot, receivedAtMs: nowMs, report: false };
  };
  const rubbish = Array.from({ length: burst + 50 }, (_, i) => arrival(`FFFF ${i}`, i));
  const [part] = createVisitors({ seed: 1, plain: true }).next(nowMs).parts;
  const { tpdu } = part as { readonly tpdu: Uint8Array };
  const honest = arrival(`00${formatHex(tpdu)}`, burst + 50);
  const line = { name: 'line1', receiving: null };
  const { left } = texts.accept(line, [...rubbish, honest], null);
  expect(left.size).toBeGreaterThan(40);
  expect(left.size).toBeLessThanOrEqual(50);
  expect(left.has(honest)).toBe(false);
  expect(texts.isFlooded('line1')).toBe(true);
  expect(texts.isFlooded('line2')).toBe(false);
  // No modem holds it: it is taken, whatever the line has brought.
  texts.acceptDirect('line1', [arrival('FFFF direct', null)]);
  texts.flush();
  expect((await register.health()).undecodable).toBe(burst + 50 - left.size + 1);
  // What was left was not remembered either: its modem shows it again, and it is taken then.
  await temp.clock.advance(60_000);
  expect(texts.accept(line, [...left], null)).toMatchObject({ known: 0, left: new Set() });
  expect((await register.health()).undecodable).toBe(burst + 51);
  await register.close();
});
