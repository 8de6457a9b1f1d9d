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
};
