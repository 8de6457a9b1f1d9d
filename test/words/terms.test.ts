import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faults } from '../../src/words/faults/index.ts';

const home = join(import.meta.dirname, '../..');
const words = join(home, 'src/words');

function namesIn(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file));
}

/** Words that docs/STYLE.md replaces, and the word for each. Korean for visitors (posters) keeps to it too. */
const replaced: readonly (readonly [RegExp, string])[] = [
  [/사례(?!번호|조사)/, '확진자, 관리번호(사례번호)'],
  [/번호 공개|번호를 공개한|공개한 행/, '번호 전체 표시'],
  [/처리자/, '취급자'],
  [/만남|만난/, '접촉'],
  [/적으십시오|적었습니다|적지 않|적을 것/, '입력·지정하십시오, 저장했습니다'],
  [/들어가지 않음/, '해당 시각은 포함하지 않음(미만)'],
  [/버림|버리기|버립니다|버렸습니다/, '삭제'],
  [/봉인/, '암호화된'],
  [/되살[리릴립]/, '복구'],
  [/보기:/, '예:'],
  [/보통 파일|이름의 것|글이 아닌/, '일반 파일, 텍스트가 아닌 형식'],
  [/받는 번호|수신 번호/, '수신번호'],
  [/지역 번호/, '지역번호'],
  [/고정값/, '앵커'],
  [/해시 사슬|사슬/, '해시 체인'],
  [/대답하/, '응답하'],
  [/돌고 있|도는 동안/, '실행 중'],
  [/내려받/, '다운로드'],
  [/슬롯/, '칸'],
  [/여유 시간/, '전후 시간(접촉 인정 범위)'],
  [/끝맺지/, '미완료(비정상 종료)'],
  [/접속 장비/, '접속지'],
  [/장소로 정[하한함]/, '지정'],
  [/터미널에 없습니다/, '대화형 터미널이 아니어서'],
  [/"라고/, '계속하려면 … 입력'],
  [/없는 번호 \(/, '번호 형식 오류'],
  [/셈해|내주지 마/, '역산, 제공'],
  [/옆 글쇠/, '옆 키'],
  [/옛 사본/, '이전 사본'],
  [/밀린 것|빈 데 있|바로잡힘|요즘 1분/, '처리 대기, 누락 있음, 보정됨, 현재 분당'],
  [/방문자 기록|방문자 등록 명부/, '방문 기록부'],
  [/답장/, '회신 문자'],
  [/알아차|알아냅/, '오류로 걸러냅니다'],
  [/누구에 관한 것/, '개인정보는 포함되지 않습니다'],
];

describe('the Korean of the words and pages', () => {
  const documents = ['docs/pages/ko', 'docs/guide/ko'].flatMap((folder) =>
    namesIn(join(home, folder), '.md'),
  );
  const lines = [...namesIn(words, '.ts'), ...documents, join(home, 'README.ko.md')].flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .map((text, index) => ({ at: `${relative(home, file)}:${index + 1}`, text })),
  );

  it.each(replaced)('the Korean words have no %s (say %s)', (term) => {
    expect(lines.filter(({ text }) => term.test(text))).toEqual([]);
  });

  it.each(['en', 'ko'] as const)('a fault names no error code of the system (%s)', (language) => {
    const codes = [
      ...['ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR', 'EPERM', 'EBUSY', 'EIO', 'ENOSPC', 'EROFS', 'ELOOP'],
      ...['EMFILE', 'ENFILE', 'ENAMETOOLONG', 'EXDEV', 'ESTALE', 'EFBIG', 'ENOMEM', 'EINVAL', 'ETXTBSY'],
      ...['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'EAI_AGAIN', 'ENETDOWN', 'ENOTSUP', 'EEXIST', 'ENOTTY'],
    ];
    const facts = (system: string) =>
      new Proxy({}, { get: (_, name) => (name === 'system' || name === 'code' ? system : 'x') });
    const said = Object.entries(faults).filter(([, entry]) =>
      codes.some((system) =>
        [
          (entry[language] as (facts: object, cause: () => object) => unknown)(facts(system), () => ({
            message: 'x',
          })),
        ]
          .flat()
          .join(' ')
          .includes(system),
      ),
    );
    expect(said.map(([code]) => code)).toEqual([]);
  });
});
