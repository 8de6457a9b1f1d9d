import { bilingual } from '../bilingual.ts';
import { counted, formatCount } from '../counted.ts';

export const configWords = bilingual({
  en: {
    check: 'read the configuration and name every fault',
    checkAfter: '\nExample:\n  visitlog --config ./visitlog.toml config check',
    show: 'every setting, its value, and where that came from',
    json: 'one JSON object a line',
    showAfter: '\nExample:\n  visitlog config show',
    noFile: 'no file, defaults',
    noFault: (file: string, lines: number) => `${file}: no fault, ${counted(lines, 'line')}`,
    missing: (key: string, path: string) => `note: ${key} names ${path}, which does not exist`,
    carrierWaits: (line: string) =>
      `note: by central.wait = "central" line ${line} refuses for the moment what is not at the central register within 3 s; its resend_time must be longer than the carrier waits before it sends again`,
    default: 'default',
  },
  ko: {
    check: '설정을 읽고 잘못된 것을 모두 표시',
    checkAfter: '\n예:\n  visitlog --config ./visitlog.toml config check',
    show: '모든 설정과 그 값, 값의 출처',
    json: '한 줄에 JSON 객체 하나씩',
    showAfter: '\n예:\n  visitlog config show',
    noFile: '파일 없음, 기본값',
    noFault: (file, lines) => `${file}: 잘못된 것 없음, 회선 ${formatCount(lines)}개`,
    missing: (key, path) => `참고: ${key}에 적힌 '${path}'이(가) 없습니다`,
    carrierWaits: (line) =>
      `참고: central.wait = "central"이면 회선 ${line}: 3초 안에 중앙 기록부에 기록되지 않은 문자를 잠시 거절합니다. resend_time은 통신사가 다시 보낼 때까지의 시간보다 길어야 합니다`,
    default: '기본값',
  },
});
