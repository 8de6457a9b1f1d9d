import { entry, type FactsIn } from './entry.ts';
import { openReason } from './system.ts';
import { notConfirmed } from './usage.ts';

type DataDir = { data_dir: string };

/** What prevents a move to another machine. */
export const moveFaults = {
  'move.not-prepared': entry({
    exit: 'refused',
    en: () => [
      'this machine has no key for a move',
      'Run `visitlog move --prepare` here first, and give the key that it prints to the old machine.',
    ],
    ko: () => [
      '이 서버에 옮겨 받기 위한 키가 없습니다',
      '먼저 여기서 `visitlog move --prepare`를 실행하고 표시된 키를 이전 서버에 주십시오.',
    ],
  }),
  'move.occupied': entry<DataDir>({
    exit: 'refused',
    en: ({ data_dir }) => [
      `${data_dir} has a register already, which would be lost behind the one that comes`,
      'Move all of that folder aside, if nobody needs it.',
    ],
    ko: ({ data_dir }) => [
      `'${data_dir}' 폴더에 이미 방문 기록부가 있어 옮겨 오면 가려집니다`,
      '필요 없으면 폴더 전체를 다른 곳으로 옮기십시오.',
    ],
  }),
  'move.not-a-package': entry<{ file: string }>({
    exit: 'usage',
    en: ({ file }) => [
      `${file} is not what \`visitlog move --to\` wrote, or is not whole`,
      'Copy the file again from the old machine.',
    ],
    ko: ({ file }) => [
      `'${file}' 파일은 \`visitlog move --to\`가 만든 것이 아니거나 온전하지 않습니다`,
      '이전 서버에서 파일을 다시 복사하십시오.',
    ],
  }),
  'move.other-key': entry<{ file: string }>({
    exit: 'usage',
    en: ({ file }) => [
      `${file} is encrypted to the key of another machine, or is damaged`,
      'Encrypt it to the key that `visitlog move --prepare` prints here.',
    ],
    ko: ({ file }) => [
      `'${file}' 파일이 다른 서버의 키로 암호화되었거나 손상되었습니다`,
      '여기서 `visitlog move --prepare`가 표시하는 키로 암호화하십시오.',
    ],
  }),
  'move.unreadable': entry<{ file: string; system: string | null }>({
    exit: 'usage',
    en: ({ file, system }) => `cannot read ${file} (${openReason(system, 'en')})`,
    ko: ({ file, system }) => `'${file}' 파일을 읽을 수 없습니다(${openReason(system, 'ko')})`,
  }),
  'move.damaged': entry({
    exit: 'failed',
    en: () => [
      'the register that came is damaged; nothing was changed here',
      'Run `visitlog check` on the old machine.',
    ],
    ko: () => [
      '옮겨 온 방문 기록부가 손상되었습니다. 여기서는 아무것도 바꾸지 않았습니다',
      '이전 서버에서 `visitlog check`를 실행하십시오.',
    ],
  }),
  'move.under-way': entry<DataDir>({
    exit: 'refused',
    en: ({ data_dir }) => [
      `the register in ${data_dir} is being moved to another machine, or has been`,
      'Confirm it: visitlog move --confirm CODE. If it is to stay here: visitlog move --cancel.',
    ],
    ko: ({ data_dir }) => [
      `'${data_dir}' 폴더의 방문 기록부를 다른 서버로 옮기는 중이거나 이미 옮겼습니다`,
      '확인하려면: visitlog move --confirm 코드. 여기에 두려면: visitlog move --cancel',
    ],
  }),
  'move.unfinished': entry<DataDir>({
    exit: 'refused',
    en: ({ data_dir }) => [
      `a move into ${data_dir} was cut off, and no new register is begun beside it`,
      'Run `visitlog move --from` again.',
    ],
    ko: ({ data_dir }) => [
      `'${data_dir}' 폴더로 옮겨 오는 일이 도중에 끊겼습니다. 그 옆에 새 방문 기록부를 만들지 않습니다`,
      '`visitlog move --from`을 다시 실행하십시오.',
    ],
  }),
  'move.not-begun': entry<DataDir>({
    exit: 'refused',
    en: ({ data_dir }) => `no move of the register in ${data_dir} has begun`,
    ko: ({ data_dir }) => `'${data_dir}' 폴더의 방문 기록부를 옮기기 시작한 적이 없습니다`,
  }),
  'move.gone': entry<DataDir>({
    exit: 'refused',
    en: ({ data_dir }) => [
      `the register of ${data_dir} has been moved to another machine`,
      'To begin a new one here, move all of that folder aside.',
    ],
    ko: ({ data_dir }) => [
      `'${data_dir}' 폴더의 방문 기록부는 다른 서버로 옮겼습니다`,
      '여기서 새로 시작하려면 폴더 전체를 다른 곳으로 옮기십시오.',
    ],
  }),
  'move.wrong-code': entry({
    exit: 'refused',
    en: () => [
      'this is not the code of the last package that was made here; nothing was changed',
      'Type the code that `visitlog move --from` printed on the new machine.',
    ],
    ko: () => [
      '여기서 마지막으로 만든 파일의 코드가 아닙니다. 아무것도 바꾸지 않았습니다',
      '새 서버에서 `visitlog move --from`이 표시한 코드를 입력하십시오.',
    ],
  }),
  'move.stopped': entry({
    exit: 'failed',
    outcome: 'interrupted',
    en: () => 'the move was stopped; the register is where it was',
    ko: () => '옮기기를 멈췄습니다. 방문 기록부는 그대로 있습니다',
  }),
  'move.not-confirmed': notConfirmed,
  'move.one-step': entry({
    exit: 'usage',
    en: () => 'give one of --prepare, --to, --from, --confirm and --cancel',
    ko: () => '--prepare, --to, --from, --confirm, --cancel 가운데 하나를 지정하십시오',
  }),
  'move.needs-recipient': entry({
    exit: 'usage',
    en: () => [
      'a package that has keys in it is encrypted, and reasoned',
      'Give --encrypt-to with the key that `visitlog move --prepare` printed on the new machine, and --reason.',
    ],
    ko: () => [
      '키가 든 파일은 반드시 암호화하고 사유를 남깁니다',
      '새 서버에서 `visitlog move --prepare`가 표시한 키를 --encrypt-to로, 사유를 --reason으로 지정하십시오.',
    ],
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof moveFaults> {}
}
