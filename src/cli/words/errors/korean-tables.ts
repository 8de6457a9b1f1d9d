import type { KoreanErrors } from './korean-errors.ts';

/** The word before the first dot of a code, and where its errors stand in Korean; read when one of them is met. */
export const koreanTables = {
  audit: async () => (await import('./audit.ts')).auditErrors,
  venue: async () => (await import('./venue.ts')).venueErrors,
  usage: async () => (await import('./usage.ts')).usageErrors,
} satisfies Readonly<Record<string, () => Promise<KoreanErrors>>>;
