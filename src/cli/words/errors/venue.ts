import type { KoreanErrors } from './korean-errors.ts';

export const venueErrors: KoreanErrors = {
  'venue.number': {
    message: "'{typed}'은(는) 장소의 번호가 아닙니다",
    hint: '031-324-2114처럼 적거나 여섯 자리 발급 코드를 적으십시오.',
  },
  'venue.unknown': {
    message: "'{venue}' 장소는 등록되어 있지 않습니다",
    hint: '`visitlog venue list`로 등록된 장소를 볼 수 있습니다.',
  },
  'venue.none': {
    message: '등록된 장소가 없습니다',
    hint: '`visitlog venue import FILE.csv` 또는 `visitlog venue add`로 등록하십시오.',
  },
  'venue.no-match': { message: '조건에 맞는 등록된 장소가 없습니다' },
  'venue.codes-exhausted': { message: '더 발급할 코드가 없습니다' },
};
