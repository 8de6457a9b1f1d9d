import { type Address, addressAt, encodeAddress, formatAddress } from './address.ts';
import { lastElement, type Udh, type UdhElement } from './udh.ts';

const id = 0x22;

/**
 * The number to call back (reply address, 3GPP TS 23.040 §9.2.3.24.17), empty where the element is, null where there
 * is none. Korean senders choose it freely and Korean handsets show it as the sender: it proves nothing, and is
 * never to be taken for TP-OA.
 */
export function callbackOf(udh: Udh | null): string | null {
  return lastElement(udh, readCallback);
}

function readCallback(element: UdhElement): string | null {
  const [length, typeOfAddress] = element.octets;
  if (element.id !== id || length === undefined || typeOfAddress === undefined) return null;
  if (element.octets.length < 2 + ((length + 1) >> 1)) return null;
  return formatAddress(addressAt(element.octets, 2, length, typeOfAddress));
}

/** The element that says a number to call back. */
export function callbackElement(address: Pick<Address, 'ton' | 'npi' | 'value'>): UdhElement {
  return { id, octets: encodeAddress(address) };
}
