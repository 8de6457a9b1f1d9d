export type * from './register-types.ts';
