import { bilingual } from '../bilingual.ts';

/** The frame of the command line: what stands before every command, and the headings of help. */
export const programWords = bilingual({
  en: {
    description: 'A visitor register that works by text message.',
    usage: 'Usage:',
    options: 'Options:',
    commands: 'Commands:',
    arguments: 'Arguments:',
    someOptions: '[options]',
    someCommand: '[command]',
    version: 'show the version',
    help: 'show help',
    helpCommand: 'show the help of a command',
    config: 'configuration (else $VISITLOG_CONFIG, /etc/visitlog/visitlog.toml)',
    lang: 'language of what people read (else the locale)',
    debug: 'show where an error arose',
    choices: (values: string) => `one of: ${values}`,
    after: '\nExample:\n  visitlog demo',
    default: (value: string) => `default: ${value}`,
  },
  ko: {
    description: '문자 메시지로 남기는 방문 기록부.',
    usage: '사용법:',
    options: '옵션:',
    commands: '명령:',
    arguments: '인수:',
    someOptions: '[옵션]',
    someCommand: '[명령]',
    version: '버전 표시',
    help: '도움말 표시',
    helpCommand: '명령의 도움말 표시',
    config: '설정 파일 (없으면 $VISITLOG_CONFIG, /etc/visitlog/visitlog.toml)',
    lang: '표시할 언어 (없으면 로캘에 따름)',
    debug: '오류가 발생한 위치를 표시',
    choices: (values) => `선택: ${values}`,
    after: '\n예:\n  visitlog demo',
    default: (value) => `기본값: ${value}`,
  },
});

/** What is asked at a terminal. */
export const askWords = bilingual({
  en: {
    typeWord: (word: string) => `Type "${word}" to go on: `,
    /** What is typed to go on, by the word in English, which is accepted too. */
    confirmations: {} as Readonly<Record<string, string>>,
    visitor: "The visitor's number: ",
    unplanned: (place: number | null) =>
      `${place === null ? 'the number' : `number ${place}`} is of no numbering plan: it is looked for as it stands; check it`,
  },
  ko: {
    typeWord: (word) => `계속하려면 '${word}' 입력: `,
    confirmations: {
      assign: '지정',
      cancel: '취소',
      discard: '삭제',
      erase: '삭제',
      reassign: '변경',
      remove: '해제',
      replace: '교체',
      resize: '변경',
      unassign: '취소',
      undo: '되돌리기',
    },
    visitor: '방문자의 전화번호: ',
    unplanned: (place) =>
      `${place === null ? '입력한 번호는' : `${place}번째 번호는`} 번호 체계에 없어 입력한 그대로 찾습니다. 번호를 확인하십시오`,
  },
});

/** The line that says why a command failed, around the error itself. */
export const failureWords = bilingual({
  en: {
    error: 'error',
    explain: (code: string) => `visitlog explain ${code}`,
    internal: 'This is a fault in visitlog itself; --debug shows where.',
  },
  ko: {
    error: '오류',
    explain: (code) => `자세히: visitlog explain ${code}`,
    internal: '이것은 visitlog 자체의 결함입니다. --debug를 붙이면 어디인지 보입니다.',
  },
});

export const explainWords = bilingual({
  en: {
    id: 'the id in brackets in an error, a finding or the log; without it, all pages are listed',
    json: 'one JSON object a line',
    event: (levels: string, fields: string) =>
      `An event of the log (${levels})${fields === '' ? '' : `; fields: ${fields}`}.`,
    help: '\nExample:\n  visitlog explain keyring.missing',
  },
  ko: {
    id: '오류, 점검 결과, 로그의 대괄호 안에 있는 이름. 생략하면 설명이 있는 것을 모두 표시',
    json: '한 줄에 JSON 객체 하나씩',
    event: (levels, fields) => `로그 이벤트(${levels})${fields === '' ? '' : `, 필드: ${fields}`}.`,
    help: '\n예:\n  visitlog explain keyring.missing',
  },
});

export const completionWords = bilingual({
  en: {
    shell: 'the shell that is to complete',
    help: `
For this shell only; the package installs it for everyone:
  source <(visitlog completion bash)
  source <(visitlog completion zsh)
  visitlog completion fish | source

Example:
  visitlog completion bash`,
  },
  ko: {
    shell: '자동 완성을 쓸 셸',
    help: `
지금 셸에서만 쓸 때 (패키지를 설치하면 모두에게 적용됨):
  source <(visitlog completion bash)
  source <(visitlog completion zsh)
  visitlog completion fish | source

예:
  visitlog completion bash`,
  },
});

const example = 'visitlog decode 07912180958729F6040B911614171777F700009930925161958003C16010';

export const decodeWords = bilingual({
  en: {
    pdu: 'PDUs in hexadecimal; without any, lines of standard input',
    length: 'the TPDU length that the modem announced',
    noSmsc: 'the PDU is a bare TPDU, without the service centre address before it',
    after: `\nExample:\n  ${example}`,
  },
  ko: {
    pdu: '16진수 PDU. 생략하면 표준 입력의 각 줄',
    length: '모뎀이 알린 TPDU 길이',
    noSmsc: '앞에 서비스 센터 주소가 없는 TPDU만 있는 PDU',
    after: `\n예:\n  ${example}`,
  },
});

