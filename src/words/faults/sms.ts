import { counted, formatCount } from '../counted.ts';
import { entry, type FactsIn } from './entry.ts';

/** `path`: the field (`deliver.sender`); `octet`: where reading stopped, counted from 0. */
interface PlaceFacts {
  readonly path: string;
  readonly octet: number;
}

/** Codecs' faults: they stand in the log and in what `decode` prints, and end no command by themselves. */
export const smsFaults = {
  'pdu.truncated': entry<PlaceFacts & { wanted: number; left: number }>({
    exit: 'failed',
    en: ({ path, wanted, left }) => `${path}: ${counted(wanted, 'octet')} wanted, ${left} left`,
    ko: ({ path, wanted, left }) =>
      `PDU가 중간에 끊겼습니다. 위치: ${path}, 필요한 옥텟 ${formatCount(wanted)}, 남은 옥텟 ${left}`,
  }),
  'pdu.hex': entry<PlaceFacts>({
    exit: 'failed',
    en: ({ path }) => `${path}: not pairs of hexadecimal digits`,
    ko: ({ path }) => `${path}: 16진수 쌍으로 되어 있지 않습니다`,
  }),
  'udh.overrun': entry<PlaceFacts>({
    exit: 'failed',
    en: ({ path }) => `${path}: the header is longer than the user data`,
    ko: ({ path }) => `${path}: 사용자 데이터 헤더가 사용자 데이터보다 깁니다`,
  }),
  'dcs.compressed': entry<PlaceFacts>({
    exit: 'failed',
    en: ({ path }) => `${path}: the text is compressed`,
    ko: ({ path }) => `${path}: 압축된 문자라 읽을 수 없습니다`,
  }),
  'address.digits': entry({
    exit: 'failed',
    en: () => 'an address has a character that is not a digit',
    ko: () => '주소에 숫자가 아닌 글자가 있습니다',
  }),
  'scts.range': entry({
    exit: 'failed',
    en: () => 'a service centre time stamp holds 1990 to 2089 and quarters of an hour',
    ko: () => '서비스 센터 시각은 1990년부터 2089년까지, 시간대는 15분 단위만 담을 수 있습니다',
  }),
  'sms.too-long': entry({
    exit: 'failed',
    en: () => 'a text has at most 255 parts',
    ko: () => '문자 하나는 255조각을 넘을 수 없습니다',
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof smsFaults> {}
}
