import { finding } from './finding.ts';

const dropIn = '/etc/systemd/system/visitlog.service.d';

type Host = { host: string };
type Path = { path: string };

/** What doctor finds when it compares the configuration with the unit that the gateway runs in. */
export const unitFindings = {
  'unit.reaches': finding<Host>({
    severity: 'ok',
    en: ({ host }) => `the unit lets the gateway reach ${host}`,
    ko: ({ host }) => `유닛에서 ${host} 주소에 접속할 수 있습니다`,
  }),
  'unit.no-network': finding<Host>({
    severity: 'fail',
    en: ({ host }) => [
      `the unit has no network, so the gateway cannot reach ${host}`,
      `Copy serial-server.conf to ${dropIn} with IPAddressAllow=${host}, or run setup for this line; then: systemctl daemon-reload, systemctl restart visitlog`,
    ],
    ko: ({ host }) => [
      `유닛에 네트워크가 없어 게이트웨이가 ${host} 주소에 접속할 수 없습니다`,
      `serial-server.conf를 ${dropIn}에 복사해 IPAddressAllow=${host} 줄을 두거나 이 회선에 setup을 실행하십시오. 그 뒤 실행: systemctl daemon-reload, systemctl restart visitlog`,
    ],
  }),
  'unit.address-denied': finding<Host>({
    severity: 'fail',
    en: ({ host }) => [
      `the unit allows other addresses, and not ${host}`,
      `Add IPAddressAllow=${host} to the drop-in in ${dropIn}; then: systemctl daemon-reload, systemctl restart visitlog`,
    ],
    ko: ({ host }) => [
      `유닛에서 허용한 주소에 ${host} 주소가 없습니다`,
      `${dropIn}의 드롭인에 IPAddressAllow=${host} 줄을 추가하십시오. 그 뒤 실행: systemctl daemon-reload, systemctl restart visitlog`,
    ],
  }),
  'unit.name-unchecked': finding<Host>({
    severity: 'warn',
    en: ({ host }) => [
      `the unit allows addresses alone, and ${host} is a name: it and its name server must be among them`,
      'Name the server by its address',
    ],
    ko: ({ host }) => [
      `유닛은 주소만 허용하는데 ${host}은(는) 이름입니다. 그 주소와 이름 서버도 허용해야 합니다`,
      '서버를 주소로 지정하십시오',
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
