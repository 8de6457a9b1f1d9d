import { isIngestPort } from '../base/ingest-port.ts';
import { koreanTime } from '../base/zone.ts';
import { parseTypedNumber } from '../visits/sender.ts';
import type { Bilingual } from '../words/bilingual.ts';
import * as rule from './rules.ts';

type TomlValue = string | number | readonly string[];

/**
 * A key of the configuration, written once: the schema, the defaults, the list of known keys, `config show`, the manual,
 * the example file and the comparison at a reload follow from its entry.
 */
export interface Setting<T = unknown, Name extends string = string> {
  /** The property of `Config`, with the unit of its value. */
  readonly as: Name;
  readonly rule: rule.Rule<T>;
  /** As TOML writes it. A key without a default is required, unless it has `leftOut`. */
  readonly default?: TomlValue;
  /** The value of a key without a default that is left out (see config.ts), for the specification. */
  readonly leftOut?: string;
  /** The value in the example file, if it is not the default. */
  readonly example?: TomlValue;
  /** When a changed value takes effect; a line with a changed key is started anew. */
  readonly takesEffect: 'reload' | 'restart' | 'command';
  /** The environment's variable that overrides the file. */
  readonly variable?: string;
  /** No two lines may have values that are the same in this form; null: a value that any line may have. */
  readonly uniqueAs?: (value: string) => string | null;
  /** What the key means: for the example file and the manual. */
  readonly en: string;
  readonly ko: string;
}

const asWritten = (value: string) => value;

function setting<T, const Name extends string>(entry: Setting<T, Name>): Setting<T, Name> {
  return entry;
}

