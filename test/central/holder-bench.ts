import { onTestFinished } from 'vitest';
import { hourMs } from '../../src/base/amounts.ts';
import type { CentralAddress } from '../../src/central/connect.ts';
import { linkGateway } from '../../src/central/gateway-link.ts';
import { type CentralRegister, openCentral } from '../../src/central/records/open-central.ts';
import { initialise, loginOf } from '../../src/central/schema/init.ts';
import { sealHour } from '../../src/central/seal-hour.ts';
import { makeHolderFiles } from '../../src/store/holder/holder-files.ts';
import type { HolderPin } from '../../src/store/holder/holder-pin.ts';
import { type Outbox, openOutbox, rowsIn } from '../../src/store/outbox/outbox.ts';
import type { RegisterOptions, Role } from '../../src/store/register-types.ts';
import { tempRegister } from '../store/temp-register.ts';
import type { FakeClock } from '../support/fake-clock.ts';
import type { Cluster } from '../support/postgres.ts';
import { addressOf } from './central-bench.ts';

/** A database of its own on a server that others use, too. */
export interface TestCentral {
  readonly database: string;
  address(login: string): CentralAddress;
}

let databases = 0;

export async function makeCentral(
  server: Cluster,
  members: readonly { readonly kind: 'gateway' | 'holder'; readonly name: string }[],
): Promise<TestCentral> {
  databases += 1;
  const database = `central${databases}`;
  const address = (login: string) => {
    const found = addressOf(login, server);
    return { ...found, url: { ...found.url, database } };
  };
  await initialise(
    address('postgres'),
    members.map((member) => ({ ...member, password: null })),
  );
  return { database, address };
}

/** A register host. */
export interface HolderHostBench {
  readonly pin: HolderPin;
  readonly options: RegisterOptions;
  /** Closed when the test ends. */
  open(role?: Role): CentralRegister;
}

export const aheadMs = 72 * hourMs;

export function makeHolderHost(
  central: TestCentral,
  name: string,
  clock: FakeClock,
  changes: Partial<RegisterOptions> & { readonly others?: readonly HolderPin[] } = {},
): HolderHostBench {
  const { others = [], ...options } = changes;
  const register: RegisterOptions = { ...tempRegister().options, ...options, clock };
  const { pin } = makeHolderFiles({ ...register, name, aheadMs });
  return {
    pin,
    options: register,
    open(role = 'tool') {
      const address = central.address(loginOf({ kind: 'holder', name }));
      const records = openCentral({ name, aheadMs, others, address, register: { ...register, role } });
      onTestFinished(() => records.close().catch(() => {}));
      return records;
    },
  };
}

/** Sends everything that a site has, and the site has it no more. */
export async function forwardAll(
  central: TestCentral,
  gateway: string,
  outbox: Outbox,
  pins: readonly HolderPin[],
): Promise<void> {
  const link = await linkGateway(central.address(loginOf({ kind: 'gateway', name: gateway })), gateway);
  const keyNumbers = new Map<number, number>();
  for (let rows = outbox.next(500); rowsIn(rows) > 0; rows = outbox.next(500)) {
    await link.nameLines(outbox.lines());
    for (const hour of new Set([...rows.visits, ...rows.texts].map((each) => each.hour))) {
      const sealed = sealHour(outbox, { gateway, pins }, hour, await link.publishedHours([hour]));
      if (sealed === null || 'refused' in sealed) throw new Error(sealed?.refused ?? 'no key');
      keyNumbers.set(hour, await link.openHour(sealed.opened));
    }
    await link.forward(rows, (hour) => keyNumbers.get(hour), true);
    outbox.leave(rows);
  }
  await link.close();
}

/** The outbox of a site's register, closed when the test ends. */
export function outboxOf(options: RegisterOptions): Outbox {
  const outbox = openOutbox(options);
  onTestFinished(() => outbox.close());
  return outbox;
}
