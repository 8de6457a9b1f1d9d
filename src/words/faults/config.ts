import type { WrongPortReason } from '../../modem/port/foreign-peer.ts';
import { formatCount } from '../counted.ts';
import { entry, type FactsIn } from './entry.ts';
import { openReason } from './system.ts';

/** `faults`: how many there are; the error's cause is the first of them. */
const faulty = entry<{ file: string; faults: number }>({
  exit: 'usage',
  en: ({ faults }, cause) => [
    `${cause().message}${faults === 1 ? '' : ` (and ${formatCount(faults - 1)} more)`}`,
    'Correct the file, then run `visitlog config check`.',
  ],
  ko: ({ faults }, cause) => [
    `${cause().message}${faults === 1 ? '' : ` (그 밖에 ${formatCount(faults - 1)}건)`}`,
    '파일을 고치고 `visitlog config check`를 실행하십시오.',
  ],
});

export const configFaults = {
  'config.syntax': faulty,
  'config.invalid': faulty,
  'config.not-found': entry<{ file: string }>({
    exit: 'usage',
    en: ({ file }) => [`${file}: no such configuration file`, 'Name one with --config or $VISITLOG_CONFIG.'],
    ko: ({ file }) => [`설정 파일이 없습니다: '${file}'`, '--config 또는 $VISITLOG_CONFIG로 지정하십시오.'],
  }),
  'config.unreadable': entry<{ file: string; system: string | null }>({
    exit: 'usage',
    en: ({ file, system }, cause) => [
      `${file}: cannot be read (${system === null ? cause().message : openReason(system, 'en')})`,
      system === 'EACCES'
        ? 'It is closed to this account: run the command with sudo. The gateway reads it as its group, visitlog.'
        : 'Name a file that can be read.',
    ],
    ko: ({ file, system }, cause) => [
      `설정 파일 '${file}' 읽기에 실패했습니다(${system === null ? cause().message : openReason(system, 'ko')})`,
      system === 'EACCES'
        ? '이 계정에는 권한이 없습니다. sudo로 실행하십시오. 게이트웨이는 visitlog 그룹으로 읽습니다.'
        : '읽을 수 있는 파일을 지정하십시오.',
    ],
  }),
  'config.not-edited': entry({
    exit: 'usage',
    en: () => [
      'the configuration is written in a way that cannot be changed here',
      'Write [[line]] with its port and number into it by hand, and run setup again.',
    ],
    ko: () => [
      '설정 파일을 여기서 바꿀 수 없는 방식으로 썼습니다',
      '[[line]]과 그 port, number를 직접 입력한 뒤 setup을 다시 실행하십시오.',
    ],
  }),
  /** `near`: the id that was probably meant, or null. */
  'explain.unknown': entry<{ id: string; near: string | null }>({
    exit: 'nothing',
    en: ({ id, near }) => [
      `there is no page for ${JSON.stringify(id)}`,
      near === null ? 'See all pages: visitlog explain' : `Did you mean ${near}?`,
    ],
    ko: ({ id, near }) => [
      `'${id}'에 대한 설명은 없습니다`,
      near === null ? '있는 설명을 모두 보려면: visitlog explain' : `혹시 ${near}입니까?`,
    ],
  }),
  'explain.missing': entry<{ system: string | null }>({
    exit: 'failed',
    en: ({ system }) => [
      `the pages of explain cannot be read (${openReason(system, 'en')})`,
      'Install visitlog again: they belong to it.',
    ],
    ko: ({ system }) => [
      `설명 파일을 읽을 수 없습니다(${openReason(system, 'ko')})`,
      'visitlog에 포함된 파일이니 visitlog를 다시 설치하십시오.',
    ],
  }),
  'setup.stopped': entry({
    exit: 'failed',
    en: () => [
      'setup was stopped; nothing was written',
      'Begin again whenever you like: sudo visitlog setup',
    ],
    ko: () => [
      '설정을 중단했습니다. 아무것도 저장하지 않았습니다',
      '언제든 다시 시작하십시오: sudo visitlog setup',
    ],
  }),
  'setup.no-terminal': entry({
    exit: 'refused',
    en: () => [
      'standard input is not a terminal, so nobody can answer questions',
      'Give the answers as options, and --yes: visitlog setup --help',
    ],
    ko: () => [
      '대화형 터미널이 아니어서 질문에 답할 수 없습니다',
      '답을 옵션으로 지정하고 --yes를 붙이십시오: visitlog setup --help',
    ],
  }),
  'setup.no-right': entry<{ folder: string }>({
    exit: 'refused',
    en: ({ folder }) => [`this user may not write to ${folder}`, 'Run: sudo visitlog setup'],
    ko: ({ folder }) => [
      `이 사용자는 '${folder}' 폴더에 쓸 수 없습니다`,
      'sudo visitlog setup으로 실행하십시오.',
    ],
  }),
  'setup.carrier': entry({
    exit: 'usage',
    en: () => [
      '--system-id, --password-file, --bind and --ca-file are for a carrier’s link',
      'Give its address: --port smpp://host:2775',
    ],
    ko: () => [
      '--system-id, --password-file, --bind, --ca-file은 통신사 연동에만 씁니다',
      '주소를 지정하십시오: --port smpp://호스트:2775',
    ],
  }),
  'setup.port-closed': entry<{ port: string; system: string }>({
    exit: 'failed',
    en: ({ port, system }) => [
      `${port} does not open (${openReason(system, 'en')})`,
      'See what is plugged in: visitlog lines',
    ],
    ko: ({ port, system }) => [
      `'${port}' 포트가 열리지 않습니다(${openReason(system, 'ko')})`,
      '꽂힌 모뎀을 확인하십시오: visitlog lines',
    ],
  }),
  'setup.modem-silent': entry<{ port: string }>({
    exit: 'failed',
    en: ({ port }) => [
      `no modem answers at ${port}`,
      'Plug it in again, or see which port answers: visitlog lines --probe',
    ],
    ko: ({ port }) => [
      `'${port}'에서 응답하는 모뎀이 없습니다`,
      '뺐다 꽂거나, 응답하는 포트를 찾으십시오: visitlog lines --probe',
    ],
  }),
  /** `heard`: the first line that what is there said, digits masked; null if there was none. */
  'setup.wrong-port': entry<{ port: string; reason: WrongPortReason; heard: string | null }>({
    exit: 'failed',
    en: ({ port, reason, heard }) => [
      `something else than a modem is at ${port}${heard === null ? '' : `: "${heard}"`} (${reason})`,
      'Correct the address or the port. The code in brackets has a page: visitlog explain.',
    ],
    ko: ({ port, reason, heard }) => [
      `'${port}'에 모뎀이 아닌 것이 있습니다${heard === null ? '' : `: "${heard}"`} (${reason})`,
      '주소나 포트를 바로잡으십시오. 괄호 안의 코드는 visitlog explain으로 볼 수 있습니다.',
    ],
  }),
  /** `modems`: how many answer. */
  'setup.port-wanted': entry<{ modems: number }>({
    exit: 'usage',
    en: ({ modems }) => [
      `${modems} modems of this machine answer`,
      'Choose one: --port imei:… (visitlog lines --probe shows the IMEI)',
    ],
    ko: ({ modems }) => [
      `이 서버에서 응답하는 모뎀: ${modems}대`,
      '--port imei:…로 하나를 지정하십시오(IMEI는 visitlog lines --probe).',
    ],
  }),
  'setup.port-in-line': entry<{ port: string; line: string }>({
    exit: 'usage',
    en: ({ port, line }) => [
      `${port} belongs to ${line} already`,
      'Give the modem of the further line, or change that line: --name',
    ],
    ko: ({ port, line }) => [
      `'${port}' 포트는 이미 '${line}' 회선의 것입니다`,
      '추가할 회선의 모뎀을 지정하거나, 그 회선을 바꾸려면 --name으로 지정하십시오.',
    ],
  }),
  'setup.number-wanted': entry({
    exit: 'usage',
    en: () => ['the receiving number is not known', 'Give it: --number 031-324-2900'],
    ko: () => ['수신번호가 지정되지 않았습니다', '--number 031-324-2900처럼 지정하십시오.'],
  }),
  'setup.pin-wanted': entry({
    exit: 'refused',
    en: () => ['the SIM requires its PIN', 'Write it into a file of mode 600 and give --pin-file.'],
    ko: () => ['SIM이 PIN을 요구합니다', '권한이 600인 파일에 저장하고 --pin-file로 지정하십시오.'],
  }),
  /** `order`: what systemd was asked to do. */
  'setup.no-account': entry<{ account: string }>({
    exit: 'usage',
    en: ({ account }) => [
      `this machine knows no account ${account}`,
      'Give the name as `getent passwd` has it, or make the account first. Nothing was changed.',
    ],
    ko: ({ account }) => [
      `이 서버에 '${account}' 계정이 없습니다`,
      '`getent passwd`에 나오는 이름을 지정하거나 계정을 먼저 만드십시오. 아무것도 바꾸지 않았습니다.',
    ],
  }),
  'setup.not-granted': entry<{ account: string; group: string }>({
    exit: 'failed',
    en: ({ account, group }) => [
      `${account} could not be added to the group ${group}`,
      `Run: sudo usermod --append --groups ${group} ${account}`,
    ],
    ko: ({ account, group }) => [
      `'${account}' 계정을 '${group}' 그룹에 추가하지 못했습니다`,
      `실행: sudo usermod --append --groups ${group} ${account}`,
    ],
  }),
  'setup.not-started': entry<{ order: string }>({
    exit: 'failed',
    en: () => [
      'systemd did not start the gateway',
      'See why: sudo journalctl -u visitlog -n 20, and visitlog doctor',
    ],
    ko: () => [
      'systemd가 게이트웨이를 시작하지 못했습니다',
      '사유를 확인하십시오: sudo journalctl -u visitlog -n 20, visitlog doctor',
    ],
  }),
  'setup.line-blocked': entry<{ line: string; reason: string }>({
    exit: 'failed',
    en: ({ line, reason }) => [
      `${line} needs a person [${reason}]`,
      `Read what to do: visitlog explain ${reason}`,
    ],
    ko: ({ line, reason }) => [
      `'${line}' 회선은 담당자의 조치가 필요합니다 [${reason}]`,
      `할 일을 확인하십시오: visitlog explain ${reason}`,
    ],
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof configFaults> {}
}
