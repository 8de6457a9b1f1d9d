import type { KoreanErrors } from './korean-errors.ts';

/** The word before the first dot of a code, and where its errors stand in Korean; read when one of them is met. */
export const koreanTables = {
  audit: async () => (await import('./audit.ts')).auditErrors,
  counts: async () => (await import('./counts.ts')).countsErrors,
  erase: async () => (await import('./erase.ts')).eraseErrors,
  explain: async () => (await import('./explain.ts')).explainErrors,
  keyring: async () => (await import('./keyring.ts')).keyringErrors,
  prove: async () => (await import('./prove.ts')).proveErrors,
  setup: async () => (await import('./setup.ts')).setupErrors,
  trace: async () => (await import('./trace.ts')).traceErrors,
  unresolved: async () => (await import('./unresolved.ts')).unresolvedErrors,
  usage: async () => (await import('./usage.ts')).usageErrors,
  venue: async () => (await import('./venue.ts')).venueErrors,
} satisfies Readonly<Record<string, () => Promise<KoreanErrors>>>;
