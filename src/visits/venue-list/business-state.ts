/** Whether a place of a list is in business; `unknown` for words that say neither. */
type BusinessState = 'open' | 'closed' | 'unknown';

/** The portals' code for a business that is open; 2 is suspended, 3 closed, 4 cancelled, 5 deleted or moved away. */
const openCode = /^0?1$/;
const closedCode = /^0?[2-5]$/;

const closedWords =
  /폐|휴업|휴원|휴관|휴지|취소|말소|만료|정지|중지|제외|삭제|전출|멸실|철거|closed|suspended|cancel|revoked|expired|deleted/;
const openWords = /영업|정상|운영|개업|개원|재개|사용|open|active|business|normal/;

/**
 * What a cell says of a place: the portals' words (영업/정상, 휴업, 폐업, 취소/말소/만료/정지/중지, 제외/삭제/전출), their codes,
 * and words like these. An empty cell says nothing against it.
 */
export function businessState(cell: string): BusinessState {
  const state = cell.normalize('NFKC').toLowerCase().replace(/\s/g, '');
  if (state === '' || state === '-' || openCode.test(state)) return 'open';
  if (closedCode.test(state) || closedWords.test(state)) return 'closed';
  return openWords.test(state) ? 'open' : 'unknown';
}
