import { bilingual } from '../bilingual.ts';

const key = 'age1…';
const example = `sudo visitlog move --to /media/usb --encrypt-to ${key} --reason "new server"`;

export const moveWords = bilingual({
  en: {
    prepare: 'on the new machine: make the key that the package is encrypted to, and print it',
    to: 'on the old machine: write the package into this folder, or to standard output (-)',
    encryptTo: 'the key that --prepare printed; may be repeated',
    reason: 'with --to: why, for the audit log',
    from: 'on the new machine: take the package in, from a file or from standard input (-)',
    confirm: 'on the old machine: the code that --from printed; the keys here are overwritten',
    cancel: 'on the old machine: the register stays here',
    yes: 'with --cancel: do not ask',
    after: `
Stop the gateway on both machines first. The keys on the old machine stay until the code is typed there, so that they
are never on no machine; each step that was cut off is repeated.

Examples:
  sudo visitlog move --prepare
  ${example}
  sudo visitlog move --from /media/usb/visitlog-20261123T050000Z.move.age
  sudo visitlog move --confirm K7QM-3XPA-9TRC-WZ2F`,
    prepared: (recipient: string) => [
      'This machine can open what is encrypted to this key. On the old machine, with its gateway stopped:',
      `  sudo visitlog move --to FOLDER --encrypt-to ${recipient} --reason "…"`,
    ],
    sending: (percent: number) => `writing: ${percent} %`,
    sent: (megabytes: string, file: string) =>
      `${file}: the register and its keys (${megabytes} MB), encrypted`,
    nextHere: [
      'Until the move is confirmed or cancelled nothing is received or recorded here; what is counted or checked here stays as it is now.',
      'Carry the file to the new machine, and there: sudo visitlog move --from FILE',
      'It prints a code. Then here: sudo visitlog move --confirm CODE. The master key and PIN files do not travel along.',
    ],
    receiving: (percent: number) => `taking in: ${percent} %`,
    received: (code: string) => [
      'Everything is here, checked and opened with its keys. On the old machine:',
      `  sudo visitlog move --confirm ${code}`,
      'Then here: sudo visitlog doctor, and sudo systemctl enable --now visitlog',
    ],
    configWritten: (file: string) => `the configuration: ${file}`,
    configBeside: (file: string) => `there is a configuration already; the one that came: ${file}`,
    gone: (folder: string) =>
      `the keys in ${folder} are overwritten, and the register is removed: it is on the new machine alone`,
    cancelling: 'If the new machine has taken the package in, the same keys and visits are on two machines.',
    cancelled: 'The register stays here: sudo systemctl start visitlog',
  },
  ko: {
    prepare: '새 서버에서: 파일을 암호화할 키를 만들어 표시',
    to: '이전 서버에서: 이 폴더에, 또는 표준 출력(-)으로 파일을 만듦',
    encryptTo: '--prepare가 표시한 키. 여러 번 지정할 수 있음',
    reason: '--to와 함께: 감사 기록에 남길 사유',
    from: '새 서버에서: 파일이나 표준 입력(-)에서 옮겨 받음',
    confirm: '이전 서버에서: --from이 표시한 코드. 여기의 키를 덮어씀',
    cancel: '이전 서버에서: 방문 기록부를 여기에 그대로 둠',
    yes: '--cancel과 함께: 묻지 않음',
    after: `
먼저 두 서버의 게이트웨이를 멈추십시오. 이전 서버의 키는 코드를 입력할 때까지 그대로 있으므로 키가 어디에도 없는 때는
없습니다. 도중에 끊긴 단계는 다시 실행하면 됩니다.

예:
  sudo visitlog move --prepare
  ${example}
  sudo visitlog move --from /media/usb/visitlog-20261123T050000Z.move.age
  sudo visitlog move --confirm K7QM-3XPA-9TRC-WZ2F`,
    prepared: (recipient) => [
      '이 키로 암호화한 것은 이 서버가 열 수 있습니다. 이전 서버에서 게이트웨이를 멈추고:',
      `  sudo visitlog move --to 폴더 --encrypt-to ${recipient} --reason "…"`,
    ],
    sending: (percent) => `쓰는 중: ${percent} %`,
    sent: (megabytes, file) => `${file}: 방문 기록부와 키(${megabytes} MB), 암호화됨`,
    nextHere: [
      '옮기기를 확인하거나 취소할 때까지 여기서는 문자를 받거나 기록하지 않습니다. 집계와 검사는 지금 상태를 보여 줍니다.',
      '파일을 새 서버로 가져가 그곳에서 실행하십시오: sudo visitlog move --from 파일',
      '표시되는 코드를 여기서 입력하십시오: sudo visitlog move --confirm 코드. 마스터 키와 PIN 파일은 함께 가지 않습니다.',
    ],
    receiving: (percent) => `받는 중: ${percent} %`,
    received: (code) => [
      '모두 받아 검사하고 키로 열어 보았습니다. 이전 서버에서 실행하십시오.',
      `  sudo visitlog move --confirm ${code}`,
      '그다음 여기서: sudo visitlog doctor, sudo systemctl enable --now visitlog',
    ],
    configWritten: (file) => `설정: ${file}`,
    configBeside: (file) => `설정 파일이 이미 있습니다. 옮겨 온 설정: ${file}`,
    gone: (folder) => `'${folder}' 폴더의 키를 덮어쓰고 방문 기록부를 지웠습니다. 이제 새 서버에만 있습니다`,
    cancelling: '새 서버가 이미 옮겨 받았으면 같은 키와 방문 기록이 두 서버에 있게 됩니다.',
    cancelled: '방문 기록부는 여기에 그대로 있습니다: sudo systemctl start visitlog',
  },
});
