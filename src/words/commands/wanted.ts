import { bilingual } from '../bilingual.ts';

/** What an option takes, said where it was given something else. */
export const wantedWords = bilingual({
  en: {
    count: 'a whole number is wanted.',
    fileName: 'the name of a file or a folder is wanted.',
    octets: 'a number of octets, 0 to 255, is wanted.',
    hostAndPort: 'a host and a port are wanted, such as 127.0.0.1:7000.',
    duration: 'a duration is wanted, such as 2s or 50ms.',
    port: 'a device, tcp://host:port, or imei: and 15 digits is wanted.',
    number: 'a Korean telephone number is wanted, with its area code.',
    areaCode: 'a Korean area code is wanted, such as 031.',
    timeZone: 'a time zone is wanted, such as Asia/Seoul.',
    lineName: '1 to 32 of the letters a-z, digits and hyphens are wanted.',
    contact: 'one line of at most 80 characters is wanted.',
  },
  ko: {
    count: '0 이상의 정수를 적으십시오.',
    fileName: '파일이나 폴더의 이름을 적으십시오.',
    octets: '옥텟 수를 0에서 255 사이의 정수로 적으십시오.',
    hostAndPort: '127.0.0.1:7000처럼 호스트와 포트를 적으십시오.',
    duration: '2s, 50ms처럼 시간을 적으십시오.',
    port: '장치 경로, tcp://호스트:포트, 또는 imei:와 숫자 15자리를 적으십시오.',
    number: '국내 전화번호를 지역 번호까지 모두 적으십시오.',
    areaCode: '031과 같은 지역 번호를 적으십시오.',
    timeZone: 'Asia/Seoul과 같은 시간대를 적으십시오.',
    lineName: '영문 소문자, 숫자, 붙임표를 1~32자로 적으십시오.',
    contact: '80자까지 한 줄로 적으십시오.',
  },
});

/** The Korean of what an option takes, or undefined for words that are not in the catalogue. */
export function wantedInKorean(english: string): string | undefined {
  const choices = /^Allowed choices are (.+)\.$/.exec(english);
  if (choices) return `다음 가운데 하나를 적으십시오: ${choices[1]}`;
  const keys = Object.keys(wantedWords.en) as (keyof (typeof wantedWords)['en'])[];
  const key = keys.find((name) => wantedWords.en[name] === english);
  return key && wantedWords.ko[key];
}
