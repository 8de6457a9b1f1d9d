import type { WrongPortReason } from '../../modem/port/foreign-peer.ts';
import type { Bilingual } from '../bilingual.ts';
import { wrongPortRemedies } from '../port-errors.ts';
import { finding } from './finding.ts';

const asRoot = { en: 'Run doctor as root', ko: 'root로 doctor를 실행하십시오' };
const startGateway = { en: 'Start the gateway: it empties it', ko: '게이트웨이를 시작하면 비웁니다' };
const inPhone = {
  en: 'Enter the PIN in a phone, or switch its query off there: the gateway tries only while 3 tries are left',
  ko: '휴대전화에서 PIN을 입력하거나 PIN 확인을 끄십시오. 게이트웨이는 기회가 세 번 남았을 때만 시도합니다',
};

/** How often the PIN may be tried still; null: not known. */
interface Tries {
  readonly tries: number | null;
}

const triesLeft = {
  en: ({ tries }: Tries) =>
    tries === null ? '' : `, ${tries === 1 ? '1 try is' : `${tries} tries are`} left`,
  ko: ({ tries }: Tries) => (tries === null ? '' : `(남은 기회 ${tries}번)`),
};

/** Texts in a memory of the modem; `memory`: null if it has no name. */
interface Memory {
  readonly memory: string | null;
  readonly used: number;
  readonly total: number;
}

const holds = {
  en: ({ memory, used, total }: Memory) => `${memory ?? 'the memory'} holds ${used} of ${total} texts`,
  ko: ({ memory, used, total }: Memory) =>
    `${memory === null ? '' : `${memory} `}저장 공간에 문자가 ${total}건 가운데 ${used}건 들어 있습니다`,
};

interface Signal {
  /** 0 to 31. */
  readonly signal: number;
  readonly dbm: number;
}

/** What is at a port that is the wrong one; `heard`: the first line that it said, or null. */
const wrongPorts: Readonly<Record<WrongPortReason, Bilingual<(heard: string | null) => string>>> = {
  'port.not-modem': {
    en: (heard) => `something else than a modem talks there: "${heard}"`,
    ko: (heard) => `모뎀이 아닌 것이 응답합니다: "${heard}"`,
  },
  'port.echo': {
    en: () => 'what is written there comes back, and nothing else',
    ko: () => '보낸 것이 그대로 돌아올 뿐입니다',
  },
  'port.closes': {
    en: () => 'it closes as soon as it is opened, without a word',
    ko: () => '열자마자 아무 응답 없이 닫힙니다',
  },
};

