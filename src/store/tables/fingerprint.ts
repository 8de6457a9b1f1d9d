import { createHmac } from 'node:crypto';
import type { Subkeys } from '../keyring/hour-keys.ts';

/**
 * What a text is known by: HMAC-SHA-256 under the hour's fingerprint key, cut to 8 octets, over the TPDU without
 * its first octet. That leaves TP-OA, TP-PID, TP-DCS, the raw TP-SCTS and the user data with its header
 * (3GPP TS 23.040 §9.2.2.1); the first octet holds TP-MMS, which a network may change when it sends again.
 * Eight octets are enough, because it is compared only with texts of the same second, or of the same slot.
 */
export function fingerprintOf(keys: Subkeys, octets: Uint8Array): Buffer {
  return createHmac('sha256', keys.fingerprint).update(octets.subarray(1)).digest().subarray(0, 8);
}
