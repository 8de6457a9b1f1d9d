import type { KoreanErrors } from '../errors/korean-errors.ts';

const asRoot = 'root로 doctor를 실행하십시오';
const pinFile = '[[line]] pin_file에 적거나, 휴대전화에서 PIN 확인을 끄십시오';
const inPhone =
  '휴대전화에서 PIN을 넣거나 PIN 확인을 끄십시오. 게이트웨이는 기회가 세 번 남았을 때만 시도합니다';
const byImei = 'port = "imei:…"를 쓰십시오. visitlog lines --probe가 IMEI를 보입니다';
const startGateway = '게이트웨이를 시작하면 비웁니다';

/** What doctor finds of a line: its port, PIN file, modem, SIM and network. */
export const lineFindings: KoreanErrors = {
  'port.missing': [
    {
      when: { elsewhere: true },
      message: '{port} 장치가 없습니다',
      hint: '모뎀이 다른 포트에 있습니다. visitlog lines로 확인하여 [[line]] port를 바로잡으십시오',
    },
    {
      message: '{port} 장치가 없습니다',
      hint: '모뎀을 꽂으십시오. 꽂혀 있다면 visitlog lines로 커널이 알아보는지 확인하십시오',
    },
  ],
  'port.no-terminal': {
    message: '{port} 파일은 시리얼 장치가 아닙니다',
    hint: '모뎀을 찾으십시오: visitlog lines',
  },
  'port.right': { message: '{user} 사용자가 {port} 장치를 열 수 있습니다' },
  'port.no-right': [
    {
      when: { by_group: true },
      message: '{user} 사용자가 {port} 장치를 열 수 없습니다',
      hint: '실행: usermod -aG {group} {user}. 그리고 게이트웨이를 다시 시작하십시오',
    },
    {
      message: '{user} 사용자가 {port} 장치를 열 수 없습니다',
      hint: 'udev 규칙으로 그 사용자의 그룹에 0660 권한을 주십시오',
    },
  ],
  'port.taken': [
    {
      when: { modem_manager: true },
      message: '{port} 장치를 다른 프로그램이 쓰고 있습니다: {names}',
      hint: 'ModemManager가 건드리지 않게 하십시오. 아래 modem-manager를 보십시오',
    },
    {
      message: '{port} 장치를 다른 프로그램이 쓰고 있습니다: {names}',
      hint: '그 프로그램(pid {pid})을 아주 멈추십시오. 둘이 읽으면 각각 절반씩만 받습니다',
    },
  ],
  'gateway.receiving': { message: '게이트웨이가 이 회선으로 받고 있으며, 그 말은 다음과 같습니다' },
  'gateway.not-receiving': [
    {
      message: '게이트웨이가 받지 못하고 있습니다: {state}({reason})',
      hint: '다음에 무엇을 해 보는지 보십시오: visitlog status',
    },
    {
      message: '게이트웨이가 받지 못하고 있습니다: {state}',
      hint: '다음에 무엇을 해 보는지 보십시오: visitlog status',
    },
  ],
  'port.in-use': { message: '게이트웨이가 {port} 장치를 열어 두었습니다(pid {pid})' },
  'port.free': { message: '{port} 장치를 열어 둔 프로그램이 없습니다' },
  'port.holders-unknown': {
    message:
      '{port} 장치를 누가 열어 두었는지 모릅니다. 살펴볼 수 없는 프로세스가 {hidden, number}개 있습니다',
    hint: asRoot,
  },
  'port.twins': [
    {
      message: '모뎀 두 개가 by-id에서 같은 이름을 써서, 이름의 주인이 바뀔 수 있습니다',
      hint: 'port = "{stable}" 또는 port = "imei:…"를 쓰십시오',
    },
    { message: '모뎀 두 개가 by-id에서 같은 이름을 써서, 이름의 주인이 바뀔 수 있습니다', hint: byImei },
  ],
  'port.unstable': [
    {
      message: '{port} 이름은 재시작한 뒤 다른 장치일 수 있습니다',
      hint: '설정에 적으십시오: port = "{stable}"',
    },
    { message: '{port} 이름은 재시작한 뒤 다른 장치일 수 있습니다', hint: byImei },
  ],
  'port.imei-not-found': {
    message: '설정한 IMEI로 대답하는 모뎀이 없습니다',
    hint: '어떤 모뎀이 있는지 보십시오: visitlog lines --probe',
  },
  'pin-file.hidden': { message: 'PIN 파일을 살펴볼 수 없습니다', hint: asRoot },
  'pin-file.missing': {
    message: 'PIN 파일이 없습니다: {path}',
    hint: '파일을 만들거나 pin_file을 바로잡으십시오',
  },
  'pin-file.no-right': {
    message: '{user} 사용자가 PIN 파일을 읽을 수 없습니다: {path}',
    hint: '실행: chown {user}: {path}',
  },
  'pin-file.mode': {
    message: '다른 사용자가 PIN 파일 {path}에 접근할 수 있습니다',
    hint: '실행: chmod 600 {path}',
  },
  'pin-file.private': { message: 'PIN 파일은 {user} 사용자만 씁니다' },
  'modem.in-use': {
    message: '게이트웨이가 쓰고 있어 모뎀에 묻지 않았습니다. 알림이 오는지도 여기서는 알 수 없습니다',
    hint: 'SIM과 망을 살펴보려면 게이트웨이를 멈추고 doctor를 다시 실행하십시오',
  },
  'modem.silent': {
    message: '포트는 열리지만 대답하는 모뎀이 없습니다',
    hint: '같은 모뎀의 다른 포트일 수 있습니다: visitlog lines --probe. 아니면 모뎀을 다시 꽂으십시오',
  },
  'modem.answers': { message: '모뎀이 대답합니다: {modem}' },
  'modem.unopened': [
    { when: { why: 'disk' }, message: '포트가 있는 모뎀이 없습니다', hint: '모뎀의 모드를 바꾸십시오' },
    {
      when: { why: 'locked' },
      message: '포트가 열리지 않습니다({code})',
      hint: '다른 프로그램이 잠갔습니다. 그것을 멈추거나 모뎀을 다시 꽂으십시오',
    },
    {
      when: { why: 'server' },
      message: '포트가 열리지 않습니다({code})',
      hint: '시리얼 서버가 켜져 있는지, 주소와 포트가 맞는지 확인하십시오',
    },
    {
      message: '포트가 열리지 않습니다({code})',
      hint: '모뎀을 다시 꽂으십시오. 계속되면 다른 소켓이나 케이블을 써 보십시오',
    },
  ],
  'modem.not-asked': {
    message: '이 사용자가 포트를 보거나 열 수 없어 모뎀에 묻지 않았습니다({code})',
    hint: asRoot,
  },
  'sim.ready': { message: 'SIM이 꽂혀 있고 열려 있습니다' },
  'sim.absent': {
    message: '모뎀에 SIM이 없습니다',
    hint: '접점 쪽부터 꽂고 다시 실행하십시오',
  },
  'sim.not-ready': {
    message: 'SIM이 아직 준비되지 않았습니다',
    hint: '1분 뒤 다시 실행하고, 그래도 안 되면 SIM을 다시 꽂으십시오',
  },
  'sim.locked': {
    message: 'SIM이 PUK로 또는 통신사에 의해 잠겨 있습니다',
    hint: '휴대전화에 꽂아 계약서의 PUK로 푼 뒤 되돌려 꽂으십시오',
  },
  'sim.pin-tries-low': { message: 'SIM이 PIN을 묻습니다. 남은 기회는 {tries}번입니다', hint: inPhone },
  'sim.pin-wanted': [
    { message: 'SIM이 PIN을 묻는데(남은 기회 {tries}번) PIN 파일이 없습니다', hint: pinFile },
    { message: 'SIM이 PIN을 묻는데 PIN 파일이 없습니다', hint: pinFile },
  ],
  'sim.pin-on-file': [
    { message: 'SIM이 PIN을 묻습니다(남은 기회 {tries}번). 게이트웨이가 파일의 PIN을 한 번 써 봅니다' },
    { message: 'SIM이 PIN을 묻습니다. 게이트웨이가 파일의 PIN을 한 번 써 봅니다' },
  ],
  'storage.full': [
    {
      message: '{memory} 저장소가 가득 차({total}건 가운데 {used}건) 문자가 오지 않습니다',
      hint: startGateway,
    },
    {
      message: '저장소가 가득 차({total}건 가운데 {used}건) 문자가 오지 않습니다',
      hint: startGateway,
    },
  ],
  'storage.filling': [
    { message: '{memory} 저장소에 문자가 {total}건 가운데 {used}건 들어 있습니다', hint: startGateway },
    { message: '저장소에 문자가 {total}건 가운데 {used}건 들어 있습니다', hint: startGateway },
  ],
  'storage.room': [
    { message: '{memory} 저장소에 문자가 {total}건 가운데 {used}건 들어 있습니다' },
    { message: '저장소에 문자가 {total}건 가운데 {used}건 들어 있습니다' },
  ],
  'radio.off': {
    message: '무선이 꺼져 있습니다(+CFUN: {functionality})',
    hint: '게이트웨이를 시작하면 켭니다. 그래도 꺼져 있으면 모뎀을 다시 꽂으십시오',
  },
  'network.registered': [
    { when: { way: 'guest' }, message: '{operator} 망에 로밍으로 등록되어 있습니다' },
    { when: { way: 'ims' }, message: '{operator} 망에 등록되어 있고 문자는 IMS로 옵니다' },
    { message: '{operator} 망에 등록되어 있습니다' },
    { when: { way: 'guest' }, message: '망에 로밍으로 등록되어 있습니다' },
    { when: { way: 'ims' }, message: '망에 등록되어 있고 문자는 IMS로 옵니다' },
    { message: '망에 등록되어 있습니다' },
  ],
  'network.no-texts': {
    message: 'LTE 데이터로만 등록되어 있어 문자가 올 길이 없을 수 있습니다',
    hint: '이 번호로 문자를 보내 보십시오. 오지 않으면 통신사에 VoLTE 없는 문자(SGs)를 요청하거나 모뎀의 IMS를 켜십시오',
  },
  'network.denied': {
    message: '망이 이 SIM을 거부합니다',
    hint: 'SIM이 개통되었는지, 요금이 밀리지 않았는지, 이런 장치에 쓸 수 있는지 통신사에 물으십시오',
  },
  'network.unknown': {
    message: '모뎀이 망에 등록되었는지 알려 주지 않습니다',
    hint: '1분 뒤 다시 실행하십시오',
  },
  'network.none': [
    {
      when: { searching: true, hears: true },
      message: '등록되지 않았습니다. 모뎀이 망을 찾고 있습니다',
      hint: '꽂은 뒤 1분 기다리고, 그래도 안 되면 SIM이 개통되었는지 확인하십시오',
    },
    {
      when: { searching: false, hears: true },
      message: '등록되지 않았고, 모뎀이 망을 찾지도 않습니다',
      hint: '꽂은 뒤 1분 기다리고, 그래도 안 되면 SIM이 개통되었는지 확인하십시오',
    },
    {
      when: { searching: true },
      message: '등록되지 않았습니다. 모뎀이 망을 찾고 있습니다',
      hint: '신호가 전혀 없습니다. 안테나와 자리를 확인하십시오. 2G나 3G가 없어진 망도 있습니다',
    },
    {
      message: '등록되지 않았고, 모뎀이 망을 찾지도 않습니다',
      hint: '신호가 전혀 없습니다. 안테나와 자리를 확인하십시오. 2G나 3G가 없어진 망도 있습니다',
    },
  ],
  'network.weak': {
    message: '신호가 약합니다: 31단계 가운데 {signal} ({dbm} dBm)',
    hint: '모뎀을 옮기거나 안테나를 다십시오',
  },
  'network.signal': { message: '신호: 31단계 가운데 {signal} ({dbm} dBm)' },
};
