import type { KoreanErrors } from './korean-errors.ts';

export const pduErrors: KoreanErrors = {
  'pdu.truncated': { message: 'PDU가 중간에 끊겼습니다. 자리: {path}, 옥텟 {octet}' },
  'pdu.hex': { message: 'PDU가 16진수 쌍으로 되어 있지 않습니다. 옥텟 {octet}' },
};