/** Every key by its table, in the order of the example file. `top` stands before all tables; `line` is a [[line]]. */
export const settings = {
  top: {
    time_zone: setting({
      as: 'timeZone',
      rule: rule.timeZone,
      default: koreanTime.zone,
      takesEffect: 'restart',
      en: 'The IANA time zone in which days are counted and exports are written.',
      ko: '날짜를 세고 내보내기의 시각을 적는 IANA 시간대.',
    }),
    data_dir: setting({
      as: 'dataDir',
      rule: rule.path('/var/lib/visitlog'),
      default: '/var/lib/visitlog',
      takesEffect: 'restart',
      variable: 'VISITLOG_DATA_DIR',
      en: 'The folder of the register (register.sqlite, spool). Mode 0700. $VISITLOG_DATA_DIR overrides it.',
      ko: '방문 기록부를 두는 폴더 (권한 0700). $VISITLOG_DATA_DIR이 있으면 그 값을 씁니다.',
    }),
    key_file: setting({
      as: 'keyFile',
      rule: rule.path('/var/lib/visitlog/keyring'),
      leftOut: 'the file `keyring` in `data_dir`',
      example: '/var/lib/visitlog/keyring',
      takesEffect: 'restart',
      en: "The file of the hours' keys. If left out: `keyring` in data_dir. Never back it up: a copy of it brings back what has expired.",
      ko: '시간별 키의 파일. 생략하면 data_dir의 keyring 파일입니다. 백업하지 마십시오. 사본이 있으면 지난 기록이 되살아납니다.',
    }),
  },
  general: {
    language: setting({
      as: 'language',
      rule: rule.oneOf('ko', 'en'),
      default: 'en',
      takesEffect: 'command',
      en: 'The language of what people read if neither --lang nor the locale decides (LANG is C, C.UTF-8 or not set). csv and all other machine formats do not follow it.',
      ko: '--lang도 로캘도 정하지 않을 때(LANG이 C, C.UTF-8이거나 없음) 사람이 읽는 내용의 언어. csv와 그 밖의 기계용 형식은 바뀌지 않습니다.',
    }),
  },
  data: {
    expect: setting({
      as: 'expect',
      rule: rule.oneOf('anything', 'existing'),
      default: 'anything',
      takesEffect: 'reload',
      en: '"existing": a folder data_dir without a register is refused, because its file system may not be mounted. `visitlog setup` sets it after the first start. "anything": a register is begun if there is none.',
      ko: '"existing"이면 data_dir 폴더에 방문 기록부가 없을 때 새로 만들지 않고 시작을 거부합니다. 파일 시스템이 마운트되지 않았을 수 있기 때문입니다. `visitlog setup`이 첫 시작 뒤에 설정합니다. "anything"이면 없을 때 새로 만듭니다.',
    }),
  },
  clock: {
    expect: setting({
      as: 'expect',
      rule: rule.oneOf('service', 'anything'),
      default: 'service',
      takesEffect: 'reload',
      en: '"service": it is an alarm if no time service keeps the clock and no text of the last week had the same time. "anything": somebody sets the clock by hand, on a closed network without a time server.',
      ko: '"service"이면 시계를 맞추는 서비스가 없고 지난 한 주 동안 온 문자의 시각과도 맞지 않을 때 경보를 냅니다. "anything"이면 시각 서버가 없는 폐쇄망에서 사람이 시계를 맞추는 것으로 봅니다.',
    }),
  },
  numbering: {
    country: setting({
      as: 'country',
      rule: rule.oneOf('KR'),
      default: 'KR',
      takesEffect: 'reload',
      en: 'The numbering plan. Only "KR" is known.',
      ko: '번호 체계. "KR"만 있습니다.',
    }),
    area_code: setting({
      as: 'areaCode',
      rule: rule.areaCode,
      default: '031',
      takesEffect: 'reload',
      en: 'What visitors may leave out of an ordinary number of the city.',
      ko: '방문자가 지역 번호를 생략했을 때의 지역 번호.',
    }),
  },
  retention: {
    period: setting({
      as: 'periodMs',
      rule: rule.duration('1h', '366d', '28d'),
      default: '28d',
      takesEffect: 'restart',
      en: 'How long after a visit its record can be read. 1h to 366d.',
      ko: '방문한 뒤 기록을 읽을 수 있는 기간. 1h에서 366d까지.',
    }),
    sweep_interval: setting({
      as: 'sweepIntervalMs',
      rule: rule.duration('1s', '24h', '1h'),
      default: '1h',
      takesEffect: 'reload',
      en: 'How often expired records are destroyed. 1s to 24h.',
      ko: '지난 기록을 파기하는 간격. 1s에서 24h까지.',
    }),
    sweep_max_share: setting({
      as: 'sweepMaxShare',
      rule: rule.share,
      default: '25%',
      takesEffect: 'reload',
      en: "The share of the living hours that may expire at once after the machine's clock has leapt. More waits until the network's time or a synchronised clock confirms it, or for `visitlog sweep --force`. 1% to 100%.",
      ko: '시계가 갑자기 앞으로 갔을 때 한 번에 파기해도 되는 시간의 비율. 그보다 많으면 통신망의 시각이나 동기화된 시계가 확인할 때까지, 또는 `visitlog sweep --force`를 할 때까지 기다립니다. 1%에서 100%까지.',
    }),
    audit_period: setting({
      as: 'auditPeriodMs',
      rule: rule.duration('1d', '3660d', '730d'),
      default: '730d',
      takesEffect: 'reload',
      en: 'How long the audit log is kept. 1d to 3660d.',
      ko: '누가 조회했는지의 기록을 보관하는 기간. 1d에서 3660d까지.',
    }),
  },
  line: {
    name: setting({
      as: 'name',
      rule: rule.lineName,
      leftOut: 'in order: `line1`, `line2`, …',
      example: 'line1',
      takesEffect: 'reload',
      uniqueAs: asWritten,
      en: '1 to 32 of the letters a-z, digits and hyphens; each name once. If left out: line1, line2 … in order.',
      ko: '영문 소문자, 숫자, 붙임표 1~32자. 이름은 서로 달라야 합니다. 생략하면 차례로 line1, line2 …입니다.',
    }),
    port: setting({
      as: 'port',
      rule: rule.linePort,
      example: '/dev/serial/by-id/usb-EXAMPLE_Modem-if02-port0',
      takesEffect: 'reload',
      // Any number of lines may have it.
      uniqueAs: (port) => (isIngestPort(port) ? null : port),
      en: 'A device by its stable path, or "tcp://host:port" (a serial server), or "imei:" and the modem\'s 15 digits, or "iccid:" or "imsi:" and the number of the SIM, for modems that share an IMEI; or a carrier\'s SMPP link, "smpp://host:port", with TLS "smpps://host:port"; or "ingest:" for texts that `visitlog ingest` brings.',
      ko: '바뀌지 않는 장치 경로, "tcp://호스트:포트"(시리얼 서버), "imei:"와 모뎀의 15자리 숫자, 또는 IMEI가 같은 모뎀이 여럿이면 "iccid:"나 "imsi:"와 SIM의 번호. 통신사의 SMPP 연동이면 "smpp://호스트:포트", TLS이면 "smpps://호스트:포트". `visitlog ingest`가 문자를 가져오는 회선이면 "ingest:". 반드시 적습니다.',
    }),
    baud_rate: setting({
      as: 'baudRate',
      rule: rule.wholeNumber(300, 4_000_000),
      default: 115_200,
      takesEffect: 'reload',
      en: '300 to 4000000.',
      ko: '300에서 4000000까지.',
    }),
    number: setting({
      as: 'number',
      rule: rule.optionalReceivingNumber,
      default: '',
      takesEffect: 'reload',
      uniqueAs: (number) => (number === '' ? null : (parseTypedNumber(number)?.canonical ?? number)),
      en: 'The receiving number, shown to staff and on posters, such as "031-324-2900"; each number once. "": not known.',
      ko: '문자를 받는 번호. 예: "031-324-2900". 번호는 회선마다 달라야 합니다. ""이면 표시하지 않습니다.',
    }),
    pin_file: setting({
      as: 'pinFile',
      rule: rule.optionalSecretFile('/etc/visitlog/line1.pin'),
      default: '',
      takesEffect: 'reload',
      en: 'A file with the SIM\'s PIN that only the gateway can read, such as "/etc/visitlog/line1.pin", or "credential:line1.pin" (a systemd credential of that name). The PIN is tried once, ever. "": the SIM has none.',
      ko: 'SIM의 PIN이 적힌 파일. 예: "/etc/visitlog/line1.pin". 한 번만 시도합니다. ""이면 PIN이 없습니다.',
    }),
    poll_interval: setting({
      as: 'pollIntervalMs',
      rule: rule.duration('1s', '1h', '30s'),
      default: '30s',
      takesEffect: 'reload',
      en: 'How often the gateway asks the modem for texts that it did not announce. 1s to 1h.',
      ko: '모뎀이 알리지 않은 문자를 찾는 간격. 1s에서 1h까지.',
    }),
    reset_command: setting({
      as: 'resetCommand',
      rule: rule.command,
      default: [],
      takesEffect: 'reload',
      en: 'A command that resets the modem when nothing else helps: an absolute path and its arguments, no shell, at most a minute, with VISITLOG_LINE and VISITLOG_PORT in its environment. Such as ["/usr/sbin/uhubctl", "-l", "1-1", "-p", "2", "-a", "cycle"]. []: none.',
      ko: '다른 방법이 없을 때 모뎀을 다시 켜는 명령: 절대 경로와 인수. 셸을 쓰지 않고 1분까지 걸려도 됩니다. VISITLOG_LINE과 VISITLOG_PORT가 전달됩니다. []이면 없습니다.',
    }),
    quiet_alarm: setting({
      as: 'quietAlarmMs',
      rule: rule.optionalDuration('1h', '30d', '1d'),
      default: '1d',
      takesEffect: 'reload',
      en: 'A line that receives nothing for so long may be deaf: it raises an alarm, and registers with the network again in quiet_hours to get what waits there. A line that was deaf before does so after half the time, at any hour. 1h to 30d; "": never.',
      ko: '이만큼 문자가 없으면 받지 못하는 것일 수 있어 경보를 내고, quiet_hours에 통신망에 다시 등록합니다. 1h에서 30d까지. ""이면 하지 않습니다.',
    }),
    quiet_hours: setting({
      as: 'quietHours',
      rule: rule.optionalHours,
      default: '02:00-05:00',
      takesEffect: 'reload',
      en: 'The hours of the day for a new registration. "": any hour.',
      ko: '아무도 불편하지 않은 시간. ""이면 모든 시간입니다.',
    }),
    system_id: setting({
      as: 'systemId',
      rule: rule.systemId,
      default: '',
      takesEffect: 'reload',
      en: 'For smpp:// and smpps://, as all keys of a line from here on (window for ingest: too): the name that the carrier has given to this gateway.',
      ko: '여기부터는 smpp://와 smpps:// 회선의 키입니다(window는 ingest: 회선에도 씁니다). 통신사가 이 게이트웨이에 준 이름.',
    }),
    password_file: setting({
      as: 'passwordFile',
      rule: rule.optionalSecretFile('/etc/visitlog/carrier.password'),
      default: '',
      takesEffect: 'reload',
      en: 'A file with the password, at most 8 characters, that only the gateway can read, such as "/etc/visitlog/carrier.password", or "credential:carrier". Read at each bind. "": no password.',
      ko: '8자까지의 비밀번호가 적힌 파일. 예: "/etc/visitlog/carrier.password". 접속할 때마다 읽습니다. ""이면 비밀번호가 없습니다.',
    }),
    bind: setting({
      as: 'bind',
      rule: rule.oneOf('receiver', 'transceiver'),
      default: 'receiver',
      takesEffect: 'reload',
      en: '"receiver", or "transceiver" if the carrier offers nothing else.',
      ko: '"receiver". 통신사가 이것만 제공하면 "transceiver".',
    }),
    default_alphabet: setting({
      as: 'defaultAlphabet',
      rule: rule.oneOf('gsm7', 'latin1'),
      default: 'gsm7',
      takesEffect: 'reload',
      en: 'What data_coding 0 means at this carrier: "gsm7" (one septet an octet) or "latin1".',
      ko: '이 통신사에서 data_coding 0의 뜻: "gsm7"(옥텟마다 7비트 문자 하나) 또는 "latin1".',
    }),
    window: setting({
      as: 'window',
      rule: rule.wholeNumber(1, 100),
      default: 50,
      takesEffect: 'reload',
      en: 'How many texts are recorded together at most before they are answered. 1 to 100.',
      ko: '한 번에 기록하고 응답하는 문자의 최대 수. 1에서 100까지.',
    }),
    resend_time: setting({
      as: 'resendMs',
      rule: rule.duration('1m', '72h', '1h'),
      default: '1h',
      takesEffect: 'reload',
      en: 'How long the carrier may send a text again whose answer it may not have read, because the link broke or the gateway died. Within it an equal text of the same sender is that text. 1m to 72h.',
      ko: '연결이 끊기거나 게이트웨이가 죽어 통신사가 응답을 받지 못했을 수 있는 문자를 다시 보내는 기간. 그동안 같은 번호의 같은 문자는 같은 문자로 봅니다. 1m에서 72h까지.',
    }),
    ca_file: setting({
      as: 'caFile',
      rule: rule.optionalFile('/etc/visitlog/carrier-ca.pem'),
      default: '',
      takesEffect: 'reload',
      en: 'For smpps://: the certificates (PEM) of the authorities that are believed, such as "/etc/visitlog/carrier-ca.pem". "": the public ones.',
      ko: 'smpps://에서 믿을 인증 기관의 인증서(PEM). 예: "/etc/visitlog/carrier-ca.pem". ""이면 공개 인증 기관을 믿습니다.',
    }),
  },
  cipher: {
    algorithm: setting({
      as: 'algorithm',
      rule: rule.oneOf('aes-256-gcm', 'aria-256-gcm'),
      default: 'aes-256-gcm',
      takesEffect: 'restart',
      en: '"aes-256-gcm", or "aria-256-gcm" if a national algorithm is required.',
      ko: '"aes-256-gcm". 국가 표준 암호가 필요하면 "aria-256-gcm".',
    }),
    master: setting({
      as: 'masterFile',
      rule: rule.optionalSecretPlace,
      default: '',
      takesEffect: 'restart',
      en: 'A master key that wraps the hours\' keys: "credential:visitlog" (a systemd credential of that name), or "file:/…", 32 bytes or more, all of which are used. "": the keys are not wrapped. Run `visitlog keyring wrap` to begin.',
      ko: '시간별 키를 감싸는 마스터 키: "credential:visitlog"(systemd 자격 증명) 또는 "file:/…"(32바이트 이상). ""이면 감싸지 않습니다. `visitlog keyring wrap`으로 시작합니다.',
    }),
  },
  disk: {
    reserve: setting({
      as: 'reserveBytes',
      rule: rule.size('1MiB', '10GiB', '32MiB'),
      default: '32MiB',
      takesEffect: 'reload',
      en: 'Room in data_dir that texts may not use, so that a full disk prevents neither destruction nor the audit log. 1MiB to 10GiB; "0": no reserve.',
      ko: 'data_dir에서 문자가 쓰지 못하게 남겨 두는 자리. 디스크가 가득 차도 지난 기록을 파기하고 감사 기록을 남길 수 있게 합니다. 1MiB에서 10GiB까지. "0"이면 남겨 두지 않습니다.',
    }),
    alarm: setting({
      as: 'alarmBytes',
      rule: rule.size('1MiB', '1024GiB', '200MiB'),
      default: '200MiB',
      takesEffect: 'reload',
      en: 'Less free room than this is an alarm. 1MiB to 1024GiB; "0": never.',
      ko: '빈 자리가 이보다 적으면 경보를 냅니다. 1MiB에서 1024GiB까지. "0"이면 내지 않습니다.',
    }),
  },
  log: {
    level: setting({
      as: 'level',
      rule: rule.oneOf('error', 'warn', 'info', 'debug'),
      default: 'info',
      takesEffect: 'reload',
      variable: 'VISITLOG_LOG_LEVEL',
      en: '"error", "warn", "info" or "debug". $VISITLOG_LOG_LEVEL overrides it. No level shows a visitor\'s number.',
      ko: '"error", "warn", "info", "debug". $VISITLOG_LOG_LEVEL이 있으면 그 값을 씁니다. 어떤 단계에서도 방문자의 번호는 나오지 않습니다.',
    }),
    format: setting({
      as: 'format',
      rule: rule.oneOf('json', 'text'),
      default: 'json',
      takesEffect: 'reload',
      en: '"json" for the journal, "text" for people.',
      ko: '저널에는 "json", 사람이 읽을 때는 "text".',
    }),
  },
  status: {
    socket: setting({
      as: 'socket',
      rule: rule.optionalSocketPath('/run/visitlog/visitlog.sock'),
      default: '/run/visitlog/visitlog.sock',
      takesEffect: 'restart',
      en: 'The socket that `visitlog status` asks. Its folder must exist. "": none.',
      ko: '`visitlog status`가 묻는 소켓. 폴더가 있어야 합니다. ""이면 없습니다.',
    }),
  },
  roles: {
    masked: setting({
      as: 'masked',
      rule: rule.groups,
      default: [],
      takesEffect: 'command',
      en: 'Groups that may ask for visits and texts with numbers masked. [] for each role: nobody but root.',
      ko: '번호를 가린 방문 기록과 문자를 볼 수 있는 그룹. []이면 root만 할 수 있습니다.',
    }),
    reveal: setting({
      as: 'reveal',
      rule: rule.groups,
      default: [],
      takesEffect: 'command',
      en: 'Groups that may also ask for whole numbers: export --reveal, trace, erase, texts assigned and discarded.',
      ko: '번호 전체를 볼 수 있고 추적, 삭제, 문자 처리도 할 수 있는 그룹.',
    }),
    manage: setting({
      as: 'manage',
      rule: rule.groups,
      default: [],
      takesEffect: 'command',
      en: 'Groups that may change places, and print posters and codes.',
      ko: '장소를 등록하고 고치며 안내문과 코드를 만들 수 있는 그룹.',
    }),
    audit: setting({
      as: 'audit',
      rule: rule.groups,
      default: [],
      takesEffect: 'command',
      en: 'Groups that may read the audit log.',
      ko: '감사 기록을 볼 수 있는 그룹.',
    }),
    four_digits: setting({
      as: 'fourDigits',
      rule: rule.groups,
      default: [],
      takesEffect: 'command',
      en: 'Groups to whom masked numbers show their last four digits, not two. It gives no command.',
      ko: '가린 번호의 끝자리를 두 자리가 아니라 네 자리까지 볼 수 있는 그룹. 명령을 쓸 권한은 주지 않습니다.',
    }),
  },
  door: {
    socket: setting({
      as: 'socket',
      rule: rule.optionalSocketPath('/run/visitlog-door/door.sock'),
      default: '/run/visitlog-door/door.sock',
      takesEffect: 'command',
      variable: 'VISITLOG_DOOR',
      en: 'The socket that officers\' commands go through if they cannot open the register themselves. $VISITLOG_DOOR overrides it. "": none.',
      ko: '기록부를 직접 열 수 없는 담당자의 명령이 거치는 소켓. $VISITLOG_DOOR이 있으면 그 값을 씁니다. ""이면 없습니다.',
    }),
  },
  metrics: {
    listen: setting({
      as: 'listen',
      rule: rule.optionalLoopbackAddress,
      default: '',
      takesEffect: 'restart',
      en: '"127.0.0.1:9560" serves Prometheus metrics at that address, for this machine only. "": no port.',
      ko: '"127.0.0.1:9560"이면 이 서버에만 프로메테우스 지표를 제공합니다. ""이면 제공하지 않습니다.',
    }),
    textfile: setting({
      as: 'textfile',
      rule: rule.optionalTextfile('/var/lib/node_exporter/visitlog.prom'),
      default: '',
      takesEffect: 'restart',
      en: '"/var/lib/node_exporter/visitlog.prom" is written every 15 s for node_exporter\'s textfile collector, and removed when the gateway stops. "": no file. `visitlog status --metrics` works without either.',
      ko: 'node_exporter의 textfile 수집기를 위해 15초마다 쓰는 파일. 예: "/var/lib/node_exporter/visitlog.prom". 게이트웨이가 멈추면 지웁니다. ""이면 쓰지 않습니다.',
    }),
  },
  export: {
    small_cells: setting({
      as: 'smallCells',
      rule: rule.wholeNumber(1, 1_000),
      default: 5,
      takesEffect: 'command',
      en: '`visitlog counts` writes a smaller number of visits as "<5" and the like into a file. 1 to 1000; 1: all numbers as they are.',
      ko: '`visitlog counts`가 파일에 쓸 때 이보다 작은 방문 수를 "<5"처럼 적습니다. 1에서 1000까지. 1이면 모든 수를 그대로 적습니다.',
    }),
  },
  audit: {
    working_hours: setting({
      as: 'workingHours',
      rule: rule.optionalHours,
      default: '08:00-20:00',
      takesEffect: 'command',
      en: 'Acts outside these hours are listed by `visitlog audit report`. "": no hour is unusual.',
      ko: '이 시간 밖의 작업을 `visitlog audit report`가 따로 보여 줍니다. ""이면 시간을 따지지 않습니다.',
    }),
    working_days: setting({
      as: 'workingDays',
      rule: rule.oneOf('mon-fri', 'mon-sat', 'every-day'),
      default: 'mon-fri',
      takesEffect: 'command',
      en: 'The same for acts on other days. During an outbreak people work at weekends.',
      ko: '이 요일 밖의 작업도 따로 보여 줍니다. 감염병 유행 때에는 주말에도 일합니다.',
    }),
  },
  poster: {
    issuer: setting({
      as: 'issuer',
      rule: rule.optionalContact,
      default: '',
      takesEffect: 'command',
      en: 'Who asks visitors for their texts, as posters name it, such as "용인시". "": use --issuer.',
      ko: '안내문에 나오는, 문자를 요청하는 기관. 예: "용인시". ""이면 --issuer로 지정합니다.',
    }),
    contact: setting({
      as: 'contact',
      rule: rule.optionalContact,
      default: '',
      takesEffect: 'command',
      en: 'Whom visitors can ask, as `visitlog venue poster` prints it, such as "시청 안전총괄과 031-324-2114". "": use --contact.',
      ko: '`visitlog venue poster`가 안내문에 인쇄하는 문의처. 예: "시청 안전총괄과 031-324-2114". ""이면 --contact로 적습니다.',
    }),
  },
  central: {
    url: setting({
      as: 'url',
      rule: rule.optionalPostgresUrl,
      default: '',
      takesEffect: 'restart',
      en: 'The servers of a central register, of which one takes writes, with this host\'s login and the database: "postgres://visitlog_gateway_giheung@db1,db2/visitlog"; over a socket of this machine "postgres://visitlog_gateway_giheung@/visitlog?host=/run/postgresql". "": the register of this machine is all there is.',
      ko: '중앙 기록부의 서버들(그 가운데 하나가 쓰기를 받습니다)과 이 서버의 로그인, 데이터베이스. 예: "postgres://visitlog_gateway_giheung@db1,db2/visitlog". 같은 서버의 소켓이면 "postgres://visitlog_gateway_giheung@/visitlog?host=/run/postgresql". ""이면 이 서버의 기록부만 씁니다.',
    }),
    ca_file: setting({
      as: 'caFile',
      rule: rule.optionalFile('/etc/visitlog/central-ca.pem'),
      default: '',
      takesEffect: 'restart',
      en: 'The certificates (PEM) of the authority that signs the servers\' certificates, such as "/etc/visitlog/central-ca.pem"; no other is believed. "": for servers on this machine only.',
      ko: '서버 인증서에 서명한 인증 기관의 인증서(PEM). 예: "/etc/visitlog/central-ca.pem". 다른 기관은 믿지 않습니다. ""이면 이 서버에 있는 PostgreSQL만 쓸 수 있습니다.',
    }),
    password_file: setting({
      as: 'passwordFile',
      rule: rule.optionalSecretFile('/etc/visitlog/central.password'),
      default: '',
      takesEffect: 'restart',
      en: 'A file with the login\'s password, at most 64 characters, that only this account can read, such as "/etc/visitlog/central.password", or "credential:central". Read at each connection. "": the server knows this account (peer).',
      ko: '64자까지의 비밀번호가 적힌 파일. 예: "/etc/visitlog/central.password" 또는 "credential:central". 접속할 때마다 읽습니다. ""이면 비밀번호 없이 계정으로 확인합니다(peer).',
    }),
    gateway: setting({
      as: 'gateway',
      rule: rule.optionalMemberName,
      leftOut: 'the name of the host, if `central.holders` has any',
      example: '',
      takesEffect: 'restart',
      en: 'The name of this gateway at the central register, as `visitlog central init --gateway` was given it, such as "giheung". If left out: the host\'s name up to the first dot.',
      ko: '중앙 기록부에서 쓰는 이 게이트웨이의 이름. `visitlog central init --gateway`에 준 이름입니다. 예: "giheung". 생략하면 호스트 이름의 첫 점 앞까지입니다.',
    }),
    holders: setting({
      as: 'holders',
      rule: rule.holderPins,
      default: [],
      takesEffect: 'restart',
      en: 'Who may read what this gateway receives: the pin of each holder, which `visitlog central holder` prints there, such as ["a:MCowBQYDK2VwAyEA…"]. Hours\' keys are sealed to these and to nobody else. On a register host: the other holders, who read what officers add there. []: none.',
      ko: '이 게이트웨이가 받은 기록을 읽을 수 있는 보유 호스트들의 고정 키(그 서버의 `visitlog central holder`가 출력). 예: ["a:MCowBQYDK2VwAyEA…"]. 시간별 키는 이들에게만 암호화하여 보냅니다. 보유 호스트에서는 담당자가 그곳에서 추가한 것을 읽을 다른 보유 호스트들입니다. []이면 없습니다.',
    }),
    wait: setting({
      as: 'wait',
      rule: rule.oneOf('journal', 'central'),
      default: 'journal',
      takesEffect: 'reload',
      en: 'What a text must be in before it leaves its modem or is acknowledged: "journal", the disk of this machine; "central", the central register too, so that no single disk is trusted. With "central" texts stay on the modem while the link is cut, and a modem that is full takes no more.',
      ko: '문자를 모뎀에서 지우거나 수신을 확인하기 전에 기록해야 하는 곳. "journal"이면 이 서버의 디스크, "central"이면 중앙 기록부까지입니다. 한 디스크만 믿지 않게 됩니다. "central"이면 연결이 끊긴 동안 문자가 모뎀에 남고, 가득 찬 모뎀은 더 받지 못합니다.',
    }),
    without_standby: setting({
      as: 'withoutStandby',
      rule: rule.oneOf('go-on', 'wait'),
      default: 'go-on',
      takesEffect: 'reload',
      en: 'While no standby of the PostgreSQL server is there: "go-on" sends texts to the one disk that is, and the status is degraded; "wait" keeps them on this machine until there are two again.',
      ko: 'PostgreSQL의 대기 서버가 없는 동안: "go-on"이면 남은 한 서버에 보내고 상태를 degraded로 표시하며, "wait"이면 대기 서버가 돌아올 때까지 이 서버에 보관합니다.',
    }),
  },
  holder: {
    name: setting({
      as: 'name',
      rule: rule.optionalMemberName,
      default: '',
      takesEffect: 'restart',
      en: 'The name of this host among the holders, such as "a": it reads the central register, and has no [[line]]. "": this host is not a holder.',
      ko: '보유 호스트로서 이 서버의 이름. 예: "a". 중앙 기록부를 읽는 서버이며 [[line]]을 두지 않습니다. ""이면 보유 호스트가 아닙니다.',
    }),
    publish_ahead: setting({
      as: 'publishAheadMs',
      rule: rule.duration('12h', '14d', '72h'),
      default: '72h',
      takesEffect: 'restart',
      en: 'For how long ahead gateways get public keys: so long can this host be off without a text waiting at a site for its key. 12h to 14d.',
      ko: '게이트웨이에 공개 키를 미리 알려 두는 기간. 이 서버가 이만큼 꺼져 있어도 현장의 문자가 키를 기다리지 않습니다. 12h에서 14d까지.',
    }),
  },
};

