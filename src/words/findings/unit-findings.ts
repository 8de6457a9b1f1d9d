import { finding } from './finding.ts';

const dropIn = '/etc/systemd/system/visitlog.service.d';

/** `unit`: the file's name; `example`: that of the drop-in. */
type Reach = { host: string; unit: string; example: string };
type Path = { path: string };

const isDoor = (unit: string) => unit.includes('door');
const dropInOf = (unit: string) => `/etc/systemd/system/${unit}.d`;
/** An officer's command is a process of its own, and needs no restart. */
const then = (unit: string) => `systemctl daemon-reload${isDoor(unit) ? '' : ', systemctl restart visitlog'}`;
const ofUnit = {
  en: (unit: string) => (isDoor(unit) ? "the unit of officers' commands" : 'the unit'),
  ko: (unit: string) => (isDoor(unit) ? '담당자의 명령을 실행하는 유닛' : '유닛'),
};

/** What setup writes. */
const orSetup: Readonly<Record<string, { en: string; ko: string }>> = {
  'serial-server.conf': { en: ', or run setup for this line', ko: '거나 이 회선에 setup을 실행하' },
};

/** What doctor finds when it compares the configuration with the unit that the gateway runs in. */
export const unitFindings = {
  'unit.reaches': finding<Reach>({
    severity: 'ok',
    en: ({ host, unit }) => `${ofUnit.en(unit)} lets ${isDoor(unit) ? 'them' : 'the gateway'} reach ${host}`,
    ko: ({ host, unit }) => `${ofUnit.ko(unit)}에서 ${host} 주소에 접속할 수 있습니다`,
  }),
  'unit.no-network': finding<Reach & { address: string | null }>({
    severity: 'fail',
    en: ({ host, address, unit, example }) => [
      `${ofUnit.en(unit)} has no network, so ${isDoor(unit) ? 'they' : 'the gateway'} cannot reach ${host}`,
      `Copy ${example} to ${dropInOf(unit)} with ${address === null ? `the address of ${host} in IPAddressAllow=` : `IPAddressAllow=${address}`}${orSetup[example]?.en ?? ''}; then: ${then(unit)}`,
    ],
    ko: ({ host, address, unit, example }) => [
      `${ofUnit.ko(unit)}에 네트워크가 없어 ${isDoor(unit) ? '담당자의 명령이' : '게이트웨이가'} ${host} 주소에 접속할 수 없습니다`,
      `${example}를 ${dropInOf(unit)}에 복사해 ${address === null ? `${host}의 주소를 지정한 IPAddressAllow=` : `IPAddressAllow=${address}`} 줄을 두${orSetup[example]?.ko ?? ''}십시오. 그 뒤 실행: ${then(unit)}`,
    ],
  }),
  'unit.address-denied': finding<Reach>({
    severity: 'fail',
    en: ({ host, unit }) => [
      `${ofUnit.en(unit)} allows other addresses, and not ${host}`,
      `Add IPAddressAllow=${host} to the drop-in in ${dropInOf(unit)}; then: ${then(unit)}`,
    ],
    ko: ({ host, unit }) => [
      `${ofUnit.ko(unit)}에서 허용한 주소에 ${host} 주소가 없습니다`,
      `${dropInOf(unit)}의 드롭인에 IPAddressAllow=${host} 줄을 추가하십시오. 그 뒤 실행: ${then(unit)}`,
    ],
  }),
  'unit.name-unchecked': finding<Reach>({
    severity: 'warn',
    en: ({ host, unit }) => [
      `${ofUnit.en(unit)} allows addresses alone, and ${host} is a name: it and its name server must be among them`,
      'Write the name with its address into /etc/hosts, or name the server by its address',
    ],
    ko: ({ host, unit }) => [
      `${ofUnit.ko(unit)}은 주소만 허용하는데 ${host}은(는) 이름입니다. 그 주소와 이름 서버도 허용해야 합니다`,
      '이름과 주소를 /etc/hosts에 추가하거나 서버를 주소로 지정하십시오',
    ],
  }),
  'line.not-served': finding({
    severity: 'fail',
    en: () => [
      'the running gateway does not serve this line as it is configured',
      'Run: systemctl reload visitlog',
    ],
    ko: () => [
      '실행 중인 게이트웨이가 이 회선을 지금 설정대로 쓰고 있지 않습니다',
      '실행: systemctl reload visitlog',
    ],
  }),
  'metrics.folder': finding<Path>({
    severity: 'ok',
    en: ({ path }) => `the gateway may write its metrics to ${path}`,
    ko: ({ path }) => `게이트웨이가 ${path} 폴더에 지표를 쓸 수 있습니다`,
  }),
  'metrics.folder-missing': finding<Path>({
    severity: 'warn',
    en: ({ path }) => [
      `the folder of the metrics file does not exist: ${path}`,
      'Name the folder that your node_exporter reads ([metrics] textfile)',
    ],
    ko: ({ path }) => [
      `지표 파일의 폴더가 없습니다: ${path}`,
      'node_exporter가 읽는 폴더를 지정하십시오([metrics] textfile)',
    ],
  }),
  'metrics.folder-no-right': finding<Path & { user: string }>({
    severity: 'warn',
    en: ({ path, user }) => [
      `user ${user} may not write to ${path}, the folder of the metrics file`,
      `Run: chgrp ${user} ${path} && chmod g+wx ${path}`,
    ],
    ko: ({ path, user }) => [
      `${user} 사용자가 지표 파일의 폴더 ${path}에 쓸 수 없습니다`,
      `실행: chgrp ${user} ${path} && chmod g+wx ${path}`,
    ],
  }),
  'metrics.folder-closed': finding<Path>({
    severity: 'warn',
    en: ({ path }) => [
      `the unit does not let the gateway write to ${path}, the folder of the metrics file`,
      `Copy metrics-textfile.conf to ${dropIn} with ReadWritePaths=-${path}; then: systemctl daemon-reload, systemctl restart visitlog`,
    ],
    ko: ({ path }) => [
      `유닛에서 지표 파일의 폴더 ${path}에 쓰는 것을 허용하지 않습니다`,
      `metrics-textfile.conf를 ${dropIn}에 복사해 ReadWritePaths=-${path} 줄을 두십시오. 그 뒤 실행: systemctl daemon-reload, systemctl restart visitlog`,
    ],
  }),
  'metrics.port-open': finding({
    severity: 'ok',
    en: () => 'the unit lets the gateway open its port for metrics',
    ko: () => '유닛에서 지표 포트를 열 수 있습니다',
  }),
  'metrics.port-closed': finding<{ listen: string }>({
    severity: 'warn',
    en: ({ listen }) => [
      `the unit does not let the gateway open ${listen} for metrics`,
      `Copy metrics-port.conf to ${dropIn}; then: systemctl daemon-reload, systemctl restart visitlog`,
    ],
    ko: ({ listen }) => [
      `유닛에서 지표 포트 ${listen}을(를) 여는 것을 허용하지 않습니다`,
      `metrics-port.conf를 ${dropIn}에 복사하십시오. 그 뒤 실행: systemctl daemon-reload, systemctl restart visitlog`,
    ],
  }),
};
