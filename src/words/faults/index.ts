import type { FaultCode, FaultFacts } from '../../base/errors.ts';
import { auditFaults } from './audit.ts';
import { backupFaults } from './backup.ts';
import { cipherFaults } from './cipher.ts';
import { configFaults } from './config.ts';
import type { FaultEntry } from './entry.ts';
import { exportFaults } from './export.ts';
import { gatewayFaults } from './gateway.ts';
import { keyringFaults } from './keyring.ts';
import { lineFaults } from './line.ts';
import { metricsFaults } from './metrics.ts';
import { pinFaults } from './pin.ts';
import { portFaults } from './port.ts';
import { posterFaults } from './poster.ts';
import { recipientFaults } from './recipient.ts';
import { registerFaults } from './register.ts';
import { resetFaults } from './reset.ts';
import { simulatorFaults } from './simulator.ts';
import { smsFaults } from './sms.ts';
import { statusFaults } from './status.ts';
import { sweepFaults } from './sweep.ts';
import { venueListFaults } from './venue-list.ts';
import { windowFaults } from './window.ts';

/** Every fault that this program knows, by its code. */
export const faults = {
  ...auditFaults,
  ...backupFaults,
  ...configFaults,
  ...cipherFaults,
  ...exportFaults,
  ...gatewayFaults,
  ...keyringFaults,
  ...lineFaults,
  ...metricsFaults,
  ...pinFaults,
  ...portFaults,
  ...posterFaults,
  ...recipientFaults,
  ...registerFaults,
  ...resetFaults,
  ...simulatorFaults,
  ...smsFaults,
  ...statusFaults,
  ...sweepFaults,
  ...venueListFaults,
  ...windowFaults,
} satisfies { readonly [Code in FaultCode]: FaultEntry<FaultFacts[Code]> };

/** The entry of a code; undefined for the code of a system's error and for `internal`. */
export function entryOf(code: string): FaultEntry<never> | undefined {
  return Object.hasOwn(faults, code) ? faults[code as FaultCode] : undefined;
}
