import { type AppError, WordedError } from '../../base/errors.ts';
import type { UsbDevice } from './usb-ttys.ts';

/** Why a modem that is looked for is not there: one has come back as a CD-ROM (fault E3). Null: none has. */
export function playsDisk(sticks: readonly UsbDevice[]): AppError | null {
  const [stick] = sticks;
  if (!stick) return null;
  const usb = `${stick.vendor}:${stick.product}`;
  return new WordedError('port.storage-mode', `a modem here plays a disk (${usb}) and has no ports`, {
    hint: 'Install usb-modeswitch with its data, then plug the modem in again.',
    context: { usb, socket: stick.position },
  });
}
