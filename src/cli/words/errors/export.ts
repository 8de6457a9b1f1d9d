import type { KoreanErrors } from './korean-errors.ts';

export const exportErrors: KoreanErrors = {
  'export.exists': {
    message: "'{file}' 파일이 이미 있습니다",
    hint: '다른 이름을 고르거나 --force로 바꾸어 쓰십시오.',
  },
  'export.not-a-file': {
    message: "'{file}' 이름의 것은 보통 파일이 아닙니다",
    hint: '표준 출력으로 쓰려면 --output -를 적으십시오.',
  },
  'export.in-data-dir': {
    message: "데이터 폴더 '{data_dir}' 안의 '{file}' 자리에는 쓸 수 없습니다",
    hint: '그 밖의 곳을 적으십시오. 그 안의 것은 방문 기록부와 함께 백업되고, 보관 기간이 지나도 파기되지 않습니다.',
  },
  'export.encoding': {
    message: '--encoding은 csv에만 쓸 수 있습니다(--format {format})',
    hint: '--encoding을 빼거나 --format csv를 적으십시오.',
  },
  'export.unwritable': [
    {
      when: { output: 'standard output', system: 'ENOSPC' },
      message: '표준 출력에 쓸 수 없습니다(디스크가 가득 참)',
    },
    { when: { output: 'standard output' }, message: '표준 출력에 쓸 수 없습니다({system})' },
    { when: { system: 'ENOSPC' }, message: "'{output}'에 쓸 수 없습니다(디스크가 가득 참)" },
    { when: { system: 'ENOENT' }, message: "'{output}'에 쓸 수 없습니다(폴더가 없음)" },
    { when: { system: 'EACCES' }, message: "'{output}'에 쓸 수 없습니다(권한이 없음)" },
    { message: "'{output}'에 쓸 수 없습니다({system})" },
  ],
  'export.interrupted': { message: '마지막 행을 쓰기 전에 멈추었습니다. 파일은 남지 않았습니다' },
  'export.nothing': [
    {
      message: '해당하는 방문이 없습니다',
      hint: '{venues} 번호로 등록된 장소도 없습니다. 번호를 확인하십시오.',
    },
    { message: '해당하는 방문이 없습니다', hint: "'{line}' 회선은 설정 파일에 없습니다." },
    { message: '해당하는 방문이 없습니다' },
  ],
  'export.no-reason': {
    message: '--reveal에는 --reason이 필요합니다',
    hint: '번호가 필요한 사유를 짧게 적으십시오. 이름과 함께 기록됩니다.',
  },
  'export.terminal': {
    message: '글이 아닌 것은 터미널에 표시할 수 없습니다',
    hint: '--output으로 파일 이름을 적으십시오.',
  },
  'export.too-large': {
    message: 'xlsx 파일은 4 GiB보다 클 수 없습니다',
    hint: '기간을 줄이거나 csv로 내보내십시오.',
  },
};
