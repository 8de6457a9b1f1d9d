import { bilingual } from '../bilingual.ts';

/** The line that says why a command failed, around the error itself. */
export const failureWords = bilingual({
  en: {
    error: 'error',
    explain: (code: string) => `visitlog explain ${code}`,
    internal: 'This is a fault in visitlog itself; --debug shows where.',
  },
  ko: {
    error: '오류',
    explain: (code) => `자세히: visitlog explain ${code}`,
    internal: '이것은 visitlog 자체의 결함입니다. --debug를 붙이면 어디인지 보입니다.',
  },
});
