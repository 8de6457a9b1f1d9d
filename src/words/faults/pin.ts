import { entry, type FactsIn } from './entry.ts';

export const pinFaults = {
  'pin.malformed': entry<{ file: string }>({
    exit: 'usage',
    en: ({ file }) => [
      `${file} does not hold a PIN`,
      'Write the four to eight digits of the PIN into it, and nothing else.',
    ],
    ko: ({ file }) => [
      `'${file}' 파일에 PIN이 없습니다`,
      'PIN 숫자 네 자리에서 여덟 자리만 적고 다른 것은 적지 마십시오.',
    ],
  }),
  /** `mode`: of the file, octal. */
  'pin.permissions': entry<{ file: string; mode: string }>({
    exit: 'usage',
    en: ({ file }) => [`other users can reach the PIN file ${file}`, `Run: chmod 600 ${file}`],
    ko: ({ file }) => [
      `다른 사용자가 PIN 파일 '${file}'에 접근할 수 있습니다`,
      `실행하십시오: chmod 600 ${file}`,
    ],
  }),
  'pin.unreadable': entry<{ file: string; system: string | null }>({
    exit: 'usage',
    en: ({ file, system }) => [
      `the PIN file ${file} cannot be read (${system})`,
      'Let the user that the gateway runs as read it, and nobody else.',
    ],
    ko: ({ file, system }) => [
      `PIN 파일 '${file}' 읽기에 실패했습니다(${system})`,
      '게이트웨이를 실행하는 사용자만 읽을 수 있게 하십시오.',
    ],
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof pinFaults> {}
}
