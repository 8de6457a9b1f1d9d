import { entry, type FactsIn } from './entry.ts';

export const cipherFaults = {
  'cipher.unavailable': entry<{ algorithm: string }>({
    exit: 'usage',
    en: ({ algorithm }) => [
      `OpenSSL on this machine does not have ${algorithm}`,
      'Set cipher.algorithm = "aes-256-gcm".',
    ],
    ko: ({ algorithm }) => [
      `이 장비의 OpenSSL에는 ${algorithm} 암호가 없습니다`,
      'cipher.algorithm = "aes-256-gcm"으로 설정하십시오.',
    ],
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof cipherFaults> {}
}
