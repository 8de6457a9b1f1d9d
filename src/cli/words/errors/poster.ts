import type { KoreanErrors } from './korean-errors.ts';

export const posterErrors: KoreanErrors = {
  'poster.scope': {
    message: '장소의 번호를 적거나 --all을 적어야 합니다',
    hint: '보기: `visitlog venue poster 031-324-2114 --output ./posters`',
  },
  'poster.output': {
    message: '안내문을 어디에 만들지 적지 않았습니다',
    hint: '장소마다 파일 하나씩은 --output 폴더, 모두 한 파일에는 --single 파일을 적으십시오.',
  },
  'poster.no-contact': {
    message: '안내문에 반드시 적을 문의처를 적지 않았습니다',
    hint: '--contact를 적거나 설정 파일 [poster]에 contact를 정하십시오.',
  },
  'poster.contact': {
    message: '--contact의 글이 안내문에 들어가지 않습니다',
    hint: '한 줄, 80자까지 적을 수 있습니다.',
  },
  'poster.which-line': {
    message: '받는 번호가 있는 회선이 여럿입니다',
    hint: '--line으로 하나를 고르십시오: {lines}',
  },
  'poster.no-number': [
    {
      message: "설정에 받는 번호가 있는 '{line}' 회선이 없습니다",
      hint: '방문자가 문자를 보낼 번호를 설정 파일 [[line]]의 number에 적으십시오.',
    },
    {
      message: '설정에 받는 번호가 있는 회선이 없습니다',
      hint: '방문자가 문자를 보낼 번호를 설정 파일 [[line]]의 number에 적으십시오.',
    },
  ],
  'poster.exists': {
    message: "'{file}' 파일이 이미 있습니다",
    hint: '다른 이름을 고르거나 --force로 바꾸어 쓰십시오.',
  },
  'poster.not-a-file': {
    message: "'{file}' 자리에 보통 파일이 아닌 것이 있습니다",
    hint: '파일 이름을 적으십시오.',
  },
  'poster.unwritable': { message: "'{output}' 파일에 쓸 수 없습니다 ({system})" },
  'poster.interrupted': {
    message: '마지막 안내문 전에 멈추었습니다',
    hint: '이름이 나온 파일은 온전합니다.',
  },
};
