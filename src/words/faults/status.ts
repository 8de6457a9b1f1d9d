import { entry, type FactsIn } from './entry.ts';
import { writeReason } from './system.ts';

/** `path`: of the status socket. */
interface SocketPath {
  readonly path: string;
}

export const statusFaults = {
  'status.folder-missing': entry<SocketPath>({
    exit: 'failed',
    en: ({ path }) => [
      `the folder of the status socket ${path} does not exist`,
      'Create it, or set another [status] socket; under systemd RuntimeDirectory=visitlog creates it.',
    ],
    ko: ({ path }) => [
      `상태 소켓을 둘 폴더가 없습니다: '${path}'`,
      '폴더를 만들거나 [status] socket을 바꾸십시오. systemd에서는 RuntimeDirectory=visitlog가 만듭니다.',
    ],
  }),
  'status.socket': entry<SocketPath & { system: string | null }>({
    exit: 'failed',
    en: ({ path, system }) => [
      `the status socket ${path} cannot be opened (${writeReason(system, 'en')})`,
      'Give the user of the gateway the right to write to its folder, or set another [status] socket.',
    ],
    ko: ({ path, system }) => [
      `상태 소켓 '${path}' 열기에 실패했습니다(${writeReason(system, 'ko')})`,
      '게이트웨이의 사용자가 그 폴더에 쓸 수 있게 하거나 [status] socket을 바꾸십시오.',
    ],
  }),
  'status.path-too-long': entry<SocketPath>({
    exit: 'failed',
    en: ({ path }) => [
      `the path of the status socket ${path} is longer than 107 octets`,
      'Set a shorter [status] socket.',
    ],
    ko: ({ path }) => [
      `상태 소켓 '${path}'의 경로가 107바이트를 넘습니다`,
      '더 짧은 [status] socket을 지정하십시오.',
    ],
  }),
  'status.in-use': entry<SocketPath>({
    exit: 'failed',
    en: ({ path }) => [
      `another gateway answers at the status socket ${path}`,
      'Give each gateway a [status] socket of its own.',
    ],
    ko: ({ path }) => [
      `상태 소켓 '${path}'에서 다른 게이트웨이가 응답하고 있습니다`,
      '게이트웨이마다 다른 [status] socket을 지정하십시오.',
    ],
  }),
  'status.not-a-socket': entry<SocketPath>({
    exit: 'failed',
    en: ({ path }) => [`${path} exists and is not a socket`, 'Remove it, or set another [status] socket.'],
    ko: ({ path }) => [`'${path}'에 소켓이 아닌 것이 있습니다`, '지우거나 [status] socket을 바꾸십시오.'],
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof statusFaults> {}
}
