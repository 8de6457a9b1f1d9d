import { bilingual } from '../bilingual.ts';

/** What is asked at a terminal. */
export const askWords = bilingual({
  en: {
    typeWord: (word: string) => `Type "${word}" to go on: `,
    visitor: "The visitor's number: ",
  },
  ko: {
    typeWord: (word) => `계속하려면 "${word}"라고 적으십시오: `,
    visitor: '방문자의 전화번호: ',
  },
});
