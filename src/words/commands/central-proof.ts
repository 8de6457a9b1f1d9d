import { bilingual } from '../bilingual.ts';
import { counted, formatCount } from '../counted.ts';

/** The steps of `prove --central`, their results, and what they cannot show. */
export const centralProofWords = bilingual({
  en: {
    beginning: [
      'What can somebody read of hours that are past who has the database, an older copy of it, the folders that are named',
      'here, and whatever secret this register host still has? The same is tried on hours that live, where it must open all.',
    ],
    headings: {
      living: 'Hours that live, to show that these searches find what is there:',
      past: 'Hours that are past:',
      files: 'The folders:',
    },
    ok: 'ok',
    fail: 'FAIL',
    none: '--',
    result: (found: number, of: number) => `${formatCount(found)} of ${formatCount(of)}`,
    steps: {
      envelopes: 'envelopes of living hours that open with this host’s keyring',
      rows: 'visits of those hours that open',
      pastEnvelopes: 'envelopes of past hours that open with any secret at hand',
      pastRows: 'visits of past hours that open with the keyrings in the folders',
      pastKept: 'past hours of which this host has kept a key',
      sealedRows: 'sealed visits of living hours in the folders’ files',
      numbers: 'visitors’ numbers in the clear, in any file',
      secrets: 'secrets and keys of living hours, in any file but the keyrings',
    },
    tried: {
      own: (host: string) => `the database at ${host}`,
      secrets: (secrets: number, host: string, rings: readonly string[]) =>
        `${formatCount(secrets)} secrets, each on the envelopes at ${host}${rings.length === 0 ? '' : `; from ${rings.join(', ')} too`}`,
      rings: (rings: number, locked: number) =>
        `${counted(rings, 'keyring')} in the folders${locked === 0 ? '' : `, and ${formatCount(locked)} that do not open here`}`,
      register: 'this host’s own register',
      files: (files: number, octets: number) => `${counted(files, 'file')}, ${formatCount(octets)} octets`,
    },
    cannotShow: 'What this cannot show:',
    limits: [
      'The other register hosts have secrets of their own: run this there, too.',
      'A few of the latest past hours are tried, and a few visits of each. A search finds nothing in files that are compressed or encrypted, and none of what a folder does not hold.',
      'A copy of a register host’s keyring (a backup, a snapshot of its file system or of a virtual machine) opens the hours that it was made in, with the database of that day. Never copy it; name a folder in which one may lie with --directory.',
      'Flash memory and copy-on-write file systems may keep an overwritten sector where no program reaches it.',
      'What left the register while it could be read: exported files, paper, screens, what a modem still holds.',
      'That X25519, AES, HKDF-SHA-256 and the random numbers of these machines are sound.',
    ],
    passed: 'Nothing of hours that are past could be opened.',
    failed: (failed: number, steps: number) =>
      `${failed} of ${steps} steps failed. Do not rely on this installation to destroy what has expired.`,
    nothing: (host: string) =>
      `Nothing is shown: ${host} has no visits of an hour that is past, or none of one that lives. Name a server that runs on an older base backup with --url.`,
    help: {
      central:
        'on a register host: try to open hours that are past, of its central register or of a server that runs on an older copy',
      url: 'with --central: that server (else those of [central] in the configuration)',
      caFile: 'with --url: the authority of its certificate (else that of [central])',
      passwordFile: 'with --url: the password of its login (else that of [central])',
      directory:
        'with --central: a folder to search: of a server, a standby, a base backup, a gateway; may be repeated',
    },
  },
  ko: {
    beginning: [
      '데이터베이스와 그 이전 사본, 여기에 지정한 폴더, 이 보유 호스트에 남은 비밀을 모두 가진 사람은 기한이 지난 시간에서 무엇을 읽을 수',
      '있습니까? 아직 기한이 남은 시간에도 같은 방법을 써서, 거기서는 모두 열리는지 봅니다.',
    ],
    headings: {
      living: '기한이 남은 시간. 있는 것을 찾아내는 방법임을 먼저 보입니다:',
      past: '기한이 지난 시간:',
      files: '폴더:',
    },
    ok: '통과',
    fail: '실패',
    none: '--',
    result: (found, of) => `${formatCount(found)}/${formatCount(of)}`,
    steps: {
      envelopes: '이 서버의 키링으로 열리는, 기한이 남은 시간의 봉투',
      rows: '그 시간에서 열리는 방문',
      pastEnvelopes: '가진 비밀로 열리는, 기한이 지난 시간의 봉투',
      pastRows: '폴더의 키링으로 열리는, 기한이 지난 시간의 방문',
      pastKept: '이 서버에 키가 남은, 기한이 지난 시간',
      sealedRows: '폴더의 파일에서 찾은, 기한이 남은 시간의 암호화된 방문',
      numbers: '어느 파일에든 암호화되지 않은 방문자 번호',
      secrets: '키링이 아닌 파일에 있는, 기한이 남은 시간의 비밀과 키',
    },
    tried: {
      own: (host) => `데이터베이스 ${host}`,
      secrets: (secrets, host, rings) =>
        `비밀 ${formatCount(secrets)}개를 ${host}의 봉투마다${rings.length === 0 ? '' : `. ${rings.join(', ')}의 것 포함`}`,
      rings: (rings, locked) =>
        `폴더에 있는 키링 ${formatCount(rings)}개${locked === 0 ? '' : `, 여기서 열 수 없는 키링 ${formatCount(locked)}개`}`,
      register: '이 서버의 기록부',
      files: (files, octets) => `파일 ${formatCount(files)}개, ${formatCount(octets)}옥텟`,
    },
    cannotShow: '이것으로 보일 수 없는 것:',
    limits: [
      '다른 보유 호스트에는 자기 비밀이 있습니다. 거기서도 실행하십시오.',
      '기한이 지난 시간 가운데 최근 몇 시간과 거기의 방문 몇 건씩을 시험합니다. 압축되거나 암호화된 파일에서는 아무것도 찾지 못하며, 폴더에 없는 것은 찾을 수 없습니다.',
      '보유 호스트의 키링 사본(백업, 파일 시스템이나 가상 머신의 스냅숏)은 그날의 데이터베이스와 함께 그때의 시간을 엽니다. 절대 복사하지 마십시오. 사본이 있을 만한 폴더는 --directory로 지정하십시오.',
      '플래시 메모리와 쓸 때 복사하는 파일 시스템은 덮어쓴 섹터를 프로그램이 닿지 않는 곳에 남길 수 있습니다.',
      '읽을 수 있을 때 기록부를 떠난 것: 내보낸 파일, 종이, 화면, 모뎀에 남은 것.',
      '이 서버들의 X25519, AES, HKDF-SHA-256, 난수가 건전하다는 것.',
    ],
    passed: '기한이 지난 시간에서는 아무것도 열 수 없었습니다.',
    failed: (failed, steps) =>
      `${steps}단계 가운데 ${failed}단계가 기대한 대로 나오지 않았습니다. 이 설치에서는 만료된 기록이 파기된다고 믿지 마십시오.`,
    nothing: (host) =>
      `확인한 것이 없습니다. ${host}에 기한이 지난 시간의 방문이 없거나, 기한이 남은 시간의 방문이 없습니다. 이전 베이스 백업으로 실행한 서버를 --url로 지정하십시오.`,
    help: {
      central: '보유 호스트에서: 중앙 기록부나 이전 사본으로 실행한 서버에서, 기한이 지난 시간을 열어 봄',
      url: '--central과 함께: 그 서버 (없으면 설정의 [central])',
      caFile: '--url과 함께: 그 인증서의 인증 기관 (없으면 [central]의 것)',
      passwordFile: '--url과 함께: 그 로그인의 비밀번호 (없으면 [central]의 것)',
      directory:
        '--central과 함께: 뒤져 볼 폴더. 서버, 대기 서버, 베이스 백업, 게이트웨이의 폴더. 여러 번 쓸 수 있음',
    },
  },
});

export type CentralProofWords = (typeof centralProofWords)['en'];
