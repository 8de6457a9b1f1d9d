import { finding } from './finding.ts';

/** What doctor finds of a central register. */
export const centralFindings = {
  'central.answers': finding<{ host: string }>({
    severity: 'ok',
    en: ({ host }) => `the central register at ${host} takes writes, and lets this host log in`,
    ko: ({ host }) => `중앙 기록부(${host})가 쓰기를 받고, 이 서버의 로그인을 받아들입니다`,
  }),
  'central.unasked': finding({
    severity: 'note',
    en: () => [
      'the central register was not asked: only the account of the gateway can log in',
      'Start the gateway, and see: visitlog status',
    ],
    ko: () => [
      '중앙 기록부에 묻지 않았습니다. 게이트웨이의 계정만 로그인할 수 있습니다',
      '게이트웨이를 시작하고 확인하십시오: visitlog status',
    ],
  }),
  'central.no-file-right': finding<{ path: string; user: string }>({
    severity: 'fail',
    en: ({ path, user }) => [`user ${user} may not read ${path}`, `Run: chown ${user}: ${path}`],
    ko: ({ path, user }) => [
      `${user} 사용자가 파일을 읽을 수 없습니다: ${path}`,
      `실행: chown ${user}: ${path}`,
    ],
  }),
  /** `minutes`: since the copy was known to be the latest. */
  'central.places': finding<{ places: number; minutes: number }>({
    severity: 'ok',
    en: ({ places, minutes }) =>
      `this site has ${places} places of the central register, as of ${minutes} min ago`,
    ko: ({ places, minutes }) => `중앙 기록부의 장소 ${places}개가 있습니다(${minutes}분 전 기준)`,
  }),
  /** `minutes`: null if there is no copy. */
  'central.places-old': finding<{ places: number; minutes: number | null }>({
    severity: 'warn',
    en: ({ places, minutes }) => [
      minutes === null
        ? 'this site has no copy of the places of the central register yet'
        : `the copy of the places of the central register is ${minutes} min old (${places} places)`,
      'Start the gateway, and see that it reaches the central register: visitlog status',
    ],
    ko: ({ places, minutes }) => [
      minutes === null
        ? '중앙 기록부의 장소 사본이 아직 없습니다'
        : `중앙 기록부의 장소 사본이 ${minutes}분 전 것입니다(장소 ${places}개)`,
      '게이트웨이를 시작하고 중앙 기록부에 닿는지 확인하십시오: visitlog status',
    ],
  }),
  'central.places-here': finding<{ places: number }>({
    severity: 'warn',
    en: ({ places }) => [
      `${places} places were registered on this site, and the central register does not have them so`,
      'Offer them, and take them over on a register host: visitlog central adopt',
    ],
    ko: ({ places }) => [
      `이 서버에만 등록되어 있고 중앙 기록부에는 없는 장소가 ${places}개입니다`,
      '이 서버에서 내놓고 보유 호스트에서 받아들이십시오: visitlog central adopt',
    ],
  }),
  /** `of`: a server or a holder; empty if it is about the register as a whole. */
  'central.refuses': finding<{ code: string; of: string; isDown: boolean }>({
    severity: ({ isDown }) => (isDown ? 'fail' : 'warn'),
    en: ({ code, of }) => [
      `the central register is not well${of === '' ? '' : `: ${of}`} (${code})`,
      `Do what its page says: visitlog explain ${code}`,
    ],
    ko: ({ code, of }) => [
      `중앙 기록부가 정상이 아닙니다${of === '' ? '' : `: ${of}`} (${code})`,
      `설명대로 하십시오: visitlog explain ${code}`,
    ],
  }),
  'central.pins': finding<{ holders: string }>({
    severity: 'ok',
    en: ({ holders }) =>
      `what is published in the name of ${holders} is signed by the key that is pinned here`,
    ko: ({ holders }) => `${holders} 이름으로 공개된 키의 서명이 여기에 지정된 고정 키와 맞습니다`,
  }),
  'central.pin-wrong': finding<{ holder: string }>({
    severity: 'fail',
    en: ({ holder }) => [
      `what is published in the name of ${holder} is not signed by the key that is pinned here: nothing is sealed to it`,
      'Compare the pin with what `visitlog central holder` prints there; if they agree, find out who writes to the database.',
    ],
    ko: ({ holder }) => [
      `${holder} 이름으로 공개된 키의 서명이 여기에 지정된 고정 키와 다릅니다. 그 키로는 아무것도 암호화하지 않습니다`,
      '그 서버의 `visitlog central holder`가 출력하는 고정 키와 비교하고, 같으면 누가 데이터베이스에 쓰는지 알아내십시오.',
    ],
  }),
  'central.pin-silent': finding<{ holder: string }>({
    severity: 'warn',
    en: ({ holder }) => [
      `the register host ${holder} is pinned here and has published no key`,
      'Start visitlog there; or take its pin out of central.holders if it does not exist any more.',
    ],
    ko: ({ holder }) => [
      `여기에 고정 키가 지정된 보유 호스트 ${holder}에서 공개한 키가 없습니다`,
      '그 서버의 visitlog를 시작하십시오. 없어진 서버라면 central.holders에서 그 고정 키를 지우십시오.',
    ],
  }),
  'central.holders-unnamed': finding<{ holders: string }>({
    severity: 'warn',
    en: ({ holders }) => [
      `register hosts that are not in central.holders here: ${holders}. They cannot read what this host adds`,
      'Add their pins, if they are yours: `visitlog central holder` prints them there.',
    ],
    ko: ({ holders }) => [
      `여기의 central.holders에 없는 보유 호스트: ${holders}. 이 서버가 추가하는 기록을 읽을 수 없습니다`,
      '직접 운영하는 서버라면 고정 키를 추가하십시오. 그 서버의 `visitlog central holder`가 출력합니다.',
    ],
  }),
  'holder.keys': finding<{ name: string; hours: number }>({
    severity: 'ok',
    en: ({ name, hours }) => `the register host ${name} has its key, and secrets of ${hours} hours`,
    ko: ({ name, hours }) => `보유 호스트 ${name}의 키와 ${hours}시간의 비밀이 있습니다`,
  }),
  'holder.unpublished': finding<{ name: string }>({
    severity: 'warn',
    en: ({ name }) => [
      `the register host ${name}, this one, has published no key yet: nothing can be sealed to it`,
      'Start visitlog here: systemctl enable --now visitlog. If it runs, `visitlog status` says why.',
    ],
    ko: ({ name }) => [
      `이 보유 호스트 ${name}에서 아직 공개한 키가 없어 이 서버가 읽을 수 있게 암호화할 수 없습니다`,
      '여기서 visitlog를 시작하십시오: systemctl enable --now visitlog. 실행 중이면 `visitlog status`로 이유를 확인하십시오.',
    ],
  }),
  'holder.keys-refused': finding<{ name: string; code: string }>({
    severity: 'fail',
    en: ({ name, code }) => [
      `the keys of the register host ${name} cannot be used [${code}]`,
      `Its page says what to do: visitlog explain ${code}`,
    ],
    ko: ({ name, code }) => [
      `보유 호스트 ${name}의 키를 쓸 수 없습니다 [${code}]`,
      `해결 방법: visitlog explain ${code}`,
    ],
  }),
};
