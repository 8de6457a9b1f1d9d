import { expect, it } from 'vitest';
import { openZone } from '../../../src/base/zone.ts';
import { buildConfig, completeDocument } from '../../../src/config/config.ts';
import { combineWatchers } from '../../../src/daemon/gateway-watcher.ts';
import { createTextIntake } from '../../../src/daemon/intake/text-intake.ts';
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
