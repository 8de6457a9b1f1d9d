import { bilingual } from '../bilingual.ts';

const example = 'visitlog backup /srv/backup/visitlog-$(date +%F).sqlite';

export const backupWords = bilingual({
  en: {
    file: 'where the copy goes; it appears whole or not at all',
    force: 'replace the file',
    after: `
The copy is noise without the keyring, and never copy the keyring: a copy of it brings back what has expired.

Example:
  ${example}`,
    written: (megabytes: string, file: string) => `${megabytes} MB written to ${file}; no key is in it`,
    progress: (percent: number) => `${percent} %${percent === 100 ? ', checking it' : ''}`,
  },
  ko: {
    file: '사본을 둘 곳. 온전하게 생기거나 아예 생기지 않음',
    force: '있는 파일을 바꾸어 씀',
    after: `
사본은 키링이 없으면 뜻 없는 값입니다. 키링은 절대 복사하지 마십시오. 키링의 사본은 파기된 기록을 되살립니다.

예:
  ${example}`,
    written: (megabytes, file) => `'${file}' 파일에 ${megabytes} MB를 썼습니다. 키는 들어 있지 않습니다`,
    progress: (percent) => `${percent} %${percent === 100 ? ', 검사하는 중' : ''}`,
  },
});
