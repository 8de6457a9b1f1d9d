import { bilingual } from '../bilingual.ts';

export const faultOptionWords = bilingual({
  en: {
    fault: 'play a fault; may be repeated',
    faultFile: 'play the faults of a file, one a line; # begins a comment',
  },
  ko: {
    fault: '고장을 냄. 여러 번 쓸 수 있음',
    faultFile: '파일에 적힌 고장을 냄. 한 줄에 하나, # 뒤는 설명',
  },
});
