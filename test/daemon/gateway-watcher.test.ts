import { expect, it } from 'vitest';
import { combineWatchers, type GatewayWatcher } from '../../src/daemon/gateway-watcher.ts';
import type { LogFields } from '../../src/daemon/log/log.ts';

const calls = [
  'onText',
  'onListing',
  'onRefused',
  'onLineState',
  'onTransaction',
  'onOpening',
  'onSwept',
] as const satisfies readonly (keyof GatewayWatcher)[];

it.each(calls)('a watcher that throws in %s stops neither the other watchers nor the caller', (call) => {
  const logged: LogFields[] = [];
  const heard: unknown[] = [];
  const clumsy: GatewayWatcher = {
    [call]: () => {
      throw new TypeError('words of a visitor');
    },
  };
  const attentive: GatewayWatcher = { [call]: (...facts: unknown[]) => heard.push(facts) };
  const log = { write: (_level: string, _event: string, fields: LogFields = {}) => void logged.push(fields) };
  const told = combineWatchers([clumsy, {}, attentive], log)[call] as (...facts: unknown[]) => void;
  told('line1', 2, 3);
  expect(heard).toEqual([['line1', 2, 3]]);
  expect(logged).toEqual([{ told: call, name: 'TypeError' }]);
});
