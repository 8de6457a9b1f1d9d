import { createHash, createHmac } from 'node:crypto';
import type { AuditEntry, AuditRow } from './audit-types.ts';

/**
 * What the first row names as its predecessor: SHA-256 of a label and the register's own id, so that no row of one
 * register can be the beginning of another's log.
 */
export function beginning(registerId: Uint8Array): Buffer {
  return createHash('sha256').update('visitlog audit 1 beginning\0').update(registerId).digest();
}

/** SHA-256 of label, predecessor's hash (32), number (8), time (8), both big-endian doubles, and the entry as stored. */
export function rowHash({ prev, seq, atMs, text }: Pick<AuditRow, 'prev' | 'seq' | 'atMs' | 'text'>): Buffer {
  const numbers = Buffer.alloc(16);
  numbers.writeDoubleBE(seq, 0);
  numbers.writeDoubleBE(atMs, 8);
  return createHash('sha256')
    .update('visitlog audit 1 row\0')
    .update(prev)
    .update(numbers)
    .update(text, 'utf8')
    .digest();
}

/** HMAC-SHA-256 of a row's hash under the audit key. */
export function rowMac(key: Uint8Array, hash: Uint8Array): Buffer {
  return createHmac('sha256', key).update('visitlog audit 1 row\0').update(hash).digest();
}

/** The entry, or null where the stored text is none any more. */
export function parseEntry(text: string): AuditEntry | null {
  try {
    const entry: unknown = JSON.parse(text);
    return typeof entry === 'object' && entry !== null && 'kind' in entry ? (entry as AuditEntry) : null;
  } catch {
    return null;
  }
}
