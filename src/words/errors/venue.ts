import type { KoreanErrors } from './korean-errors.ts';

export const venueErrors: KoreanErrors = {
  'venue.number': {
    message: "'{typed}' 번호는 장소의 번호가 아닙니다",
    hint: '031-324-2114처럼 적거나 여섯 자리 발급 코드를 적으십시오.',
  },
  'venue.receiving': {
    message: "'{typed}' 번호는 장소의 번호가 아니라 방문자가 문자를 보내는 번호입니다",
    hint: '자기 번호가 없는 장소에는 `visitlog venue issue`로 코드를 발급하십시오.',
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
  'venue.file-unreadable': { message: "'{file}' 파일을 읽을 수 없습니다: {reason}" },
  'venue.not-csv': {
    message: "'{file}' 파일은 CSV가 아닙니다",
    hint: '엑셀에서 다른 이름으로 저장, CSV(쉼표로 분리)를 고르십시오.',
  },
  'venue.empty-list': { message: '목록에 장소가 있는 줄이 없습니다' },
  'venue.columns': {
    message: '제목으로는 어느 열이 번호인지 알 수 없습니다: {columns}',
    hint: '--columns number=2,name=1,address=4처럼 정하십시오.',
  },
  'venue.wrong-columns': {
    message: "'{given}' 지정이 목록의 열에 맞지 않습니다: {columns}",
    hint: 'number=2,name=1,address=4처럼 순서나 제목으로 적고, 번호는 꼭 적으십시오.',
  },
  'venue.not-confirmed': [
    {
      when: { asked: false },
      message: '확인해 줄 사람이 터미널에 없습니다',
      hint: '그대로 하려면 --yes를 붙이십시오.',
    },
    { message: '확인하지 않아 아무것도 하지 않았습니다' },
  ],
};
