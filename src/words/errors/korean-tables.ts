import type { KoreanErrors } from './korean-errors.ts';

/** The word before the first dot of a code, and where its errors stand in Korean; read when one of them is met. */
export const koreanTables = {
  explain: async () => (await import('./explain.ts')).explainErrors,
  setup: async () => (await import('./setup.ts')).setupErrors,
  usage: async () => (await import('./usage.ts')).usageErrors,
} satisfies Readonly<Record<string, () => Promise<KoreanErrors>>>;
