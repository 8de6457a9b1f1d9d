import type { FaultCode, FaultFacts } from '../../base/errors.ts';
import { auditFaults } from './audit.ts';
import { auditCommandFaults } from './audit-command.ts';
import { backupFaults } from './backup.ts';
import { cipherFaults } from './cipher.ts';
import { configFaults } from './config.ts';
import { countsFaults } from './counts.ts';
import type { FaultEntry } from './entry.ts';
import { eraseFaults } from './erase.ts';
import { explainFaults } from './explain.ts';
import { exportFaults } from './export.ts';
import { gatewayFaults } from './gateway.ts';
import { keyringFaults } from './keyring.ts';
import { lineFaults } from './line.ts';
import { metricsFaults } from './metrics.ts';
import { officerFaults } from './officer.ts';
import { pinFaults } from './pin.ts';
import { portFaults } from './port.ts';
import { posterFaults } from './poster.ts';
import { proveFaults } from './prove.ts';
import { recipientFaults } from './recipient.ts';
import { registerFaults } from './register.ts';
import { resetFaults } from './reset.ts';
import { setupFaults } from './setup.ts';
import { simulatorFaults } from './simulator.ts';
import { smsFaults } from './sms.ts';
import { statusFaults } from './status.ts';
import { sweepFaults } from './sweep.ts';
import { traceFaults } from './trace.ts';
import { unresolvedFaults } from './unresolved.ts';
import { usageFaults } from './usage.ts';
import { venueFaults } from './venue.ts';
import { venueListFaults } from './venue-list.ts';
import { windowFaults } from './window.ts';

/** Every fault that this program knows, by its code. */
export const faults = {
  ...auditFaults,
  ...auditCommandFaults,
  ...backupFaults,
  ...configFaults,
  ...cipherFaults,
  ...countsFaults,
  ...eraseFaults,
  ...explainFaults,
  ...exportFaults,
  ...gatewayFaults,
  ...keyringFaults,
  ...lineFaults,
  ...metricsFaults,
  ...officerFaults,
  ...pinFaults,
  ...portFaults,
  ...posterFaults,
  ...proveFaults,
  ...recipientFaults,
  ...registerFaults,
  ...resetFaults,
  ...simulatorFaults,
  ...setupFaults,
  ...smsFaults,
  ...statusFaults,
  ...sweepFaults,
  ...traceFaults,
  ...unresolvedFaults,
  ...venueFaults,
  ...usageFaults,
  ...venueListFaults,
  ...windowFaults,
} satisfies { readonly [Code in FaultCode]: FaultEntry<FaultFacts[Code]> };

/** The entry of a code; undefined for the code of a system's error and for `internal`. */
export function entryOf(code: string): FaultEntry<never> | undefined {
  return Object.hasOwn(faults, code) ? faults[code as FaultCode] : undefined;
}
