import { bilingual } from '../bilingual.ts';

const initExample =
  'sudo -u postgres visitlog central init --gateway giheung=/var/lib/postgresql/giheung.password --holder a';
const holderExample = 'sudo visitlog central holder';
const statusExamples = `visitlog central status
  sudo -u postgres visitlog central status --url "postgres://postgres@/visitlog?host=/run/postgresql"`;

export const centralWords = bilingual({
  en: {
    init: 'make the database, its roles and logins, or bring them up to date; a second time changes nothing',
    adminUrl:
      'servers and database, as an administrator of the server (else "postgres://postgres@/visitlog?host=/run/postgresql")',
    url: 'servers, login and database (else those of [central] in the configuration)',
    caFile: 'with --url: the authority of the servers’ certificates (PEM)',
    passwordFile: 'with --url: the file with the password of its login',
    gateway:
      'a gateway that is to have a login; with a file, it has the password in it, which is drawn if there is no such file; may be repeated',
    holder: 'a holder, likewise',
    status:
      'which server takes writes, its standbys, when each gateway wrote last, how far ahead holders publish keys',
    json: 'one JSON object',
    makeHolder: 'make the keys of this register host, if it has none, and print its pin for the gateways',
    newKey: 'a new key: name this pin in central.holders of every gateway',
    holderAfter: `
Example:
  ${holderExample}`,
    initAfter: `
Without a file a login has no password: the server knows its account (peer), or keeps the password that it has.

Example:
  ${initExample}`,
    statusAfter: `
Exit 0: well. 1: degraded. 2: down, no server takes writes.

Examples:
  ${statusExamples}`,
    register(database: string, made: boolean, from: number, to: number) {
      const schema = from === to ? `schema ${to}, as it was` : `schema ${from} brought to ${to}`;
      return `database "${database}" ${made ? 'made' : 'is there'}, ${from === 0 ? `schema ${to} made` : schema}`;
    },
    member(kind: 'gateway' | 'holder', login: string, isNew: boolean, file: string | null) {
      const password = file === null ? '' : `, password in ${file}`;
      return `${kind}: login ${login} ${isNew ? 'made' : 'is there'}${password}`;
    },
    next: 'Next:',
    loginBy: (servers: number) =>
      `- In pg_hba.conf of ${servers === 1 ? 'the server' : 'each server'}, with the addresses of the hosts, and over TLS:`,
    peer: '- For logins without a password, on the server’s own machine, in pg_hba.conf, above the lines that are there:',
    ident: '  and in pg_ident.conf, with the account that visitlog runs as there in the second place:',
    hosts:
      '- Reload the server. Carry each password file to its host, set [central] there, and remove the copy here: visitlog explain central.login',
    verdicts: { well: 'well', degraded: 'DEGRADED', down: 'DOWN' },
    reason: (code: string, of: string | null) =>
      `${of === null ? '' : `${of}: `}[${code}] visitlog explain ${code}`,
    server: 'server',
    role: 'role',
    roles: { primary: 'takes writes', standby: 'standby' },
    schema: (version: number) => `schema ${version}`,
    standbys: (here: number, wanted: number) =>
      wanted === 0
        ? 'no synchronous standby is configured'
        : `synchronous standbys: ${here} of ${wanted} there`,
    gatewayHead: 'gateway',
    batches: 'batches',
    lastBatch: 'last at',
    holderHead: 'holder',
    published: 'keys until',
    never: 'none yet',
  },
  ko: {
    init: '데이터베이스와 역할, 로그인을 만들거나 새 버전에 맞춤. 다시 실행해도 바뀌지 않음',
    adminUrl:
      '서버 관리자의 로그인으로 서버와 데이터베이스 (없으면 "postgres://postgres@/visitlog?host=/run/postgresql")',
    url: '서버, 로그인, 데이터베이스 (없으면 설정의 [central])',
    caFile: '--url과 함께: 서버 인증서의 인증 기관(PEM)',
    passwordFile: '--url과 함께: 그 로그인의 비밀번호 파일',
    gateway:
      '로그인을 만들 게이트웨이. 파일을 붙이면 그 안의 비밀번호를 쓰고, 파일이 없으면 새로 만듦. 여러 번 쓸 수 있음',
    holder: '같은 방법으로 보유 호스트',
    status: '쓰기를 받는 서버, 대기 서버, 게이트웨이마다 마지막으로 쓴 시각, 보유 호스트가 공개한 키의 기한',
    json: 'JSON 객체 하나',
    makeHolder: '이 보유 호스트의 키를 만들고(없을 때) 게이트웨이에 지정할 고정 키를 출력함',
    newKey: '새 키입니다. 모든 게이트웨이의 central.holders에 이 고정 키를 지정하십시오',
    holderAfter: `
예:
  ${holderExample}`,
    initAfter: `
파일이 없으면 로그인에 비밀번호를 두지 않습니다. 서버가 계정으로 확인하거나(peer), 있던 비밀번호를 그대로 씁니다.

예:
  ${initExample}`,
    statusAfter: `
종료 코드 0: 정상. 1: 주의. 2: 중단, 쓰기를 받는 서버 없음.

예:
  ${statusExamples}`,
    register(database, made, from, to) {
      const schema = from === to ? `스키마 ${to} 그대로` : `스키마 ${from} → ${to}`;
      return `데이터베이스 "${database}" ${made ? '만듦' : '있음'}, ${from === 0 ? `스키마 ${to} 만듦` : schema}`;
    },
    member(kind, login, isNew, file) {
      const password = file === null ? '' : `, 비밀번호 파일 ${file}`;
      const name = kind === 'gateway' ? '게이트웨이' : '보유 호스트';
      return `${name}: 로그인 ${login} ${isNew ? '만듦' : '있음'}${password}`;
    },
    next: '다음에 할 일:',
    loginBy: (servers) =>
      `- ${servers === 1 ? '서버' : '서버마다'}의 pg_hba.conf에 추가(주소는 각 호스트의 것, TLS 사용):`,
    peer: '- 비밀번호가 없는 로그인은 서버와 같은 기계에서만. pg_hba.conf의 기존 줄보다 위에 추가:',
    ident: '  pg_ident.conf에 추가(둘째 칸은 그 기계에서 visitlog를 실행하는 계정):',
    hosts:
      '- 서버 설정을 다시 읽게 하십시오. 비밀번호 파일은 해당 호스트로 옮기고 [central]을 설정한 뒤 여기의 사본을 지우십시오: visitlog explain central.login',
    verdicts: { well: '정상', degraded: '주의', down: '중단' },
    reason: (code, of) => `${of === null ? '' : `${of}: `}[${code}] 자세히: visitlog explain ${code}`,
    server: '서버',
    role: '역할',
    roles: { primary: '쓰기 받음', standby: '대기' },
    schema: (version) => `스키마 ${version}`,
    standbys: (here, wanted) =>
      wanted === 0 ? '동기 대기 서버가 설정되지 않음' : `동기 대기 서버 ${wanted}대 가운데 ${here}대 연결됨`,
    gatewayHead: '게이트웨이',
    batches: '묶음',
    lastBatch: '마지막',
    holderHead: '보유 호스트',
    published: '키 공개 기한',
    never: '아직 없음',
  },
});

export type CentralWords = (typeof centralWords)['en'];
