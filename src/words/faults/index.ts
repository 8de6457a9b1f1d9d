import type { FaultCode, FaultFacts } from '../../base/errors.ts';
import { auditFaults } from './audit.ts';
import { centralFaults } from './central.ts';
import { centralAdoptFaults } from './central-adopt.ts';
import { configFaults } from './config.ts';
import { doorFaults } from './door.ts';
import type { FaultEntry } from './entry.ts';
import { exportFaults } from './export.ts';
import { gatewayFaults } from './gateway.ts';
import { ingestFaults } from './ingest.ts';
import { keptTextFaults } from './kept-texts.ts';
import { keyringFaults } from './keyring.ts';
import { lineFaults } from './line.ts';
import { moveFaults } from './move.ts';
import { registerFaults } from './register.ts';
import { simulatorFaults } from './simulator.ts';
import { smppFaults } from './smpp.ts';
import { smsFaults } from './sms.ts';
import { traceFaults } from './trace.ts';
import { unresolvedFaults } from './unresolved.ts';
import { usageFaults } from './usage.ts';
import { venueFaults } from './venue.ts';
import { wireFaults } from './wire.ts';

/** Every fault that this program knows, by its code. */
export const faults = {
  ...auditFaults,
  ...centralFaults,
  ...centralAdoptFaults,
  ...configFaults,
  ...doorFaults,
  ...exportFaults,
  ...gatewayFaults,
  ...ingestFaults,
  ...keyringFaults,
  ...keptTextFaults,
  ...lineFaults,
  ...moveFaults,
  ...registerFaults,
  ...simulatorFaults,
  ...smppFaults,
  ...smsFaults,
  ...traceFaults,
  ...unresolvedFaults,
  ...venueFaults,
  ...wireFaults,
  ...usageFaults,
} satisfies { readonly [Code in FaultCode]: FaultEntry<FaultFacts[Code]> };

/** The entry of a code; undefined for the code of a system's error and for `internal`. */
export function entryOf(code: string): FaultEntry<never> | undefined {
  return Object.hasOwn(faults, code) ? faults[code as FaultCode] : undefined;
}