/** What doctor finds of a line's modem, its SIM and its network. */
export const modemFindings = {
  'gateway.receiving': finding({
    severity: 'ok',
    en: () => 'the gateway receives on this line',
    ko: () => '게이트웨이가 이 회선으로 받고 있습니다',
  }),
  'gateway.not-receiving': finding<{ state: string; reason: string | null }>({
    severity: 'warn',
    en: ({ state, reason }) => [
      `the gateway does not receive on this line: ${state}${reason === null ? '' : ` (${reason})`}`,
      'See what it tries next: visitlog status',
    ],
    ko: ({ state, reason }) => [
      `게이트웨이가 이 회선으로 받지 못하고 있습니다: ${state}${reason === null ? '' : `(${reason})`}`,
      '다음에 무엇을 시도하는지 보십시오: visitlog status',
    ],
  }),
  'carrier.answers': finding<{ port: string }>({
    severity: 'ok',
    en: ({ port }) => `the carrier at ${port} lets the line bind`,
    ko: ({ port }) => `통신사(${port})가 이 회선의 접속(bind)을 받아들입니다`,
  }),
  'ingest.by-itself': finding({
    severity: 'note',
    en: () => [
      'no gateway serves the line: visitlog ingest takes its texts into the register itself',
      'Start the gateway: without one nothing expires, and no status says whether texts come.',
    ],
    ko: () => [
      '이 회선을 쓰는 게이트웨이가 없어 visitlog ingest가 직접 기록합니다',
      '게이트웨이를 시작하십시오. 없으면 지난 기록이 파기되지 않고 문자가 오는지 상태로 알 수 없습니다.',
    ],
  }),
  'carrier.unasked': finding({
    severity: 'note',
    en: () => [
      'the password is a credential of the service, so only the gateway can bind',
      'Start the gateway, and see: visitlog status',
    ],
    ko: () => [
      '비밀번호가 서비스의 credential이라 게이트웨이만 접속(bind)할 수 있습니다',
      '게이트웨이를 시작하고 확인하십시오: visitlog status',
    ],
  }),
  'carrier.no-right': finding<{ path: string; user: string }>({
    severity: 'fail',
    en: ({ path, user }) => [
      `user ${user} may not read the password file ${path}`,
      `Run: chown ${user}: ${path}`,
    ],
    ko: ({ path, user }) => [
      `${user} 사용자가 비밀번호 파일을 읽을 수 없습니다: ${path}`,
      `실행: chown ${user}: ${path}`,
    ],
  }),
  'carrier.refuses': finding<{ port: string; code: string }>({
    severity: 'fail',
    en: ({ port, code }) => [
      `the line cannot bind to the carrier at ${port} (${code})`,
      `Do what its page says: visitlog explain ${code}`,
    ],
    ko: ({ port, code }) => [
      `통신사(${port})에 접속(bind)할 수 없습니다(${code})`,
      `설명대로 하십시오: visitlog explain ${code}`,
    ],
  }),
  'modem.in-use': finding({
    severity: 'note',
    en: () => [
      'the modem was not asked: the gateway is using it; whether notifications arrive is not known either',
      'Stop the gateway and run doctor again to have its SIM and network looked at',
    ],
    ko: () => [
      '게이트웨이가 쓰고 있어 모뎀에 묻지 않았습니다. 통지가 오는지도 여기서는 알 수 없습니다',
      'SIM과 통신망을 점검하려면 게이트웨이를 멈추고 doctor를 다시 실행하십시오',
    ],
  }),
  'modem.silent': finding({
    severity: 'fail',
    en: () => [
      'the port opens, but no modem answers there',
      'Another port of the same modem may: visitlog lines --probe. If none does, plug it in again',
    ],
    ko: () => [
      '포트는 열리지만 응답하는 모뎀이 없습니다',
      '같은 모뎀의 다른 포트일 수 있습니다: visitlog lines --probe. 아니면 모뎀을 다시 꽂으십시오',
    ],
  }),
  'port.not-modem': wrongPort('port.not-modem'),
  'port.echo': wrongPort('port.echo'),
  'port.closes': wrongPort('port.closes'),
  'modem.answers': finding<{ modem: string }>({
    severity: 'ok',
    en: ({ modem }) => `${modem} answers`,
    ko: ({ modem }) => `모뎀이 응답합니다: ${modem}`,
  }),
  'modem.unopened': finding<{ why: 'disk' } | { why: 'locked' | 'server' | 'other'; code: string }>({
    severity: 'fail',
    en: (facts) => {
      if (facts.why === 'disk') return ['there is no modem with ports', 'Switch its mode'];
      const fixes = {
        locked: 'Another program has locked it: stop that program, or plug the modem in again',
        server: 'Check that the serial server is on, and its address and port',
        other: 'Plug the modem in again; if it stays so, try another socket or cable',
      };
      return [`the port does not open (${facts.code})`, fixes[facts.why]];
    },
    ko: (facts) => {
      if (facts.why === 'disk') return ['포트가 있는 모뎀이 없습니다', '모뎀의 모드를 바꾸십시오'];
      const fixes = {
        locked: '다른 프로그램이 잠갔습니다. 그 프로그램을 멈추거나 모뎀을 다시 꽂으십시오',
        server: '시리얼 서버가 켜져 있는지, 주소와 포트가 맞는지 확인하십시오',
        other: '모뎀을 다시 꽂으십시오. 계속되면 다른 소켓이나 케이블을 써 보십시오',
      };
      return [`포트가 열리지 않습니다(${facts.code})`, fixes[facts.why]];
    },
  }),
  'modem.not-asked': finding<{ code: string }>({
    severity: 'note',
    en: ({ code }) => [
      `the modem was not asked: this user may not see or open its port (${code})`,
      asRoot.en,
    ],
    ko: ({ code }) => [`이 사용자가 포트를 보거나 열 수 없어 모뎀에 묻지 않았습니다(${code})`, asRoot.ko],
  }),
  'sim.ready': finding({
    severity: 'ok',
    en: () => 'the SIM is there and unlocked',
    ko: () => 'SIM이 꽂혀 있고 잠겨 있지 않습니다',
  }),
  'sim.absent': finding({
    severity: 'fail',
    en: () => ['there is no SIM in the modem', 'Put it in, contacts first, and run again'],
    ko: () => ['모뎀에 SIM이 없습니다', '접점 쪽부터 꽂고 다시 실행하십시오'],
  }),
  'sim.not-ready': finding({
    severity: 'warn',
    en: () => ['the SIM is not ready yet', 'Wait a minute and run again; if it stays so, reseat the SIM'],
    ko: () => [
      'SIM이 아직 준비되지 않았습니다',
      '1분 뒤 다시 실행하고, 그래도 안 되면 SIM을 다시 꽂으십시오',
    ],
  }),
  'sim.locked': finding({
    severity: 'fail',
    en: () => [
      'the SIM is locked by its PUK, or by a network',
      'Unlock it in a phone with the PUK of the contract, then put it back',
    ],
    ko: () => [
      'SIM이 PUK로 또는 통신사에 의해 잠겨 있습니다',
      '휴대전화에 꽂아 계약서의 PUK로 푼 뒤 되돌려 꽂으십시오',
    ],
  }),
  'sim.pin-tries-low': finding<{ tries: number }>({
    severity: 'fail',
    en: (facts) => [`the SIM requires its PIN${triesLeft.en(facts)}`, inPhone.en],
    ko: (facts) => [`SIM이 PIN을 요구합니다${triesLeft.ko(facts)}`, inPhone.ko],
  }),
  'sim.pin-wanted': finding<Tries>({
    severity: 'fail',
    en: (facts) => [
      `the SIM requires its PIN${triesLeft.en(facts)}, and no file has it`,
      'Name a file with [[line]] pin_file, or switch the query off in a phone',
    ],
    ko: (facts) => [
      `SIM이 PIN을 요구하는데${triesLeft.ko(facts)} PIN 파일이 없습니다`,
      '[[line]] pin_file에 파일을 지정하거나, 휴대전화에서 PIN 확인을 끄십시오',
    ],
  }),
  'sim.pin-on-file': finding<Tries>({
    severity: 'note',
    en: (facts) =>
      `the SIM requires its PIN${triesLeft.en(facts)}; the gateway will try the one on file once`,
    ko: (facts) => `SIM이 PIN을 요구합니다${triesLeft.ko(facts)}. 게이트웨이가 파일의 PIN을 한 번 시도합니다`,
  }),
  'storage.full': finding<Memory>({
    severity: 'fail',
    en: ({ memory, used, total }) => [
      `${memory ?? 'the memory'} is full (${used} of ${total}): no text arrives`,
      startGateway.en,
    ],
    ko: ({ memory, used, total }) => [
      `${memory === null ? '' : `${memory} `}저장 공간이 가득 차(${total}건 가운데 ${used}건) 문자가 오지 않습니다`,
      startGateway.ko,
    ],
  }),
  'storage.filling': finding<Memory>({
    severity: 'warn',
    en: (facts) => [holds.en(facts), startGateway.en],
    ko: (facts) => [holds.ko(facts), startGateway.ko],
  }),
  'storage.room': finding<Memory>({ severity: 'ok', en: holds.en, ko: holds.ko }),
  'radio.off': finding<{ functionality: number }>({
    severity: 'fail',
    en: ({ functionality }) => [
      `the radio is switched off (+CFUN: ${functionality})`,
      'Start the gateway: it switches it on; if it stays off, plug the modem in again',
    ],
    ko: ({ functionality }) => [
      `무선이 꺼져 있습니다(+CFUN: ${functionality})`,
      '게이트웨이를 시작하면 켭니다. 그래도 꺼져 있으면 모뎀을 다시 꽂으십시오',
    ],
  }),
  'network.registered': finding<{ operator: string | null; way: 'home' | 'guest' | 'ims' }>({
    severity: 'ok',
    en: ({ operator, way }) =>
      `registered with ${operator ?? 'a network'}${{ home: '', guest: ', roaming', ims: '; texts come over the IMS' }[way]}`,
    ko: ({ operator, way }) => {
      const network = operator === null ? '통신망' : `${operator} 통신망`;
      if (way === 'guest') return `${network}에 로밍으로 등록되어 있습니다`;
      return `${network}에 등록되어 있습니다${way === 'ims' ? '. 문자는 IMS로 옵니다' : ''}`;
    },
  }),
  'network.no-texts': finding<{ operator: string | null }>({
    severity: 'warn',
    en: ({ operator }) => [
      `registered with ${operator ?? 'a network'} for LTE data only: texts may not reach the modem`,
      'Text the number. If nothing arrives: ask the operator for texts without VoLTE (SMS over SGs), or switch the IMS on in the modem',
    ],
    ko: ({ operator }) => [
      `${operator === null ? '' : `${operator} 통신망에 `}LTE 데이터로만 등록되어 있어 문자가 오지 않을 수 있습니다`,
      '이 번호로 문자를 보내 보십시오. 오지 않으면 통신사에 VoLTE 없는 문자(SGs)를 요청하거나 모뎀의 IMS를 켜십시오',
    ],
  }),
  'network.denied': finding({
    severity: 'fail',
    en: () => [
      'the network refuses this SIM',
      'Ask the operator whether the SIM is active, paid for, and allowed in this kind of device',
    ],
    ko: () => [
      '통신망이 이 SIM을 거부합니다',
      'SIM이 개통되었는지, 요금이 밀리지 않았는지, 이런 장치에 쓸 수 있는지 통신사에 물으십시오',
    ],
  }),
  'network.unknown': finding({
    severity: 'warn',
    en: () => ['the modem does not say whether it is registered', 'Run again in a minute'],
    ko: () => ['모뎀이 통신망에 등록되었는지 알려 주지 않습니다', '1분 뒤 다시 실행하십시오'],
  }),
  /** `hears`: the modem measures a signal. */
  'network.none': finding<{ searching: boolean; hears: boolean }>({
    severity: 'fail',
    en: ({ searching, hears }) => [
      searching
        ? 'not registered: the modem is searching for its network'
        : 'not registered, and the modem is not searching',
      hears
        ? 'Wait a minute after plugging in; then check that the SIM is active'
        : 'There is no signal: check antenna and place; some networks have no 2G or 3G any more',
    ],
    ko: ({ searching, hears }) => [
      searching
        ? '등록되지 않았습니다. 모뎀이 통신망을 찾고 있습니다'
        : '등록되지 않았고, 모뎀이 통신망을 찾지도 않습니다',
      hears
        ? '꽂은 뒤 1분 기다리고, 그래도 안 되면 SIM이 개통되었는지 확인하십시오'
        : '신호가 전혀 없습니다. 안테나와 위치를 확인하십시오. 2G나 3G가 없어진 통신망도 있습니다',
    ],
  }),
  'network.weak': finding<Signal>({
    severity: 'warn',
    en: ({ signal, dbm }) => [
      `the signal is weak: ${signal} of 31 (${dbm} dBm)`,
      'Move the modem or give it an antenna',
    ],
    ko: ({ signal, dbm }) => [
      `신호가 약합니다: 31단계 가운데 ${signal} (${dbm} dBm)`,
      '모뎀을 옮기거나 안테나를 다십시오',
    ],
  }),
  'network.signal': finding<Signal>({
    severity: 'ok',
    en: ({ signal, dbm }) => `signal ${signal} of 31 (${dbm} dBm)`,
    ko: ({ signal, dbm }) => `신호: 31단계 가운데 ${signal} (${dbm} dBm)`,
  }),
};

/** Something else than a modem is at the port. `heard`: its first line, digits masked; null if there was none. */
function wrongPort(reason: WrongPortReason) {
  return finding<{ heard: string | null }>({
    severity: 'fail',
    en: ({ heard }) => [wrongPorts[reason].en(heard), wrongPortRemedies[reason].en],
    ko: ({ heard }) => [wrongPorts[reason].ko(heard), wrongPortRemedies[reason].ko],
  });
}
