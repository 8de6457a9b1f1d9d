import { hourMs } from '../../base/amounts.ts';
import type { PosterPage } from '../../export/poster/draw-poster.ts';
import { bilingual } from '../bilingual.ts';
import { counted, formatCount } from '../counted.ts';

/** The variable facts of a poster. Posters are in Korean, whoever prints them. */
export interface PosterFacts {
  /** The receiving number as people write it. */
  readonly receiving: string;
  /** The place's number as people write it, or its issued code. */
  readonly venue: string;
  readonly venueName: string | null;
  readonly issued: boolean;
  readonly retentionMs: number;
  readonly contact: string;
  /** Who asks: the city. Null: nobody is named. */
  readonly issuer: string | null;
  readonly languages: readonly PosterLanguage[];
}

/** The languages that a poster can have besides Korean; the fonts have the characters of these. */
export const posterLanguages = ['en', 'zh-Hans', 'zh-Hant', 'vi', 'ja'] as const;
export type PosterLanguage = (typeof posterLanguages)[number];

/** Those of most visitors who do not read Korean. */
export const usualLanguages: readonly PosterLanguage[] = ['en', 'zh-Hans', 'vi'];

const receivingGlosses: Readonly<Record<PosterLanguage, string>> = {
  en: 'To',
  'zh-Hans': '发送至',
  'zh-Hant': '傳送至',
  vi: 'Gửi đến',
  ja: '宛先',
};

const messageGlosses: Readonly<Record<PosterLanguage, string>> = {
  en: 'Message',
  'zh-Hans': '短信内容',
  'zh-Hant': '簡訊內容',
  vi: 'Nội dung',
  ja: '本文',
};

/** The posters' own words. */
export function posterText(facts: PosterFacts): PosterPage {
  const { receiving, venue, venueName, issuer, contact, languages } = facts;
  const period = periodOf(facts.retentionMs);
  const glosses = (texts: Readonly<Record<PosterLanguage, string>>) =>
    languages.map((language) => ({ language, text: texts[language] }));
  return {
    issuer,
    call: '들어오기 전에 문자를 보내 주십시오',
    place: venueName,
    numbers: [
      { label: '① 수신번호', glosses: glosses(receivingGlosses), value: receiving },
      { label: '② 문자 내용', glosses: glosses(messageGlosses), value: venue },
    ],
    code: {
      content: `SMSTO:${receiving.replace(/[^+\d]/g, '')}:${venue}`,
      alternative: `QR 코드: ${receiving} 번호로 ${venue} 문자를 준비합니다`,
      caption: '휴대전화 카메라로 비춰 주십시오',
    },
    sentences: [
      '① 번호로 ② 내용만 보내 주십시오. QR 코드를 비추면 미리 작성되어 있어 보내기만 누르면 됩니다.',
      '앱도 이름도 필요 없고, 회신 문자는 발송되지 않습니다. 문자 요금은 이용하시는 요금제에 따릅니다.',
      '휴대전화가 없으면 출입구의 종이 명부에 기재해 주십시오.',
    ],
    facts: [
      {
        label: '수집 항목',
        text: '발신 전화번호, 방문 장소, 방문 일시. 장소를 알아볼 수 없는 문자는 그 내용.',
      },
      { label: '보관 기간', text: `방문한 때부터 ${period.ko}. 그 뒤에는 복구할 수 없도록 파기합니다.` },
      { label: '이용 목적', text: '감염병이 발생했을 때의 역학조사.' },
      { label: '법적 근거', text: '「감염병의 예방 및 관리에 관한 법률」 제49조.' },
      { label: '문의', text: contact },
    ],
    translations: languages.map((language) => translation(language, facts)),
  };
}

function translation(
  language: PosterLanguage,
  { venue, receiving, retentionMs }: PosterFacts,
): PosterPage['translations'][number] {
  const period = periodOf(retentionMs);
  switch (language) {
    case 'en':
      return {
        language,
        name: 'English',
        text: `Before you enter, please text ${venue} to ${receiving}. The record is kept for ${period.en}, then destroyed.`,
      };
    case 'zh-Hans':
      return {
        language,
        name: '简体中文',
        text: `入内前，请将 ${venue} 以短信发送至 ${receiving}。记录保存${period.hans}后销毁。`,
      };
    case 'zh-Hant':
      return {
        language,
        name: '繁體中文',
        text: `入內前，請將 ${venue} 以簡訊傳送至 ${receiving}。紀錄保存${period.hant}後銷毀。`,
      };
    case 'vi':
      return {
        language,
        name: 'Tiếng Việt',
        text: `Trước khi vào, xin nhắn tin ${venue} đến số ${receiving}. Thông tin được lưu ${period.vi} rồi hủy.`,
      };
    case 'ja':
      return {
        language,
        name: '日本語',
        text: `入る前に、${receiving} へ ${venue} とショートメッセージでお送りください。${period.ja}保管した後、破棄します。`,
      };
  }
}

