import { describe, expect, it } from 'vitest';
import { readServiceEnvironment } from '../../../src/daemon/service/serve-gateway.ts';

describe('the environment of a service', () => {
  it.each<[Record<string, string>, string | undefined, number | null]>([
    [{}, undefined, null],
    [{ NOTIFY_SOCKET: '' }, undefined, null],
    [{ NOTIFY_SOCKET: '/run/systemd/notify' }, '/run/systemd/notify', null],
    [{ WATCHDOG_USEC: '60000000' }, undefined, 60_000],
    [{ WATCHDOG_USEC: '60000000', WATCHDOG_PID: '77' }, undefined, 60_000],
    [{ WATCHDOG_USEC: '60000000', WATCHDOG_PID: '78' }, undefined, null],
    [{ WATCHDOG_USEC: 'soon' }, undefined, null],
    [{ WATCHDOG_USEC: '0' }, undefined, null],
  ])('the environment %j of a service is read', (env, notifySocket, watchdogMs) => {
    expect(readServiceEnvironment(env, 77)).toEqual({ notifySocket, watchdogMs });
  });
});
