import { bilingual } from '../bilingual.ts';

const example = 'visitlog decode 07912180958729F6040B911614171777F700009930925161958003C16010';

export const decodeWords = bilingual({
  en: {
    pdu: 'PDUs in hexadecimal; lines of standard input when none is given',
    length: 'the TPDU length that the modem announced',
    noSmsc: 'the PDU is a bare TPDU, without the service centre address before it',
    after: `\nExample:\n  ${example}`,
  },
  ko: {
    pdu: '16진수로 적은 PDU. 적지 않으면 표준 입력의 각 줄',
    length: '모뎀이 알린 TPDU 길이',
    noSmsc: '앞에 서비스 센터 주소가 없는 TPDU만 있는 PDU',
    after: `\n예:\n  ${example}`,
  },
});