export const runWords = bilingual({
  en: { after: '\nExample:\n  visitlog --config /etc/visitlog/visitlog.toml run' },
  ko: { after: '\n예:\n  visitlog --config /etc/visitlog/visitlog.toml run' },
});

/** What each command does, in a line. */
export const summaries = bilingual({
  en: {
    run: 'the gateway, in the foreground',
    demo: 'the gateway on a simulated modem, with visitors texting: no hardware, no configuration',
    simulate: 'the simulated modem alone, on a TCP port of this machine',
    status: 'whether the gateway is well: lines, texts, register, next sweep, disk',
    setup: 'a guided start: finds the modem, asks, writes the configuration, waits for a first text',
    lines: 'the modems found on this machine',
    doctor: 'check this machine for what will go wrong',
    ingest: 'take texts that another program brings, one JSON object a line',
    export: 'visits in a window of time, by venue or all',
    trace: "a confirmed case's visits, and everyone who was there within a margin",
    lookup: "one number's texts of the last days, and what became of each",
    counts: 'how many visits, by place, day and hour: numbers only',
    audit: 'who looked at what, and whether the audit log is intact',
    venue: 'the places: register, import from a list, remove, give a code',
    unresolved: 'texts that name no place: list, show, assign to a place, discard',
    notices: 'texts that are not from visitors: list, show',
    waiting: 'long texts that are not whole, direct texts that the register refused: list, show',
    erase: "remove one visitor's records at their request",
    sweep: 'destroy what has expired, now',
    keyring: 'the file with the keys of the hours',
    backup: 'a copy of the database as it is now, without its keys, while the gateway runs',
    restore: 'put a backup in the place of the register, which is kept aside',
    move: 'move the register, its keys and the configuration to another machine',
    central: 'the central register of many gateways: make it, ask how it is',
    check: 'check that database, keyring and audit log are intact and agree',
    prove: 'show on this machine that expired records cannot be brought back',
    explain: 'the page of an error, a finding or an event, offline',
    decode: 'show what is in SMS PDUs, one JSON object a line',
    config: 'the configuration: whether it is right, and which values count',
    completion: 'a script that completes commands, lines and places at a TAB',
  },
  ko: {
    run: '게이트웨이를 포그라운드에서 실행',
    demo: '모의 모뎀으로 게이트웨이 시연: 장비도 설정도 필요 없음',
    simulate: '모의 모뎀만 이 서버의 TCP 포트에서 실행',
    status: '게이트웨이가 정상인지: 회선, 문자, 방문 기록부, 다음 파기, 디스크',
    setup: '처음 설정 안내: 모뎀을 찾고, 묻고, 설정을 저장하고, 첫 문자를 기다림',
    lines: '이 서버에서 찾은 모뎀',
    doctor: '이 서버에서 문제가 될 만한 것을 점검',
    ingest: '다른 프로그램이 가져오는 문자를 JSON 한 줄씩 기록',
    export: '기간 안의 방문 기록을 장소별로 또는 전부 내보내기',
    trace: '확진자의 방문과 그 전후에 그곳에 있던 사람',
    lookup: '한 번호가 최근 보낸 문자와 처리 결과',
    counts: '장소별, 날짜별, 시간대별 방문 수. 개인정보 없음',
    audit: '누가 무엇을 조회했는지, 그 기록이 온전한지',
    venue: '장소 등록, 목록에서 가져오기, 등록 해제, 코드 발급',
    unresolved: '장소 미확인 문자: 목록, 보기, 장소 지정, 삭제',
    notices: '방문자의 문자가 아닌 알림: 목록, 보기',
    waiting: '다 오지 않은 긴 문자와 방문 기록부가 거부한 직접 전달 문자: 목록, 보기',
    erase: '방문자 본인의 요청으로 그 사람의 기록을 삭제',
    sweep: '보관 기간이 지난 기록을 지금 파기',
    keyring: '시간별 암호 키를 담은 파일',
    backup: '게이트웨이 실행 중에 키를 뺀 데이터베이스 사본 만들기',
    restore: '백업을 방문 기록부로 되돌림. 쓰던 방문 기록부는 따로 보관',
    move: '방문 기록부와 키, 설정을 다른 서버로 옮기기',
    central: '여러 게이트웨이의 중앙 기록부: 만들기, 상태 보기',
    check: '데이터베이스, 키링, 감사 기록이 온전하고 서로 맞는지 검사',
    prove: '파기된 기록을 복구할 수 없음을 이 서버에서 증명',
    explain: '오류, 점검 결과, 로그 이벤트의 설명 보기 (인터넷 불필요)',
    decode: 'SMS PDU의 내용을 한 줄에 JSON 하나씩 표시',
    config: '설정이 올바른지, 어떤 값이 적용되는지',
    completion: '셸의 자동 완성 스크립트 (명령, 회선, 장소)',
  },
});

export type CommandName = keyof (typeof summaries)['en'];