export type TableName = keyof typeof settings;
type SettingTable = Readonly<Record<string, Setting>>;

const groups = Object.entries<SettingTable>(settings) as readonly (readonly [TableName, SettingTable])[];

/** Names of the [tables], without the top of the file and the lines, in order. */
export const tableNames = groups.flatMap(([name]) => (name === 'top' || name === 'line' ? [] : [name]));

/** The keys of one table with their entries; null for a table that does not exist. */
export function settingsOf(table: string): SettingTable | null {
  return Object.hasOwn(settings, table) ? settings[table as TableName] : null;
}

/** A key with its place: `retention.period` is key `period` of `retention`. */
interface NamedSetting {
  readonly name: string;
  readonly table: TableName;
  readonly key: string;
  readonly setting: Setting;
}

const isLine = ({ table }: NamedSetting) => table === 'line';

const named: readonly NamedSetting[] = groups.flatMap(([table, entries]) =>
  Object.entries(entries).map(([key, entry]) => ({
    name: table === 'top' ? key : `${table}.${key}`,
    table,
    key,
    setting: entry,
  })),
);

/** Every setting as `config show` and the manual list them: those of a line come last. */
export const namedSettings: readonly NamedSetting[] = [
  ...named.filter((each) => !isLine(each)),
  ...named.filter(isLine),
];

/** Every key in full: `retention.period`, `line.port`. */
export const settingKeys: readonly string[] = namedSettings.map(({ name }) => name);

export const isRequired = (entry: Setting) => entry.default === undefined && entry.leftOut === undefined;

/** The keys that a table, or the top of the file, can have. */
export function knownKeys(table: string): readonly string[] {
  const keys = Object.keys(settingsOf(table) ?? {});
  if (table !== 'top') return keys;
  return [...keys, ...tableNames, 'line'];
}

/** The words for what stands in place of a table, of all the lines, and of one of them. */
export const structure = {
  table: { en: 'a table of keys', ko: '키가 든 표' },
  lines: {
    en: 'one [[line]] table for each line, with two brackets',
    ko: '회선마다 대괄호 두 개로 적은 [[line]] 표',
  },
} satisfies Readonly<Record<string, Bilingual<string>>>;
