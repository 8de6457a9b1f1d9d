import { bilingual } from '../bilingual.ts';
import { proofWords } from './proof.ts';

export const proveWords = bilingual({
  en: {
    proof: proofWords.en,
    help: {
      in: 'where the scratch folder goes, such as the disk of data_dir',
      algorithm: 'the cipher',
      keep: 'leave the scratch folder, to search it yourself',
      json: 'one JSON object',
      after: '\nIt works on made-up visitors, and touches no register.\n\nExample:\n  visitlog prove',
    },
  },
  ko: {
    proof: proofWords.ko,
    help: {
      in: '임시 폴더를 둘 곳. data_dir이 있는 디스크 같은 곳',
      algorithm: '암호',
      keep: '직접 뒤져 볼 수 있게 임시 폴더를 남김',
      json: 'JSON 객체 하나',
      after: '\n지어낸 방문자로 하며 방문 기록부는 건드리지 않습니다.\n\n예:\n  visitlog prove',
    },
  },
});
