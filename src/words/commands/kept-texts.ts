import { bilingual } from '../bilingual.ts';

/** What the lists of texts that are not visits share, and the words of `notices` and `waiting`. */
export const keptTextWords = bilingual({
  en: {
    heads: ['id', 'time', 'line', 'why', 'text'],
    nearest: 'nearest place',
    format: 'table, csv, or one JSON object a line',
    json: 'the same as --format json',
    reason: 'why; recorded with your name',
    idOne: 'the id that `list` shows',
    reveal: "show the sender's number and what the modem printed too",
    showJson: 'one JSON object',
    raw: 'as the modem printed it',
    coding: 'coding',
    sentAt: 'sent (network)',
    ownFault: '--reveal shows what the modem printed.',
    /** Kinds of notices. */
    notices: {
      'delivery-report': 'delivery report',
      'own-draft': 'draft on the SIM',
      mms: 'announces an MMS',
      silent: 'silent text of the network',
      'message-waiting': 'voice mail or the like waits',
      data: 'data for a program or the SIM',
      operator: 'from an operator or a service',
      anonymous: 'no sender',
    } as Readonly<Record<string, string>>,
    part: (came: string) => `part ${came}; the rest has not come yet`,
    direct: 'refused by the register, in the spool',
    noticesHelp: {
      list: 'notices in a window, masked: MMS announcements, operators, silent texts, data',
      show: 'one whole notice; needs --reason, and is recorded',
      listAfter: `
Example:
  visitlog notices list --from -48h --reason "a visitor sent a picture"`,
      showAfter: `
Example:
  visitlog notices show 2918350647 --reason "a visitor sent a picture"`,
    },
    waitingHelp: {
      list: 'long texts of which parts are missing, and direct texts that the register refused; masked',
      show: 'what has come of one of them; needs --reason, and is recorded',
      listAfter: `
Example:
  visitlog waiting list --reason "a visitor asks"`,
      showAfter: `
Example:
  visitlog waiting show 6150437829 --reason "a visitor asks"`,
    },
  },
  ko: {
    heads: ['번호', '시각', '회선', '사유', '내용'],
    nearest: '가까운 장소',
    format: '표, csv, 또는 한 줄에 JSON 객체 하나씩',
    json: '--format json과 같음',
    reason: '사유. 이름과 함께 기록됨',
    idOne: '`list`에 나오는 번호',
    reveal: '보낸 사람의 번호와 모뎀이 출력한 원문도 표시',
    showJson: 'JSON 객체 하나',
    raw: '모뎀이 출력한 원문',
    coding: '부호화',
    sentAt: '보낸 시각(통신망)',
    ownFault: '--reveal을 붙이면 모뎀이 출력한 원문을 표시합니다.',
    notices: {
      'delivery-report': '전송 결과 보고',
      'own-draft': 'SIM에 있는 임시 보관 문자',
      mms: 'MMS 도착 알림',
      silent: '통신망의 무음 문자',
      'message-waiting': '음성 사서함 등 대기 알림',
      data: '프로그램이나 SIM에 보낸 데이터',
      operator: '통신사 또는 서비스가 보냄',
      anonymous: '발신번호 없음',
    },
    part: (came) => `긴 문자의 일부(${came}). 나머지가 아직 오지 않음`,
    direct: '방문 기록부가 거부하여 임시 보관 중',
    noticesHelp: {
      list: '기간 안의 알림 목록(마스킹): MMS 도착, 통신사, 무음 문자, 데이터',
      show: '알림 하나를 전체 표시. --reason이 있어야 하고 기록됨',
      listAfter: `
예:
  visitlog notices list --from -48h --reason "사진을 보낸 방문자 문의"`,
      showAfter: `
예:
  visitlog notices show 2918350647 --reason "사진을 보낸 방문자 문의"`,
    },
    waitingHelp: {
      list: '일부가 아직 오지 않은 긴 문자와 방문 기록부가 거부한 직접 전달 문자(마스킹)',
      show: '그중 하나에서 지금까지 온 내용. --reason이 있어야 하고 기록됨',
      listAfter: `
예:
  visitlog waiting list --reason "방문자 문의"`,
      showAfter: `
예:
  visitlog waiting show 6150437829 --reason "방문자 문의"`,
    },
  },
});
