import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faults } from '../../src/words/faults/index.ts';

const home = join(import.meta.dirname, '../..');
const words = join(home, 'src/words');
const pages = join(home, 'docs/pages/ko');

function namesIn(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file));
}

/** Words that docs/STYLE.md replaces, and the word for each. Korean for visitors (posters) keeps to it too. */
const replaced: readonly (readonly [RegExp, string])[] = [
  [/사례(?!번호)/, '확진자, 관리번호(사례번호)'],
  [/번호 공개|공개한/, '번호 전체 표시'],
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
];

describe('the Korean of the words and pages', () => {
  const lines = [...namesIn(words, '.ts'), ...namesIn(pages, '.md')].flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .map((text, index) => ({ at: `${relative(home, file)}:${index + 1}`, text })),
  );

  it.each(replaced)('the Korean words have no %s (say %s)', (term) => {
    expect(lines.filter(({ text }) => term.test(text))).toEqual([]);
  });

  it('the Korean of a fault names no error code of the system', () => {
    const codes = ['ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR', 'EPERM', 'EBUSY'];
    const facts = (system: string) =>
      new Proxy({}, { get: (_, name) => (name === 'system' || name === 'code' ? system : 'x') });
    const said = Object.entries(faults).filter(([, { ko }]) =>
      codes.some((system) =>
        [(ko as (facts: object, cause: () => object) => unknown)(facts(system), () => ({ message: 'x' }))]
          .flat()
          .join(' ')
          .includes(system),
      ),
    );
    expect(said.map(([code]) => code)).toEqual([]);
  });
});
