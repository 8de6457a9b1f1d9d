import { entry, type FactsIn } from './entry.ts';

/** `where`: `--encrypt-to`, or the file and line that the recipient stands in. */
interface Where {
  readonly where: string;
}

export const recipientFaults = {
  'recipient.invalid': entry<Where>({
    exit: 'usage',
    en: ({ where }) => [
      `${where}: this is not an age recipient`,
      'A recipient begins with age1; copy it whole. SSH keys and keys of plugins are not accepted.',
    ],
    ko: ({ where }) => [
      `${where}: age 수신자가 아닙니다`,
      '수신자는 age1로 시작하며 빠짐없이 옮겨 적어야 합니다. ssh 키와 플러그인 키는 쓸 수 없습니다.',
    ],
  }),
  'recipient.secret': entry<Where>({
    exit: 'usage',
    en: ({ where }) => [
      `${where}: this is a secret key, not a recipient`,
      'Give the public key, age1…, which `age-keygen -y` prints; whoever saw the secret key can read what it opens.',
    ],
    ko: ({ where }) => [
      `${where}: 수신자가 아니라 비밀 키입니다`,
      '`age-keygen -y`가 알려 주는 공개 키(age1…)를 지정하십시오. 비밀 키를 본 사람은 그 키로 여는 것을 모두 읽을 수 있습니다.',
    ],
  }),
  'recipient.file': entry<{ file: string; system: string | null }>({
    exit: 'usage',
    en: ({ file, system }) => [
      `${file}: the recipients cannot be read (${system})`,
      'Name a file after @ that you may read.',
    ],
    ko: ({ file, system }) => [
      `'${file}' 파일에서 수신자를 읽을 수 없습니다(${system})`,
      '@ 뒤에 읽을 수 있는 파일의 이름을 지정하십시오.',
    ],
  }),
  'recipient.none': entry({
    exit: 'usage',
    en: () => ['--encrypt-to: the file names no recipient', 'Write one recipient, age1…, in each line.'],
    ko: () => ['--encrypt-to: 파일에 수신자가 없습니다', '수신자(age1…)를 한 줄에 하나씩 입력하십시오.'],
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof recipientFaults> {}
}
