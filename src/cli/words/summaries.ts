import { bilingual } from './bilingual.ts';

/** What each command does, in a line. */
export const summaries = bilingual({
  en: {
    run: 'the gateway, in the foreground',
    demo: 'the gateway on a simulated modem, with visitors texting: no hardware, no configuration',
    simulate: 'the simulated modem alone, on a TCP port of this machine',
    status: 'is the gateway well: lines, texts, register, next sweep, disk',
    lines: 'the modems found on this machine',
    doctor: 'look at this machine for what will go wrong',
    export: 'visits in a window of time, by venue or all',
    counts: 'how many visits, by place, day and hour: numbers only',
    audit: 'who looked at what, and is the record of it whole',
    venue: 'the places: register, import from a list, remove, give a code',
    erase: "remove one visitor's records at their request",
    sweep: 'remove what is past its time, now',
    keyring: 'the file with the keys of the hours',
    backup: 'a copy of the database as it is now, without its keys, while the gateway runs',
    check: 'are database, keyring and audit log whole and at one',
    prove: 'show on this machine that what has expired cannot be brought back',
    explain: 'the page of an error, a finding or an event, offline',
    decode: 'show what is in SMS PDUs, one JSON object a line',
    config: 'the configuration: is it right, and what counts',
  },
  ko: {
    run: '게이트웨이를 포그라운드에서 실행',
    demo: '모의 모뎀으로 게이트웨이 시연: 장비도 설정도 필요 없음',
    simulate: '모의 모뎀만 이 장비의 TCP 포트에서 실행',
    status: '게이트웨이가 정상인지: 회선, 문자, 기록부, 다음 파기, 디스크',
    lines: '이 장비에서 찾은 모뎀',
    doctor: '이 장비에서 문제가 될 만한 것을 점검',
    export: '기간 안의 방문 기록을 장소별로 또는 전부 내보내기',
    counts: '장소별, 날짜별, 시간대별 방문 수. 개인정보 없음',
    audit: '누가 무엇을 조회했는지, 그 기록이 온전한지',
    venue: '장소 등록, 목록에서 가져오기, 등록 해제, 코드 발급',
    erase: '방문자 본인의 요청으로 그 사람의 기록을 삭제',
    sweep: '보관 기간이 지난 기록을 지금 파기',
    keyring: '시간별 암호 키를 담은 파일',
    backup: '게이트웨이가 도는 동안 키를 뺀 데이터베이스 사본 만들기',
    check: '데이터베이스, 키링, 감사 기록이 온전하고 서로 맞는지 검사',
    prove: '파기된 기록을 되살릴 수 없음을 이 장비에서 증명',
    explain: '오류, 점검 결과, 로그 이벤트의 설명 보기 (인터넷 불필요)',
    decode: 'SMS PDU의 내용을 한 줄에 JSON 하나씩 표시',
    config: '설정이 올바른지, 어떤 값이 적용되는지',
  },
});

export type CommandName = keyof (typeof summaries)['en'];
