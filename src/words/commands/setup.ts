import { bilingual } from '../bilingual.ts';

export const setupWords = bilingual({
  en: {
    options: {
      port: 'the modem: imei:…, a device, or tcp://host:port (a serial server, or visitlog simulate)',
      number: 'the number that receives the texts',
      areaCode: 'the area code that visitors may leave out; else that of the number',
      timeZone: 'else Asia/Seoul',
      name: 'which line is set up; a new name adds one',
      pinFile: "a file with the SIM's PIN, which nobody else can read",
      contact: 'whom visitors can ask, printed on posters',
      role: 'gives accounts a role: masked=lee, reveal=kim,park, manage=…, audit=…; may be repeated',
      yes: 'ask nothing; what is not given stays as it is',
      noStart: 'write the configuration, and start nothing',
      wait: 'how long to wait for a first text; with --yes 120s unless given',
      noWait: 'do not wait for a first text',
    },
    help: `
Run it with sudo. Ctrl-C leaves everything as it was; a second run shows what is
configured, and asks only for what is missing or to be changed.
Exit 4: set up, but no text came in time.

Examples:
  sudo visitlog setup
  sudo visitlog setup --port tcp://127.0.0.1:7000 --number 031-324-2900 --yes --no-start
  sudo visitlog setup --role reveal=kim,park --role audit=han --yes --no-wait`,
    choice: 'Number',
    oneOf: (most: number) => `Type a number from 1 to ${most}.`,
    welcome: 'Setting up visitlog. Enter takes the value in [brackets]; Ctrl-C leaves everything as it was.',
    configured: (file: string) => `Configured in ${file}:`,
    noNumber: '(no number)',
    place: (areaCode: string, zone: string) => `area code ${areaCode}, time zone ${zone}`,
    contactIs: (contact: string) => `posters: ${contact}`,
    pinIn: (file: string) => `PIN in ${file}`,
    numberMissing: (line: string) => `The receiving number of ${line} is missing.`,
    whichLine: 'Which line?',
    whatNext: 'What next?',
    nextSteps: [
      'start the gateway and wait for a text',
      'change a line',
      'add a line (another modem)',
      'change area code, time zone or contact',
      'give officers their roles',
      'end',
    ],
    looking: 'Looking for modems …',
    none: 'no modem answers on this machine',
    labels: { sim: 'SIM card', network: 'network', signal: 'signal', storage: 'storage' },
    sims: {
      ready: 'ready',
      pin: 'asks for its PIN',
      'not-ready': 'not ready yet',
      absent: 'NO SIM in the modem',
      failed: 'FAILS or is blocked',
      other: 'LOCKED (PUK, or by a network)',
      unknown: 'not known yet',
    },
    tries: (left: number) => `${left} ${left === 1 ? 'try' : 'tries'} left`,
    unknown: 'not known yet',
    playsDisk: (name: string) => `${name} shows itself as a disk: install usb-modeswitch, and look again`,
    ours: (name: string, line: string) => `${name} is in use: the gateway has it as ${line}`,
    isLine: (title: string, line: string) => `${title}: ${line} has it`,
    free: (name: string) => `have ModemManager leave ${name} alone permanently, and look again`,
    taken: (name: string, by: string) => `${name} is taken by ${by}: stop that program, and look again`,
    silent: (name: string) => `${name} does not answer: plug it in again, and look again`,
    whichModem: 'Which modem?',
    take: (title: string) => `this one: ${title}`,
    keepModem: (port: string) => `as it is: ${port}`,
    again: 'look again',
    byHand: 'another port (a serial server, a device)',
    port: 'Port (tcp://host:port, /dev/…, imei:…)',
    wrongPort: 'Type a device, tcp://host:port, or imei: and 15 digits.',
    noModemAt: (port: string) => `no modem answers at ${port}`,
    receiving: 'Number that receives the texts (such as 031-324-2900)',
    wrongNumber: 'That is not a Korean telephone number; type it whole, with its area code.',
    areaCode: 'Area code that visitors may leave out',
    wrongAreaCode: 'An area code is 02, 031 to 033, 041 to 044, 051 to 055 or 061 to 064.',
    timeZone: 'Time zone',
    wrongZone: 'Type a name such as Asia/Seoul.',
    contact: 'Whom visitors can ask, printed on posters (Enter: nobody)',
    wrongContact: 'Type one line of at most 80 characters.',
    pinWanted: 'The SIM asks for its PIN. The gateway tries it once, never a second time.',
    pinTriesLow: (left: number) =>
      `Only ${left} of 3 tries left: the gateway will spend none. Enter the PIN in a phone first.`,
    pinWasRefused:
      'The SIM has refused the PIN on file. Enter the right one in a phone first, which restores its tries; then type it here.',
    pinThere: (file: string) => `A PIN is on file: ${file}`,
    keepOrNew: ['keep it', 'another PIN'],
    pin: 'PIN (not shown)',
    wrongPin: 'A PIN has four to eight digits.',
    officersNow: 'Officers use the register with their own accounts. Who may do what?',
    nowOrLater: ['say it now', 'later: visitlog setup'],
    officers: 'For each role the names of accounts, with spaces between; Enter adds nobody.',
    whoMay: {
      masked: 'Call centre, desk: masked lists, one caller’s texts',
      reveal: 'Epidemiological officers: whole numbers, traces, erasures',
      manage: 'Places, posters, codes',
      audit: 'Privacy officers: who looked at what',
    },
    wrongAccounts: 'Type names of accounts of this machine, such as: kim park',
    granted: (account: string, role: string, group: string) =>
      `${account} has the role ${role} (group ${group}) from the next command on`,
    goingToWrite: (file: string) => `To be written to ${file}:`,
    isItRight: 'Is this right?',
    rightOrNot: ['yes, write it', 'no, ask again', 'no, end without writing'],
    fileHead:
      '# Written by visitlog setup. Every key and its meaning: visitlog config show, visitlog.example.toml.',
    written: (file: string) => `Written and checked: ${file}`,
    unchanged: (file: string) => `Nothing to change in ${file}`,
    rule: (file: string) => `The modem has a permanent name, and ModemManager leaves it alone: ${file}`,
    allowed: (address: string) => `The service may reach ${address}, and no other address.`,
    allowByHand:
      'The service has no network yet: name the serial server’s address in\n' +
      '/etc/systemd/system/visitlog.service.d/serial-server.conf (an example is in /usr/share/doc/visitlog).',
    startNow: 'Start the gateway now?',
    yesOrNo: ['yes', 'no'],
    takeOverNow: 'The gateway is running. Let it take the changes over now?',
    takeOverLater: (command: string) =>
      `The gateway goes on as it was. Let it take the changes over when you like: ${command}`,
    startLater: (command: string) => `Start it when you like: ${command}`,
    waiting: (number: string, seconds: number | null) =>
      `Now text a place's telephone number, such as 031-324-2114, to ${number}.\n` +
      (seconds === null
        ? 'Waiting for it; Ctrl-C ends the waiting.'
        : `Waiting for it, ${seconds} s at most.`),
    aVisit: 'a visit',
    noVisit: '(kept; it names no place)',
    firstVisit: 'The first visit is in the register.',
    noText: 'No text came. Is the number right, and the SIM its own? See: visitlog doctor',
    leftWaiting: 'Stopped waiting.',
    goesOn: 'The gateway keeps running. Its state: visitlog status',
    runItself: (command: string) => `Nothing is running now. Run it: ${command}`,
  },
  ko: {
    options: {
      port: '모뎀: imei:…, 장치, 또는 tcp://호스트:포트(시리얼 서버나 visitlog simulate)',
      number: '수신번호',
      areaCode: '방문자가 생략해도 되는 지역번호. 없으면 수신번호의 지역번호',
      timeZone: '없으면 Asia/Seoul',
      name: '설정할 회선. 새 이름이면 회선을 추가함',
      pinFile: '다른 사용자가 읽을 수 없는 SIM PIN 파일',
      contact: '안내문에 표시할 문의처',
      role: '계정에 역할 부여: masked=lee, reveal=kim,park, manage=…, audit=…. 여러 번 지정할 수 있음',
      yes: '묻지 않음. 지정하지 않은 것은 바꾸지 않음',
      noStart: '설정만 저장하고 시작하지 않음',
      wait: '첫 문자를 기다리는 시간. --yes이면 지정하지 않는 한 120s',
      noWait: '첫 문자를 기다리지 않음',
    },
    help: `
sudo로 실행하십시오. Ctrl-C를 누르면 아무것도 바뀌지 않으며, 다시 실행하면 설정된
것을 보여 주고 빠졌거나 바꿀 것만 묻습니다.
종료 코드 4: 설정은 끝났으나 기다리는 동안 문자가 오지 않음.

예:
  sudo visitlog setup
  sudo visitlog setup --port tcp://127.0.0.1:7000 --number 031-324-2900 --yes --no-start
  sudo visitlog setup --role reveal=kim,park --role audit=han --yes --no-wait`,
    choice: '번호',
    oneOf: (most) => `1에서 ${most}까지의 번호를 입력하십시오.`,
    welcome:
      'visitlog를 설정합니다. Enter를 누르면 [괄호] 안의 값을 쓰고, Ctrl-C를 누르면 아무것도 바뀌지 않습니다.',
    configured: (file) => `'${file}' 파일의 설정:`,
    noNumber: '(번호 없음)',
    place: (areaCode, zone) => `지역번호 ${areaCode}, 시간대 ${zone}`,
    contactIs: (contact) => `안내문 문의처: ${contact}`,
    pinIn: (file) => `PIN 파일: ${file}`,
    numberMissing: (line) => `'${line}' 회선의 수신번호가 없습니다.`,
    whichLine: '어느 회선입니까?',
    whatNext: '무엇을 하시겠습니까?',
    nextSteps: [
      '게이트웨이를 시작하고 문자 기다리기',
      '회선 바꾸기',
      '회선 추가(다른 모뎀)',
      '지역번호, 시간대, 문의처 바꾸기',
      '담당자에게 역할 부여',
      '끝내기',
    ],
    looking: '모뎀을 찾는 중 …',
    none: '이 서버에서 응답하는 모뎀이 없습니다',
    labels: { sim: 'SIM 카드', network: '통신망', signal: '신호', storage: '저장 공간' },
    sims: {
      ready: '준비됨',
      pin: 'PIN을 요구함',
      'not-ready': '아직 준비되지 않음',
      failed: '고장이거나 차단됨',
      absent: '모뎀에 SIM 없음',
      other: '잠김(PUK 또는 통신사 잠금)',
      unknown: '아직 알 수 없음',
    },
    tries: (left) => `${left}번 남음`,
    unknown: '아직 모름',
    playsDisk: (name) => `${name}: 디스크로 인식되었습니다. usb-modeswitch를 설치하고 다시 찾으십시오`,
    ours: (name, line) => `${name}: 게이트웨이가 '${line}' 회선으로 쓰는 중`,
    isLine: (title, line) => `${title}: '${line}' 회선의 모뎀`,
    free: (name) => `ModemManager가 '${name}' 모뎀을 쓰지 못하게 하고 다시 찾기`,
    taken: (name, by) => `${name}: '${by}' 프로그램이 쓰는 중입니다. 멈추고 다시 찾으십시오`,
    silent: (name) => `${name}: 응답하지 않습니다. 뺐다 꽂고 다시 찾으십시오`,
    whichModem: '어느 모뎀입니까?',
    take: (title) => `이 모뎀: ${title}`,
    keepModem: (port) => `지금 모뎀 유지: ${port}`,
    again: '다시 찾기',
    byHand: '다른 포트(시리얼 서버, 장치)',
    port: '포트 (tcp://호스트:포트, /dev/…, imei:…)',
    wrongPort: '장치 경로, tcp://호스트:포트, 또는 imei:와 숫자 15자리를 입력하십시오.',
    noModemAt: (port) => `'${port}'에서 응답하는 모뎀이 없습니다`,
    receiving: '수신번호 (예: 031-324-2900)',
    wrongNumber: '국내 전화번호가 아닙니다. 지역번호까지 모두 입력하십시오.',
    areaCode: '방문자가 생략해도 되는 지역번호',
    wrongAreaCode: '지역번호는 02, 031~033, 041~044, 051~055, 061~064입니다.',
    timeZone: '시간대',
    wrongZone: 'Asia/Seoul과 같은 이름을 입력하십시오.',
    contact: '안내문에 표시할 문의처 (Enter: 없음)',
    wrongContact: '80자까지 한 줄로 입력하십시오.',
    pinWanted: 'SIM이 PIN을 요구합니다. 게이트웨이는 한 번만 시도하고 다시 시도하지 않습니다.',
    pinTriesLow: (left) =>
      `3번 가운데 ${left}번만 남아 게이트웨이가 시도하지 않습니다. 먼저 전화기에서 PIN을 입력하십시오.`,
    pinWasRefused:
      'SIM이 파일의 PIN을 거부했습니다. 먼저 전화기에서 올바른 PIN을 입력해 기회를 되돌린 뒤 여기에 입력하십시오.',
    pinThere: (file) => `PIN 파일이 있습니다: ${file}`,
    keepOrNew: ['유지', '다른 PIN'],
    pin: 'PIN (보이지 않음)',
    wrongPin: 'PIN은 숫자 4~8자리입니다.',
    officersNow: '담당자는 각자의 계정으로 방문 기록부를 씁니다. 누가 무엇을 할 수 있습니까?',
    nowOrLater: ['지금 지정', '나중에: visitlog setup'],
    officers: '역할마다 계정 이름을 띄어서 입력하십시오. Enter를 누르면 아무도 추가하지 않습니다.',
    whoMay: {
      masked: '콜센터, 창구: 번호를 가린 목록, 문의한 번호의 문자',
      reveal: '역학조사관: 번호 전체, 추적, 삭제',
      manage: '장소, 안내문, 코드',
      audit: '개인정보 보호 담당자: 누가 무엇을 보았는지',
    },
    wrongAccounts: '이 서버의 계정 이름을 입력하십시오. 예: kim park',
    granted: (account, role, group) => `'${account}' 계정은 다음 명령부터 ${role} 역할입니다(그룹 ${group})`,
    goingToWrite: (file) => `'${file}' 파일에 저장할 내용:`,
    isItRight: '맞습니까?',
    rightOrNot: ['예, 저장', '아니요, 다시 묻기', '아니요, 저장하지 않고 끝내기'],
    fileHead: '# visitlog setup이 만든 파일. 모든 키와 그 뜻: visitlog config show, visitlog.example.toml',
    written: (file) => `저장하고 검사했습니다: ${file}`,
    unchanged: (file) => `'${file}' 파일에서 바꿀 것이 없습니다`,
    rule: (file) => `모뎀에 바뀌지 않는 이름을 부여했고 ModemManager가 쓰지 않습니다: ${file}`,
    allowed: (address) => `서비스는 ${address} 주소에만 접속할 수 있습니다.`,
    allowByHand:
      '서비스는 아직 네트워크를 쓸 수 없습니다. 시리얼 서버의 주소를\n' +
      '/etc/systemd/system/visitlog.service.d/serial-server.conf 파일에 지정하십시오(예는 /usr/share/doc/visitlog에 있음).',
    startNow: '지금 게이트웨이를 시작할까요?',
    yesOrNo: ['예', '아니요'],
    takeOverNow: '게이트웨이가 실행 중입니다. 바뀐 설정을 지금 적용할까요?',
    takeOverLater: (command) =>
      `게이트웨이는 이전 설정대로 실행 중입니다. 바뀐 설정을 적용하려면: ${command}`,
    startLater: (command) => `시작하려면: ${command}`,
    waiting: (number, seconds) =>
      `이제 ${number} 번호로 장소의 전화번호(예: 031-324-2114)를 문자로 보내십시오.\n` +
      (seconds === null
        ? '기다리는 중입니다. Ctrl-C를 누르면 그만 기다립니다.'
        : `${seconds}초까지 기다립니다.`),
    aVisit: '방문',
    noVisit: '(보관함. 장소 미확인)',
    firstVisit: '첫 방문이 기록되었습니다.',
    noText: '문자가 오지 않았습니다. 번호와 SIM이 맞는지 확인하십시오: visitlog doctor',
    leftWaiting: '더 기다리지 않습니다.',
    goesOn: '게이트웨이는 계속 실행 중입니다. 상태 확인: visitlog status',
    runItself: (command) => `지금은 아무것도 실행 중이 아닙니다. 실행하려면: ${command}`,
  },
});

export type SetupWords = (typeof setupWords)['en'];