/** A document's title: the place, or how many there are. */
export function posterTitle(
  places: readonly { readonly number: string; readonly name: string | null }[],
): string {
  const [place] = places;
  if (place === undefined || places.length > 1) return `문자 방문 기록 안내문 ${places.length}장`;
  return ['문자 방문 기록 안내문', place.name ?? '', place.number].filter(Boolean).join(' ');
}

/** In days if they are whole, else in hours, rounded up: the record must not be kept longer than promised. */
function periodOf(
  retentionMs: number,
): Readonly<Record<'ko' | 'en' | 'hans' | 'hant' | 'vi' | 'ja', string>> {
  const hours = Math.ceil(retentionMs / hourMs);
  if (hours % 24 === 0) {
    const days = hours / 24;
    return {
      ko: `${days}일`,
      en: counted(days, 'day'),
      hans: `${days}天`,
      hant: `${days}天`,
      vi: `${days} ngày`,
      ja: `${days}日間`,
    };
  }
  return {
    ko: `${hours}시간`,
    en: counted(hours, 'hour'),
    hans: `${hours}小时`,
    hant: `${hours}小時`,
    vi: `${hours} giờ`,
    ja: `${hours}時間`,
  };
}

/** What `venue poster` says at the terminal. */
export const posterWords = bilingual({
  en: {
    summary: 'a printable page (PDF, A4) for each place: its numbers, a QR code, what is kept',
    numbers: 'the places, by number or issued code',
    all: 'every registered place',
    output: 'one file for each place in this folder, which is made if it does not exist',
    single: 'all pages in one file',
    line: 'the line whose number receives (needed when several have one)',
    contact: 'whom visitors ask (else contact under [poster] in the configuration)',
    force: 'replace files of the same name',
    examples: `
Examples:
  visitlog venue poster 031-324-2114 --output ./posters --contact "City Hall, Safety 031-324-2900"
  visitlog venue poster --search Suji --single suji.pdf --issuer "Yongin City"
  visitlog venue poster --file codes.csv --single codes.pdf`,
    search: 'the places whose name, address or number has these words, as `venue list --search` finds them',
    file: 'the places of a list, in its order: numbers, one a line, or a column of a CSV',
    columns: 'the columns of that list',
    issuer: 'who asks: the city (else issuer under [poster] in the configuration)',
    logo: 'its logo, a PNG or JPEG file',
    languages: 'languages besides Korean, or none',
    noIssuer: 'no --issuer: the posters do not say who asks for the texts',
    progress: (done: string, all: string) => `${done} of ${all} posters`,
    written: (count: number) => counted(count, 'poster'),
    leftOut: (text: string) => `the posters' font lacks characters of ${text}: printed without them`,
  },
  ko: {
    summary: '장소마다 인쇄용 안내문(PDF, A4) 만들기: 번호, QR 코드, 보관 안내',
    numbers: '장소의 전화번호 또는 발급 코드',
    all: '등록된 모든 장소',
    output: '장소마다 파일 하나씩 만들 폴더 (없으면 만듦)',
    single: '모든 쪽을 파일 하나에',
    line: '문자를 받는 회선 (수신번호가 있는 회선이 여럿이면 필요)',
    contact: '방문자가 문의할 곳 (없으면 설정 파일 [poster]의 contact)',
    force: '같은 이름의 파일을 덮어씀',
    examples: `
예:
  visitlog venue poster 031-324-2114 --output ./posters --contact "시청 안전총괄과 031-324-2900"
  visitlog venue poster --search 수지구 --single suji.pdf --issuer 용인시
  visitlog venue poster --file codes.csv --single codes.pdf`,
    search: '이름, 주소, 번호에 이 낱말이 있는 장소(`venue list --search`와 같음)',
    file: '목록의 장소를 그 순서대로: 한 줄에 번호 하나, 또는 CSV의 열',
    columns: '그 목록의 열',
    issuer: '문자를 요청하는 기관 (없으면 설정 파일 [poster]의 issuer)',
    logo: '기관의 로고. PNG나 JPEG 파일',
    languages: '한국어 밖의 언어. 없으면 none',
    noIssuer: '--issuer가 없어 안내문에 문자를 요청하는 기관이 나오지 않습니다',
    progress: (done, all) => `안내문 ${all}장 중 ${done}장`,
    written: (count) => `안내문 ${formatCount(count)}장`,
    leftOut: (text) => `안내문 글꼴에 없는 글자를 빼고 인쇄합니다: ${text}`,
  },
});
