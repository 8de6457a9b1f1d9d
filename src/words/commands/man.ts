import { bilingual } from '../bilingual.ts';

/** The headings and standing parts of the manual pages; the rest of them is the commands' own help. */
export const manWords = bilingual({
  en: {
    manual: 'visitlog manual',
    name: 'NAME',
    synopsis: 'SYNOPSIS',
    description: 'DESCRIPTION',
    commands: 'COMMANDS',
    options: 'OPTIONS',
    arguments: 'ARGUMENTS',
    examples: 'EXAMPLES',
    exit: 'EXIT STATUS',
    environment: 'ENVIRONMENT',
    files: 'FILES',
    seeAlso: 'SEE ALSO',
    settings: 'SETTINGS',
    top: 'At the top of the file',
    about:
      'A visitor texts the number of the place that they enter to one number. visitlog records who, where and when, encrypted under a key of the hour; after the retention period the key is destroyed. Officers see masked numbers, and every look at a whole one is recorded before it is taken.',
    explainErrors: 'Each error has an id in brackets; visitlog explain ID shows its page, offline.',
    exits: {
      '0': 'done',
      '1': 'failed while working; of status: degraded',
      '2': 'usage or configuration is wrong; of status: down',
      '3': 'refused: a reason or a right is missing',
      '4': 'nothing matched',
    },
    variables: {
      VISITLOG_CONFIG: 'the configuration, if --config is not given',
      VISITLOG_DATA_DIR: 'overrides data_dir',
      VISITLOG_LOG_LEVEL: 'overrides level under [log]',
      NO_COLOR: 'nothing is coloured',
    },
    paths: {
      '/etc/visitlog/visitlog.toml': 'the configuration',
      '/var/lib/visitlog/register.sqlite': 'the register; unreadable without its keys',
      '/var/lib/visitlog/keyring': 'the keys of the hours; never copy it',
      '/run/visitlog/visitlog.sock': 'the socket that status asks',
    },
    configName: 'the configuration of visitlog',
    configAbout:
      'TOML. Every key may be left out but a line’s port. Unknown keys and bad values are errors, and visitlog config check names all of them at once, with file, line and column. visitlog config show tells what counts and where it came from. Durations are whole numbers with s, m, h or d: 90s, 30m, 1h, 28d. Paths are absolute.',
    unlessSaid: (value: string) => `Default: ${value}`,
    suchAs: (value: string) => `Such as ${value}`,
    example: 'Example:',
  },
  ko: {
    manual: 'visitlog 설명서',
    name: '이름',
    synopsis: '사용법',
    description: '설명',
    commands: '명령',
    options: '옵션',
    arguments: '인수',
    examples: '예',
    exit: '종료 코드',
    environment: '환경 변수',
    files: '파일',
    seeAlso: '함께 보기',
    settings: '설정',
    top: '파일 맨 위',
    about:
      '방문자가 들어가는 장소의 번호를 하나의 번호로 문자로 보내면, 누가 어디에 언제 왔는지를 그 시간의 키로 암호화하여 기록합니다. 보관 기간이 지나면 키를 파기합니다. 담당자에게는 번호를 마스킹하여 보여 주며, 번호 전체를 볼 때는 먼저 감사 기록을 남깁니다.',
    explainErrors:
      '오류에는 대괄호 안에 식별자가 있습니다. visitlog explain ID 명령으로 인터넷 없이 설명을 볼 수 있습니다.',
    exits: {
      '0': '마침',
      '1': '하던 중에 실패. status에서는 일부 이상',
      '2': '사용법이나 설정이 잘못됨. status에서는 중단',
      '3': '거부: 사유나 권한이 없음',
      '4': '해당하는 것이 없음',
    },
    variables: {
      VISITLOG_CONFIG: '--config가 없을 때의 설정 파일',
      VISITLOG_DATA_DIR: 'data_dir 대신 쓰임',
      VISITLOG_LOG_LEVEL: '[log]의 level 대신 쓰임',
      NO_COLOR: '색을 쓰지 않음',
    },
    paths: {
      '/etc/visitlog/visitlog.toml': '설정 파일',
      '/var/lib/visitlog/register.sqlite': '방문 기록부. 키가 없으면 읽을 수 없음',
      '/var/lib/visitlog/keyring': '시간별 키. 절대 복사하지 말 것',
      '/run/visitlog/visitlog.sock': 'status가 묻는 소켓',
    },
    configName: 'visitlog의 설정 파일',
    configAbout:
      'TOML 형식입니다. 회선의 port 말고는 모두 생략할 수 있습니다. 모르는 키나 잘못된 값은 오류이며, visitlog config check 명령이 파일, 줄, 칸과 함께 한꺼번에 알려 줍니다. visitlog config show 명령은 적용되는 값과 그 출처를 보여 줍니다. 기간은 s, m, h, d가 붙은 정수(90s, 30m, 1h, 28d)이고, 경로는 절대 경로입니다.',
    unlessSaid: (value) => `기본값: ${value}`,
    suchAs: (value) => `예: ${value}`,
    example: '예:',
  },
});
