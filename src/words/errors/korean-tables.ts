import type { KoreanErrors } from './korean-errors.ts';

/** The word before the first dot of a code, and where its errors stand in Korean; read when one of them is met. */
export const koreanTables = {} satisfies Readonly<Record<string, () => Promise<KoreanErrors>>>;
