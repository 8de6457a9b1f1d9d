import type { KoreanErrors } from '../errors/korean-errors.ts';
import { lineFindings } from './line-findings.ts';

const asRoot = 'root로 doctor를 실행하십시오';
const makeRoom = '자리를 만드십시오. 디스크가 가득 차면 문자는 모뎀에 남고, 모뎀도 가득 차게 됩니다';
const keepOff =
  '/etc/udev/rules.d/77-visitlog.rules 파일에 {rule} 줄을 적고 모뎀을 다시 꽂으십시오. ModemManager를 쓰는 곳이 없으면: systemctl mask --now ModemManager';
const setClock = '실행: timedatectl set-ntp true. 폐쇄망에서는 timesyncd.conf에 내부 시각 서버를 적으십시오';

/** What doctor finds, in Korean: the message, and as `hint` what to do. */
export const doctorFindings: KoreanErrors = {
  'clock.wrong': {
    message: '시계의 날짜가 틀립니다: {date}',
    hint: '날짜를 맞추고 시각 서버를 정하십시오. 그러지 않으면 기록이 엉뚱한 때에 파기됩니다',
  },
  'clock.kept': [
    { message: '시계를 맞추는 서비스: {service}' },
    { message: '시계가 시각 서버와 맞춰져 있습니다' },
  ],
  'clock.free': { message: '장비가 켜진 뒤로 시계를 맞춘 서비스가 없습니다', hint: setClock },
  'clock.stale': { message: '시계를 마지막으로 맞춘 지 {days}일이 지났습니다', hint: setClock },
  'data.missing': { message: '{path} 폴더가 아직 없습니다. 게이트웨이가 만듭니다' },
  'data.hidden': { message: '이 사용자는 {path} 폴더를 살펴볼 수 없습니다', hint: asRoot },
  'data.mode': {
    message: '다른 사용자가 {path} 폴더에 접근할 수 있어 게이트웨이가 거부합니다',
    hint: '실행: chmod 700 {path}',
  },
  'data.owner': {
    message: '{user} 사용자가 {path} 폴더에 쓸 수 없습니다',
    hint: '실행: chown -R {user}: {path}',
  },
  'data.private': { message: '{path} 폴더는 {user} 사용자만 씁니다' },
  'keyring.hidden': { message: '이 사용자는 키링을 살펴볼 수 없습니다', hint: asRoot },
  'keyring.missing': {
    message: '방문 기록부는 있는데 키링 {path} 파일이 없어 아무 행도 읽을 수 없습니다',
    hint: '파일을 제자리에 되돌려 놓거나 key_file을 바로잡으십시오',
  },
  'keyring.mode': {
    message: '다른 사용자가 키링 {path} 파일에 접근할 수 있습니다',
    hint: '실행: chmod 600 {path}',
  },
  'keyring.owner': {
    message: '{user} 사용자가 키링 {path} 파일을 쓸 수 없습니다',
    hint: '실행: chown {user}: {path}',
  },
  'keyring.alone': {
    message: '키링 {path} 파일은 있는데 방문 기록부가 없습니다',
    hint: '방문 기록부를 잃은 것이면 게이트웨이를 시작하기 전에 되돌려 놓으십시오. 아니면 할 일이 없습니다',
  },
  'keyring.private': { message: '키링은 {user} 사용자만 씁니다' },
  'disk.full': { message: '{path}에 {free_mib, number} MiB밖에 남지 않았습니다', hint: makeRoom },
  'disk.low': { message: '{path}에 {free_mib, number} MiB밖에 남지 않았습니다', hint: makeRoom },
  'disk.room': { message: '{path}에 {free_mib, number} MiB가 남아 있습니다' },
  'memory.no-swap': { message: '게이트웨이의 메모리가 디스크로 스왑되지 않습니다' },
  'memory.swap': {
    message: '메모리가 {swaps}에 스왑되면 번호와 키도 함께 쓰일 수 있습니다',
    hint: '유닛에 MemorySwapMax=0을 적거나 스왑을 암호화하십시오',
  },
  'memory.no-core': { message: '비정상 종료해도 메모리 덤프가 남지 않습니다' },
  'memory.core': {
    message: '비정상 종료하면 번호와 키가 든 메모리 덤프가 디스크에 남을 수 있습니다',
    hint: '유닛에 LimitCORE=0을 적으십시오',
  },
  'modem-manager.absent': { message: 'ModemManager가 설치되어 있지 않습니다' },
  'modem-manager.kept-off': { message: 'ModemManager가 모뎀을 건드리지 않도록 되어 있습니다' },
  'modem-manager.probes': [
    {
      when: { pid: null },
      message: 'ModemManager가 설치되어 있어, 돌기 시작하면 {line} 회선의 모뎀({usb})을 방해합니다',
      hint: keepOff,
    },
    {
      message: 'ModemManager(pid {pid})가 돌고 있어 {line} 회선의 모뎀({usb})을 방해합니다',
      hint: keepOff,
    },
  ],
  'modem.storage-mode': {
    message: '모뎀이 디스크로 잡혀 포트가 없습니다: {name}({usb}, 소켓 {socket})',
    hint: 'usb-modeswitch와 그 데이터를 설치하고 모뎀을 다시 꽂으십시오',
  },
  'runtime.version': { message: 'Node.js {version}' },
  'runtime.old': {
    message: 'Node.js {version} 버전은 {oldest}보다 오래되었습니다',
    hint: '새것을 설치하거나 실행 환경이 함께 든 패키지를 쓰십시오',
  },
  'gateway.unseen': {
    message: '이 사용자는 게이트웨이가 돌고 있는지 볼 수 없습니다',
    hint: asRoot,
  },
  'gateway.stopped': { message: '게이트웨이가 돌고 있지 않습니다' },
  'gateway.running': { message: '게이트웨이가 돌고 있습니다(pid {pid})' },
  'unit.missing': {
    message: 'visitlog.service가 없어 장비가 켜질 때 게이트웨이가 시작되지 않습니다',
    hint: '유닛을 설치하고 실행: systemctl enable --now visitlog',
  },
  'unit.user-missing': {
    message: '{unit}에 적힌 {user} 사용자가 없습니다',
    hint: '실행: useradd --system --no-create-home --groups dialout {user}',
  },
  'unit.disabled': {
    message: '{unit} 유닛이 켜져 있지 않아 장비가 켜질 때 시작되지 않습니다',
    hint: '실행: systemctl enable visitlog',
  },
  'unit.enabled': { message: 'visitlog.service는 장비가 켜질 때 시작됩니다' },
  'line.none': {
    message: '회선이 설정되어 있지 않아 게이트웨이가 받을 곳이 없습니다',
    hint: 'visitlog lines --probe로 모뎀을 찾아 [[line]]에 port를 적으십시오',
  },
  ...lineFindings,
};
