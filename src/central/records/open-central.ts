import { fault } from '../../base/errors.ts';
import { auditChain } from '../../store/audit/audit-chain.ts';
import { openDatabase } from '../../store/database/database.ts';
import { guarded } from '../../store/database/errors.ts';
import { holderRingPath, openHolderFiles } from '../../store/holder/holder-files.ts';
import type { HolderPin } from '../../store/holder/holder-pin.ts';
import { HourKeys } from '../../store/keyring/hour-keys.ts';
import { openKeyring } from '../../store/keyring/open-keyring.ts';
import type { Records } from '../../store/records.ts';
import { openRegister } from '../../store/register.ts';
import type { RegisterOptions } from '../../store/register-types.ts';
import { machineTimeOf, registerTime } from '../../store/sweep/register-time.ts';
import { LineNames } from '../../store/tables/lines.ts';
import { type Adoptions, adoptionsOver } from '../adopt/adoption.ts';
import type { CentralAddress } from '../connect.ts';
import { boardOver } from '../holder-board.ts';
import { centralRecords } from './central-records.ts';
import { type CentralSession, centralSession } from './central-session.ts';
import type { CentralSweeper, HolderSweep } from './central-sweep.ts';
import { sweepCentral } from './central-sweep.ts';
import { centralVenues } from './central-venues.ts';
import { linesOfGateways } from './lines-of-gateways.ts';

/** A register host, as it is configured. */
export interface HolderHost {
  /** Its name among the holders. */
  readonly name: string;
  readonly aheadMs: number;
  /** Other holders, who are to read what officers add here. */
  readonly others: readonly HolderPin[];
  readonly address: CentralAddress;
  /** Its own register. */
  readonly register: RegisterOptions;
  /** A session with that address which has begun; closed with the register. */
  readonly session?: CentralSession | undefined;
}

export interface CentralRegister extends Records {
  /** Places that gateways had before they came to the central register. */
  readonly adoptions: Adoptions;
  /** `sweep`, with what it has published. */
  pass(options: Parameters<Records['sweep']>[0]): Promise<HolderSweep>;
}

/**
 * Opens the central register as a holder. It is connected to when it is first asked.
 * Errors: those of `openRegister`, `openHolderFiles`.
 */
export function openCentral(host: HolderHost): CentralRegister {
  const { name, aheadMs, others, address, register } = host;
  const { dataDir, retentionMs, clock, role = 'tool' } = register;
  const session = host.session ?? centralSession(address);
  const own = openRegister({ ...register, role });
  const files = openHolderFiles({ ...register, name, aheadMs, role });
  const db = guarded(() => openDatabase(dataDir, role === 'reader', register.sameAs));
  const ring = guarded(() => openKeyring(db, register, role));
  const keys = new HourKeys(ring, register.algorithm);
  const machine = register.machine ?? machineTimeOf(clock);
  const time = registerTime(db, clock, machine, !files.ring.hasAny(), 'holder-time');
  const { maxShare } = register;
  const holder = {
    ...{ name, ring: files.ring, signingKey: files.signingKey, db, time, retentionMs, aheadMs },
    ...(maxShare === undefined ? {} : { maxShare }),
  };
  const { password, ...openly } = address;
  const thread = {
    ...{ holder: name, dataDir, retentionMs, address: openly, password },
    ...{ ringPath: holderRingPath(register.keyFile), masterFile: register.masterFile ?? null },
    ...(register.sameAs === undefined ? {} : { sameAs: register.sameAs }),
  };
  const reader = { ask: session.ask, holder: name, ring: files.ring, db, retentionMs, thread };
  const lines = () => linesOfGateways(session.ask);
  const options = { ...register, clock: time.clock };
  const sweeper: CentralSweeper = {
    ...{ reader, holder, lines, own, keys },
    board: boardOver(session.ask),
    chain: () => auditChain(db, options),
  };
  const corrector = {
    ...{ reader, lines, transact: session.transact },
    sealer: { db, ring, keys, lines: new LineNames(db) },
    pinned: { gateway: name, pins: [files.pin, ...others.filter((pin) => pin.holder !== name)] },
  };
  return {
    ...centralRecords({
      ...{ sweeper, corrector, lines, own },
      venues: centralVenues(session.ask, session.transact, time.clock.wallMs),
      refuseReader() {
        if (role === 'reader') throw fault('register.read-only', { cause: null });
      },
    }),
    adoptions: adoptionsOver(session.ask, session.transact, time.clock.wallMs),
    pass: (sweeping) => sweepCentral(sweeper, sweeping),
    async close() {
      await session.close();
      keys.close();
      db.close();
      files.close();
      await own.close();
    },
  };
}
