import { bilingual } from '../bilingual.ts';
import { counted, formatCount } from '../counted.ts';

export const configWords = bilingual({
  en: {
    check: 'read the configuration and name every fault',
    checkAfter: '\nExample:\n  visitlog --config ./visitlog.toml config check',
    show: 'every setting, its value, and where that came from',
    json: 'one JSON object a line',
    showAfter: '\nExample:\n  visitlog config show',
    noFile: 'no file, defaults',
    noFault: (file: string, lines: number) => `${file}: no fault, ${counted(lines, 'line')}`,
    default: 'default',
  },
  ko: {
    check: '설정을 읽고 잘못된 것을 모두 표시',
    checkAfter: '\n예:\n  visitlog --config ./visitlog.toml config check',
    show: '모든 설정과 그 값, 값의 출처',
    json: '한 줄에 JSON 객체 하나씩',
    showAfter: '\n예:\n  visitlog config show',
    noFile: '파일 없음, 기본값',
    noFault: (file, lines) => `${file}: 잘못된 것 없음, 회선 ${formatCount(lines)}개`,
    default: '기본값',
  },
});

/** What each key of the configuration means, in Korean; in English the example file says it. */
export const koreanSettingNotes: Readonly<Record<string, string>> = {
  time_zone: '날짜를 세고 내보내기의 시각을 적는 IANA 시간대.',
  data_dir: '방문 기록부를 두는 폴더 (권한 0700). $VISITLOG_DATA_DIR이 있으면 그 값을 씁니다.',
  key_file:
    '시간별 키의 파일. 생략하면 data_dir의 keyring 파일입니다. 백업하지 마십시오. 사본이 있으면 지난 기록이 되살아납니다.',
  'numbering.country': '번호 체계. "KR"만 있습니다.',
  'numbering.area_code': '방문자가 지역 번호를 생략했을 때의 지역 번호.',
  'retention.period': '방문한 뒤 기록을 읽을 수 있는 기간. 1h에서 366d까지.',
  'retention.sweep_interval': '지난 기록을 파기하는 간격. 1s에서 24h까지.',
  'retention.sweep_max_share':
    '시계가 갑자기 앞으로 갔을 때 한 번에 파기해도 되는 시간의 비율. 그보다 많으면 통신망의 시각이나 동기화된 시계가 확인할 때까지, 또는 `visitlog sweep --force`를 할 때까지 기다립니다. 1%에서 100%까지.',
  'retention.audit_period': '누가 조회했는지의 기록을 보관하는 기간. 1d에서 3660d까지.',
  'line.name':
    '영문 소문자, 숫자, 붙임표 1~32자. 이름은 서로 달라야 합니다. 생략하면 차례로 line1, line2 …입니다.',
  'line.port':
    '바뀌지 않는 장치 경로, "tcp://호스트:포트"(시리얼 서버), 또는 "imei:"와 모뎀의 15자리 숫자. 반드시 적습니다.',
  'line.baud_rate': '300에서 4000000까지.',
  'line.number': '문자를 받는 번호. 예: "031-324-2900". ""이면 표시하지 않습니다.',
  'line.pin_file':
    'SIM의 PIN이 적힌 파일. 예: "/etc/visitlog/line1.pin". 한 번만 시도합니다. ""이면 PIN이 없습니다.',
  'line.poll_interval': '모뎀이 알리지 않은 문자를 찾는 간격. 1s에서 1h까지.',
  'line.reset_command':
    '다른 방법이 없을 때 모뎀을 다시 켜는 명령: 절대 경로와 인수. 셸을 쓰지 않고 1분까지 걸려도 됩니다. VISITLOG_LINE과 VISITLOG_PORT가 전달됩니다. []이면 없습니다.',
  'line.quiet_alarm':
    '이만큼 문자가 없으면 받지 못하는 것일 수 있어 경보를 내고, quiet_hours에 통신망에 다시 등록합니다. 1h에서 30d까지. ""이면 하지 않습니다.',
  'line.quiet_hours': '아무도 불편하지 않은 시간. ""이면 모든 시간입니다.',
  'cipher.algorithm': '"aes-256-gcm". 국가 표준 암호가 필요하면 "aria-256-gcm".',
  'cipher.master':
    '시간별 키를 감싸는 마스터 키: "credential:visitlog"(systemd 자격 증명) 또는 "file:/…"(32바이트 이상). ""이면 감싸지 않습니다. `visitlog keyring wrap`으로 시작합니다.',
  'disk.reserve':
    'data_dir에서 문자가 쓰지 못하게 남겨 두는 자리. 디스크가 가득 차도 지난 기록을 파기하고 감사 기록을 남길 수 있게 합니다. 1MiB에서 10GiB까지. "0"이면 남겨 두지 않습니다.',
  'disk.alarm': '빈 자리가 이보다 적으면 경보를 냅니다. 1MiB에서 1024GiB까지. "0"이면 내지 않습니다.',
  'log.level':
    '"error", "warn", "info", "debug". $VISITLOG_LOG_LEVEL이 있으면 그 값을 씁니다. 어떤 단계에서도 방문자의 번호는 나오지 않습니다.',
  'log.format': '저널에는 "json", 사람이 읽을 때는 "text".',
  'status.socket': '`visitlog status`가 묻는 소켓. 폴더가 있어야 합니다. ""이면 없습니다.',
  'metrics.listen':
    '"127.0.0.1:9560"이면 이 장비에만 프로메테우스 지표를 제공합니다. ""이면 제공하지 않습니다.',
  'metrics.textfile':
    'node_exporter의 textfile 수집기를 위해 15초마다 쓰는 파일. 예: "/var/lib/node_exporter/visitlog.prom". 게이트웨이가 멈추면 지웁니다. ""이면 쓰지 않습니다.',
  'export.small_cells':
    '`visitlog counts`가 파일에 쓸 때 이보다 작은 방문 수를 "<5"처럼 적습니다. 1에서 1000까지. 1이면 모든 수를 그대로 적습니다.',
  'poster.contact':
    '`visitlog venue poster`가 안내문에 인쇄하는 문의처. 예: "시청 안전총괄과 031-324-2114". ""이면 --contact로 적습니다.',
};
