import { counted, formatBytes, formatCount } from '../counted.ts';
import { finding } from './finding.ts';

const asRoot = { en: 'Run doctor as root', ko: 'root로 doctor를 실행하십시오' };
const makeRoom = {
  en: 'Make room: on a full disk texts stay on the modem until it is full too',
  ko: '공간을 확보하십시오. 디스크가 가득 차면 문자는 모뎀에 남고, 모뎀도 가득 차게 됩니다',
};
const setClock = {
  en: 'Run: timedatectl set-ntp true; on a closed network name its time server in timesyncd.conf, or set the clock by hand and [clock] expect = "anything"',
  ko: '실행: timedatectl set-ntp true. 폐쇄망에서는 timesyncd.conf에 내부 시각 서버를 지정하거나, 시계를 손으로 맞추고 [clock] expect = "anything"으로 하십시오',
};
const rulesFile = '/etc/udev/rules.d/77-visitlog.rules';

type Path = { path: string };
type UsersPath = { path: string; user: string };
type OnFileSystem = { path: string; name: string };
type Room = { free_mib: number; path: string };

const room = (free_mib: number) => formatBytes(free_mib * 1_048_576);

/** What doctor finds of the machine, the service and the folder of the register. */
export const machineFindings = {
  'clock.wrong': finding<{ date: string }>({
    severity: 'fail',
    en: ({ date }) => [
      `the date of the clock is wrong: ${date}`,
      'Set the date and a time server; otherwise records expire at the wrong time',
    ],
    ko: ({ date }) => [
      `시계의 날짜가 틀립니다: ${date}`,
      '날짜를 맞추고 시각 서버를 지정하십시오. 그러지 않으면 기록이 엉뚱한 때에 파기됩니다',
    ],
  }),
  /** `service`: null for systemd-timesyncd. */
  'clock.kept': finding<{ service: string | null }>({
    severity: 'ok',
    en: ({ service }) =>
      service === null ? 'the clock is synchronised' : `${service} synchronises the clock`,
    ko: ({ service }) =>
      service === null ? '시계가 시각 서버와 맞춰져 있습니다' : `시계를 맞추는 서비스: ${service}`,
  }),
  /** `accepted`: by `[clock] expect`. */
  'clock.free': finding<{ accepted: boolean }>({
    severity: ({ accepted }) => (accepted ? 'ok' : 'warn'),
    en: ({ accepted }) =>
      accepted
        ? 'no time service keeps the clock, and the configuration accepts that'
        : ['no time service has set the clock since the machine started', setClock.en],
    ko: ({ accepted }) =>
      accepted
        ? '시계를 맞추는 서비스가 없으나 설정에서 허용했습니다'
        : ['서버가 켜진 뒤로 시계를 맞춘 서비스가 없습니다', setClock.ko],
  }),
  /** `accepted`: by `[clock] expect`. */
  'clock.unreached': finding<{ service: string; accepted: boolean }>({
    severity: ({ accepted }) => (accepted ? 'ok' : 'warn'),
    en: ({ service, accepted }) =>
      accepted
        ? `${service} runs without a server, and the configuration accepts that`
        : [
            `${service} runs, but no server has vouched for the clock`,
            'See which it asks: chronyc -n sources',
          ],
    ko: ({ service, accepted }) =>
      accepted
        ? `${service} 서비스가 시각 서버 없이 실행 중이며 설정에서 허용했습니다`
        : [
            `${service} 서비스가 실행 중이지만 시각 서버의 응답을 받지 못했습니다`,
            '묻는 서버를 확인하십시오: chronyc -n sources',
          ],
  }),
  'clock.stale': finding<{ days: number }>({
    severity: 'note',
    en: ({ days }) => [`the clock was last set ${days} days ago`, setClock.en],
    ko: ({ days }) => [`시계를 마지막으로 맞춘 지 ${days}일이 지났습니다`, setClock.ko],
  }),
  'data.missing': finding<Path>({
    severity: 'note',
    en: ({ path }) => `${path} does not exist yet: the gateway creates it`,
    ko: ({ path }) => `${path} 폴더가 아직 없습니다. 게이트웨이가 만듭니다`,
  }),
  'data.expected': finding<Path>({
    severity: 'fail',
    en: ({ path }) => [
      `${path} has no register, and the configuration expects one: the gateway refuses to start`,
      'Mount its file system, or restore a backup; for a new register: [data] expect = "anything"',
    ],
    ko: ({ path }) => [
      `${path} 폴더에 설정이 기대하는 방문 기록부가 없어 게이트웨이가 시작을 거부합니다`,
      '파일 시스템을 마운트하거나 백업을 복원하십시오. 새로 만들려면: [data] expect = "anything"',
    ],
  }),
  /** `name`: of the file system. */
  'data.in-memory': finding<OnFileSystem>({
    severity: 'fail',
    en: ({ path, name }) => [
      `${path} is on ${name}: the register is lost when the machine, or its container, restarts`,
      'Put data_dir on a disk; in a container on a volume',
    ],
    ko: ({ path, name }) => [
      `${path} 폴더가 ${name}에 있어 서버나 컨테이너를 다시 시작하면 방문 기록부가 없어집니다`,
      'data_dir을 디스크에, 컨테이너라면 볼륨에 두십시오',
    ],
  }),
  'data.on-network': finding<OnFileSystem>({
    severity: 'warn',
    en: ({ path, name }) => [
      `${path} is on ${name}: locks and syncs may not hold there, and another machine keeps the octets`,
      'Put data_dir on a disk of this machine (ext4, XFS)',
    ],
    ko: ({ path, name }) => [
      `${path} 폴더가 ${name}에 있어 잠금과 동기화가 지켜지지 않을 수 있고, 다른 서버가 내용을 보관합니다`,
      'data_dir을 이 서버의 디스크(ext4, XFS)에 두십시오',
    ],
  }),
  'data.copied-on-write': finding<OnFileSystem>({
    severity: 'warn',
    en: ({ path, name }) => [
      `${path} is on ${name}, which writes an overwritten key elsewhere and keeps the old one for a while`,
      'Put data_dir on ext4 or XFS, or wrap the keys by a master key (cipher.master); make no snapshots of it',
    ],
    ko: ({ path, name }) => [
      `${path} 폴더가 ${name}에 있어 덮어쓴 키가 다른 자리에 쓰이고 옛 키가 한동안 남습니다`,
      'data_dir을 ext4나 XFS에 두거나 마스터 키(cipher.master)로 키를 감싸십시오. 스냅숏은 만들지 마십시오',
    ],
  }),
  'data.hidden': finding<Path>({
    severity: 'note',
    en: ({ path }) => [`this user may not look into ${path}`, asRoot.en],
    ko: ({ path }) => [`이 사용자는 ${path} 폴더를 볼 권한이 없습니다`, asRoot.ko],
  }),
  'data.mode': finding<Path>({
    severity: 'fail',
    en: ({ path }) => [`other users can reach ${path}: the gateway refuses it`, `Run: chmod 700 ${path}`],
    ko: ({ path }) => [
      `다른 사용자가 ${path} 폴더에 접근할 수 있어 게이트웨이가 거부합니다`,
      `실행: chmod 700 ${path}`,
    ],
  }),
  'data.owner': finding<UsersPath>({
    severity: 'fail',
    en: ({ path, user }) => [`user ${user} may not write to ${path}`, `Run: chown -R ${user}: ${path}`],
    ko: ({ path, user }) => [
      `${user} 사용자가 ${path} 폴더에 쓸 수 없습니다`,
      `실행: chown -R ${user}: ${path}`,
    ],
  }),
  /** `files`: names within `path`. */
  'data.files-owner': finding<{ path: string; files: string }>({
    severity: 'fail',
    en: ({ path, files }) => [
      `files in ${path} do not belong to its owner, so the gateway does not open them: ${files}`,
      `Run: chown -R --reference=${path} ${path}`,
    ],
    ko: ({ path, files }) => [
      `${path} 폴더의 소유자 것이 아닌 파일이 있어 게이트웨이가 열지 않습니다: ${files}`,
      `실행: chown -R --reference=${path} ${path}`,
    ],
  }),
  'data.private': finding<UsersPath>({
    severity: 'ok',
    en: ({ path, user }) => `only ${user} can reach ${path}`,
    ko: ({ path, user }) => `${path} 폴더는 ${user} 사용자만 접근할 수 있습니다`,
  }),
  'keyring.hidden': finding({
    severity: 'note',
    en: () => ['this user may not look at the keyring', asRoot.en],
    ko: () => ['이 사용자는 키링을 볼 권한이 없습니다', asRoot.ko],
  }),
  'keyring.missing': finding<Path>({
    severity: 'fail',
    en: ({ path }) => [
      `there is a register, but its keyring ${path} is missing: no row can be read`,
      'Put the file back, or correct key_file',
    ],
    ko: ({ path }) => [
      `방문 기록부는 있으나 키링 ${path} 파일이 없어 어떤 행도 읽을 수 없습니다`,
      '파일을 되돌려 놓거나 key_file을 바로잡으십시오',
    ],
  }),
  'keyring.mode': finding<Path>({
    severity: 'fail',
    en: ({ path }) => [`other users can reach the keyring ${path}`, `Run: chmod 600 ${path}`],
    ko: ({ path }) => [`다른 사용자가 키링 ${path} 파일에 접근할 수 있습니다`, `실행: chmod 600 ${path}`],
  }),
  'keyring.owner': finding<UsersPath>({
    severity: 'fail',
    en: ({ path, user }) => [`user ${user} may not use the keyring ${path}`, `Run: chown ${user}: ${path}`],
    ko: ({ path, user }) => [
      `${user} 사용자가 키링 ${path} 파일을 쓸 수 없습니다`,
      `실행: chown ${user}: ${path}`,
    ],
  }),
  'keyring.alone': finding<Path>({
    severity: 'note',
    en: ({ path }) => [
      `there is a keyring ${path}, but no register`,
      'If a register was lost, put it back before the gateway starts; otherwise there is nothing to do',
    ],
    ko: ({ path }) => [
      `키링 ${path} 파일은 있으나 방문 기록부가 없습니다`,
      '방문 기록부를 잃은 것이면 게이트웨이를 시작하기 전에 되돌려 놓으십시오. 아니면 할 일이 없습니다',
    ],
  }),
  'keyring.private': finding<{ user: string }>({
    severity: 'ok',
    en: ({ user }) => `only ${user} can read the keyring`,
    ko: ({ user }) => `키링은 ${user} 사용자만 읽을 수 있습니다`,
  }),
  'disk.full': finding<Room>({
    severity: 'fail',
    en: ({ free_mib, path }) => [`only ${room(free_mib)} are free for ${path}`, makeRoom.en],
    ko: ({ free_mib, path }) => [`${path}에 ${room(free_mib)}밖에 남지 않았습니다`, makeRoom.ko],
  }),
  'disk.low': finding<Room>({
    severity: 'warn',
    en: ({ free_mib, path }) => [`only ${room(free_mib)} are free for ${path}`, makeRoom.en],
    ko: ({ free_mib, path }) => [`${path}에 ${room(free_mib)}밖에 남지 않았습니다`, makeRoom.ko],
  }),
  'disk.room': finding<Room>({
    severity: 'ok',
    en: ({ free_mib, path }) => `${room(free_mib)} are free for ${path}`,
    ko: ({ free_mib, path }) => `${path}에 ${room(free_mib)}가 남아 있습니다`,
  }),
  'audit.intact': finding({
    severity: 'ok',
    en: () => 'the audit log is intact',
    ko: () => '감사 기록이 온전합니다',
  }),
  'audit.findings': finding<{ findings: number }>({
    severity: 'fail',
    en: ({ findings }) => [
      `the audit log has ${counted(findings, 'finding')}`,
      'Keep the files as they are, and run: visitlog audit verify',
    ],
    ko: ({ findings }) => [
      `감사 기록에 이상이 ${formatCount(findings)}건 있습니다`,
      '파일을 그대로 두고 실행하십시오: visitlog audit verify',
    ],
  }),
  'audit.no-system-log': finding({
    severity: 'note',
    en: () => [
      'this machine has no log at /dev/log: the anchors of the audit log have no copy that visitlog cannot change',
      'Start systemd-journald or a syslog service',
    ],
    ko: () => [
      '이 서버에는 /dev/log 로그가 없어, visitlog가 바꿀 수 없는 감사 기록 앵커의 사본이 남지 않습니다',
      'systemd-journald나 syslog 서비스를 켜십시오',
    ],
  }),
  'memory.no-swap': finding({
    severity: 'ok',
    en: () => 'memory of the gateway is not swapped to a disk',
    ko: () => '게이트웨이의 메모리가 디스크로 스왑되지 않습니다',
  }),
  'memory.swap': finding<{ swaps: string }>({
    severity: 'note',
    en: ({ swaps }) => [
      `memory may be swapped to ${swaps}: numbers and keys with it`,
      'Set MemorySwapMax=0 in the unit, or encrypt the swap',
    ],
    ko: ({ swaps }) => [
      `메모리가 ${swaps}에 스왑되면 번호와 키도 함께 기록될 수 있습니다`,
      '유닛에 MemorySwapMax=0을 지정하거나 스왑을 암호화하십시오',
    ],
  }),
  'memory.no-core': finding({
    severity: 'ok',
    en: () => 'a crash leaves no memory image',
    ko: () => '비정상 종료해도 메모리 덤프가 남지 않습니다',
  }),
  'memory.core': finding({
    severity: 'note',
    en: () => [
      'a crash may leave an image of its memory on disk: numbers and keys with it',
      'Set LimitCORE=0 in the unit',
    ],
    ko: () => [
      '비정상 종료하면 번호와 키가 든 메모리 덤프가 디스크에 남을 수 있습니다',
      '유닛에 LimitCORE=0을 지정하십시오',
    ],
  }),
  'modem-manager.absent': finding({
    severity: 'ok',
    en: () => 'ModemManager is not installed',
    ko: () => 'ModemManager가 설치되어 있지 않습니다',
  }),
  'modem-manager.kept-off': finding({
    severity: 'ok',
    en: () => 'ModemManager leaves the modem alone, by a rule',
    ko: () => 'ModemManager가 모뎀을 쓰지 않도록 설정되어 있습니다',
  }),
  /** `pid`: null if it does not run. */
  'modem-manager.probes': finding<{ line: string; usb: string; pid: number | null; rule: string }>({
    severity: ({ pid }) => (pid === null ? 'warn' : 'fail'),
    en: ({ line, usb, pid, rule }) => [
      pid === null
        ? `ModemManager is installed and, once it runs, will disturb the modem of ${line} (${usb})`
        : `ModemManager runs (pid ${pid}) and will disturb the modem of ${line} (${usb})`,
      `Write ${rule} into ${rulesFile} and plug the modem in again; or, if nothing else needs ModemManager: systemctl mask --now ModemManager`,
    ],
    ko: ({ line, usb, pid, rule }) => [
      pid === null
        ? `ModemManager가 설치되어 있어, 실행되면 ${line} 회선의 모뎀(${usb})을 방해합니다`
        : `ModemManager(pid ${pid})가 실행 중이어서 ${line} 회선의 모뎀(${usb})을 방해합니다`,
      `${rulesFile} 파일에 ${rule} 줄을 추가하고 모뎀을 다시 꽂으십시오. ModemManager를 쓰는 곳이 없으면: systemctl mask --now ModemManager`,
    ],
  }),
  /** `name`: null if the modem does not report its own. */
  'modem.storage-mode': finding<{ name: string | null; usb: string; socket: string }>({
    severity: 'fail',
    en: ({ name, usb, socket }) => [
      `${name ?? 'a modem'} (${usb}, socket ${socket}) shows itself as a disk and has no ports`,
      'Install usb-modeswitch with its data, then plug the modem in again',
    ],
    ko: ({ name, usb, socket }) => [
      `모뎀이 디스크로 인식되어 포트가 없습니다: ${name ?? '이름 없음'}(${usb}, 소켓 ${socket})`,
      'usb-modeswitch와 그 데이터를 설치하고 모뎀을 다시 꽂으십시오',
    ],
  }),
  'runtime.version': finding<{ version: string }>({
    severity: 'ok',
    en: ({ version }) => `Node.js ${version}`,
    ko: ({ version }) => `Node.js 버전: ${version}`,
  }),
  'runtime.old': finding<{ version: string; oldest: string }>({
    severity: 'fail',
    en: ({ version, oldest }) => [
      `Node.js ${version} is older than ${oldest}`,
      'Install a newer one, or the package that brings its own',
    ],
    ko: ({ version, oldest }) => [
      `Node.js ${version} 버전은 ${oldest}보다 오래되었습니다`,
      '최신 버전을 설치하거나 실행 환경이 포함된 패키지를 쓰십시오',
    ],
  }),
  'gateway.unseen': finding({
    severity: 'note',
    en: () => ['this user may not see whether the gateway is running', asRoot.en],
    ko: () => ['이 사용자는 게이트웨이가 실행 중인지 볼 권한이 없습니다', asRoot.ko],
  }),
  'gateway.stopped': finding({
    severity: 'note',
    en: () => 'the gateway is not running',
    ko: () => '게이트웨이가 실행 중이 아닙니다',
  }),
  'gateway.running': finding<{ pid: number }>({
    severity: 'ok',
    en: ({ pid }) => `the gateway is running (pid ${pid})`,
    ko: ({ pid }) => `게이트웨이가 실행 중입니다(pid ${pid})`,
  }),
  'unit.missing': finding({
    severity: 'warn',
    en: () => [
      'there is no visitlog.service: nothing starts the gateway with the machine',
      'Install the unit, then: systemctl enable --now visitlog',
    ],
    ko: () => [
      'visitlog.service가 없어 서버가 켜질 때 게이트웨이가 시작되지 않습니다',
      '유닛을 설치하고 실행: systemctl enable --now visitlog',
    ],
  }),
  'unit.user-missing': finding<{ unit: string; user: string }>({
    severity: 'fail',
    en: ({ unit, user }) => [
      `${unit} names user ${user}, who does not exist`,
      `Run: useradd --system --no-create-home --groups dialout ${user}`,
    ],
    ko: ({ unit, user }) => [
      `${unit}에 지정된 ${user} 사용자가 없습니다`,
      `실행: useradd --system --no-create-home --groups dialout ${user}`,
    ],
  }),
  'unit.disabled': finding<{ unit: string }>({
    severity: 'warn',
    en: ({ unit }) => [
      `${unit} is not enabled: it does not start with the machine`,
      'Run: systemctl enable visitlog',
    ],
    ko: ({ unit }) => [
      `${unit} 유닛이 사용으로 설정되지 않아 서버가 켜질 때 시작되지 않습니다`,
      '실행: systemctl enable visitlog',
    ],
  }),
  'unit.enabled': finding({
    severity: 'ok',
    en: () => 'visitlog.service starts with the machine',
    ko: () => 'visitlog.service는 서버가 켜질 때 시작됩니다',
  }),
  'line.none': finding({
    severity: 'fail',
    en: () => [
      'no line is configured: the gateway has nothing to receive with',
      'Find the modem with visitlog lines --probe, and write a [[line]] with its port',
    ],
    ko: () => [
      '회선이 설정되어 있지 않아 게이트웨이가 문자를 받을 수 없습니다',
      'visitlog lines --probe로 모뎀을 찾아 [[line]]에 port를 지정하십시오',
    ],
  }),
};
