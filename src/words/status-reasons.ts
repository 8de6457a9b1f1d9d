import type { Language } from './bilingual.ts';

/** Why the gateway is not well: what is so, and what to do. */
type ReasonWords = Readonly<Record<Language, readonly [what: string, remedy: string]>>;

/** Every reason that a status can have, by its code. */
export const statusReasons = {
  'gateway.absent': {
    en: [
      'no gateway answers',
      'Start it: systemctl start visitlog. If it runs, compare [status] socket here and there.',
    ],
    ko: [
      '게이트웨이가 응답하지 않습니다',
      '시작하십시오: systemctl start visitlog. 실행 중이라면 양쪽의 [status] socket을 비교하십시오.',
    ],
  },
  'gateway.unreachable': {
    en: [
      'a gateway works on this register, but does not answer at this socket',
      'It could not create its socket, or uses another one: look for status.unavailable in sudo journalctl -u visitlog.',
    ],
    ko: [
      '게이트웨이가 이 방문 기록부를 쓰고 있으나 이 소켓에서 응답하지 않습니다',
      '소켓을 만들지 못했거나 다른 곳에 만들었습니다. sudo journalctl -u visitlog에서 status.unavailable을 찾으십시오.',
    ],
  },
  'gateway.silent': {
    en: [
      'the gateway does not answer',
      'Look at its log: sudo journalctl -u visitlog. If it hangs, restart it.',
    ],
    ko: [
      '게이트웨이가 응답하지 않습니다',
      '로그를 보십시오: sudo journalctl -u visitlog. 멈춰 있으면 다시 시작하십시오.',
    ],
  },
  'gateway.unclear': {
    en: [
      'the answer is not from a gateway of this version',
      'Restart the gateway after an update: systemctl restart visitlog',
    ],
    ko: [
      '이 버전의 게이트웨이가 보낸 응답이 아닙니다',
      '업데이트한 뒤에는 다시 시작하십시오: systemctl restart visitlog',
    ],
  },
  'config.refused': {
    en: [
      'the configuration has a fault: the gateway works by the file as it was, and its next start would fail',
      'Run: visitlog config check, then: systemctl reload visitlog',
    ],
    ko: [
      '설정 파일에 오류가 있습니다. 게이트웨이는 그 전의 설정으로 동작하며 다음 시작은 실패합니다',
      '실행하십시오: visitlog config check, 그다음 systemctl reload visitlog',
    ],
  },
  'register.unreadable': {
    en: [
      'the register cannot be read',
      'Run: visitlog check. `visitlog explain` with the code in brackets says more.',
    ],
    ko: [
      '방문 기록부를 읽을 수 없습니다',
      '실행하십시오: visitlog check. 대괄호 안의 코드는 visitlog explain으로 볼 수 있습니다.',
    ],
  },
  'register.keyless-hours': {
    en: [
      'some hours have visits but no key: the visits cannot be read',
      'Run: visitlog check. If the keyring file was replaced, put the right one back.',
    ],
    ko: [
      '방문은 있으나 키가 없어 읽을 수 없는 시간대가 있습니다',
      '실행하십시오: visitlog check. 키링 파일이 바뀌었다면 맞는 것을 되돌려 놓으십시오.',
    ],
  },
  'register.log-held': {
    en: [
      'a program keeps an old state of the register open: its write-ahead log cannot be cut, and grows with every text',
      'End the program that is named, or find it: sudo fuser -v /var/lib/visitlog/register.sqlite-wal',
    ],
    ko: [
      '어떤 프로그램이 방문 기록부의 이전 상태를 계속 읽고 있어 미리 쓰기 로그(WAL)를 줄이지 못하고, 문자마다 커집니다',
      '표시된 프로그램을 끝내십시오. 찾으려면: sudo fuser -v /var/lib/visitlog/register.sqlite-wal',
    ],
  },
  'line.interrupted': {
    en: ['does not receive at the moment', 'Nothing, if it was just started or plugged in.'],
    ko: ['잠시 받지 못하고 있습니다', '방금 시작했거나 꽂았다면 할 일이 없습니다.'],
  },
  'line.not-receiving': {
    en: [
      'receives nothing',
      'Look at the modem: is it plugged in, has it power, its SIM and a network? Or at the link to the carrier. Run: visitlog doctor',
    ],
    ko: [
      '문자를 받지 못합니다',
      '모뎀이 꽂혀 있는지, 전원과 SIM과 통신망이 정상인지, 통신사 연동이면 연결이 정상인지 확인하십시오. 실행하십시오: visitlog doctor',
    ],
  },
  'line.wrong-port': {
    en: [
      'something else than a modem is at its port; nothing was reset',
      'Compare the port of the line with the modem’s: visitlog lines. The code in brackets says what was heard.',
    ],
    ko: [
      '포트에 모뎀이 아닌 것이 연결되어 있습니다. 아무것도 재설정하지 않았습니다',
      '회선의 port가 모뎀의 포트인지 확인하십시오: visitlog lines. 대괄호 안의 코드가 무엇을 받았는지 나타냅니다.',
    ],
  },
  'line.unproven': {
    en: [
      'takes what comes, and has not proven for too long that anything can come',
      'Text the number. If the text does not come, plug the modem in again; `visitlog explain` with the code in brackets says more.',
    ],
    ko: [
      '오는 문자는 기록하지만, 문자를 받을 수 있는지 오랫동안 확인되지 않았습니다',
      '번호로 문자를 보내 보십시오. 오지 않으면 모뎀을 다시 꽂으십시오. 대괄호 안의 코드는 visitlog explain으로 볼 수 있습니다.',
    ],
  },
  'line.holding': {
    en: [
      'the register does not accept texts; they stay on the modem, or at the carrier',
      'Repair what the code in brackets says; check the free space on the disk first.',
    ],
    ko: [
      '방문 기록부가 문자를 기록하지 못합니다. 문자는 모뎀이나 통신사에 남아 있습니다',
      '대괄호 안의 코드가 가리키는 원인을 없애십시오. 먼저 디스크 공간을 확인하십시오.',
    ],
  },
  'line.awaiting-central': {
    en: [
      'texts stay on the modem, or at their sender, until the central register has them (wait = "central"); in brackets how full the modem is',
      'They are on the disk here, too. A modem that is full takes no more: repair the way to the central register, or set wait = "journal".',
    ],
    ko: [
      '중앙 기록부에 기록될 때까지 문자가 모뎀이나 보낸 쪽에 남아 있습니다(wait = "central"). 대괄호 안은 모뎀이 찬 정도입니다',
      '문자는 이 서버의 디스크에도 있습니다. 모뎀이 가득 차면 더 받지 못하므로 중앙 기록부 연결을 복구하거나 wait = "journal"로 바꾸십시오.',
    ],
  },
  'line.direct-waiting': {
    en: [
      'the register does not accept texts that came directly; no modem holds them, the spool keeps them sealed',
      'Remove what keeps the register from taking texts; check the free space on the disk first. Leave data_dir as it is.',
    ],
    ko: [
      '방문 기록부가 직접 온 문자를 기록하지 못합니다. 모뎀에는 없고, 암호화하여 spool에 보관합니다',
      '방문 기록부가 기록하지 못하는 원인을 없애십시오. 먼저 디스크 공간을 확인하십시오. data_dir은 그대로 두십시오.',
    ],
  },
  'line.pin-needed': {
    en: [
      'the SIM requires a PIN',
      'Put the right PIN into pin_file, or switch the PIN off in a telephone; then restart the gateway.',
    ],
    ko: [
      'SIM이 PIN을 요구합니다',
      'pin_file에 맞는 PIN을 저장하거나 휴대전화에서 PIN을 끄고, 게이트웨이를 다시 시작하십시오.',
    ],
  },
  'storage.filling': {
    en: [
      'the modem’s memory is filling',
      'Nothing, if it empties by itself. If not: visitlog explain line.slot-undeletable',
    ],
    ko: [
      '모뎀의 저장 공간이 차고 있습니다',
      '저절로 줄면 할 일이 없습니다. 줄지 않으면: visitlog explain line.slot-undeletable',
    ],
  },
  'network.denied': {
    en: [
      'the network refuses the SIM',
      'Ask the operator whether the SIM is active, paid for, and allowed in this device.',
    ],
    ko: [
      '통신망이 SIM을 거부합니다',
      'SIM이 개통되어 있는지, 요금과 이 모뎀의 사용에 문제가 없는지 통신사에 물으십시오.',
    ],
  },
  'network.searching': {
    en: [
      'has had no network for ten minutes',
      'Check the antenna and the place of the modem; ask the operator about an outage.',
    ],
    ko: [
      '10분째 통신망을 찾지 못합니다',
      '안테나와 모뎀의 위치를 확인하고, 통신 장애가 있는지 통신사에 물으십시오.',
    ],
  },
  'line.flooded': {
    en: [
      'sent more than any modem does; the gateway closes its port and tries again',
      'Look at what is behind the port: visitlog explain line.flooded',
    ],
    ko: [
      '어떤 모뎀보다도 많이 보내서, 게이트웨이가 포트를 닫고 다시 시도합니다',
      '포트에 무엇이 연결되어 있는지 확인하십시오: visitlog explain line.flooded',
    ],
  },
  'line.quiet': {
    en: [
      'has received nothing for unusually long',
      'Text the number. If nothing comes, the gateway registers the modem anew at night; or replug it.',
    ],
    ko: [
      '평소와 달리 오랫동안 문자가 없습니다',
      '번호로 문자를 보내 보십시오. 오지 않으면 밤에 게이트웨이가 통신망에 다시 등록합니다. 다시 꽂아도 됩니다.',
    ],
  },
  'carrier.quiet': {
    en: [
      'the carrier has sent nothing for unusually long',
      'Text the number. If nothing comes, ask the carrier whether texts to it are routed to this system_id.',
    ],
    ko: [
      '평소와 달리 오랫동안 통신사에서 온 문자가 없습니다',
      '번호로 문자를 보내 보십시오. 오지 않으면 이 번호의 문자가 이 system_id로 전달되는지 통신사에 물으십시오.',
    ],
  },
  'ingest.quiet': {
    en: [
      'no text has come by ingest for unusually long',
      'See whether the program runs that brings its texts, and what `visitlog ingest` answers it.',
    ],
    ko: [
      '평소와 달리 오랫동안 ingest로 온 문자가 없습니다',
      '문자를 가져오는 프로그램이 실행 중인지, visitlog ingest가 어떻게 응답하는지 확인하십시오.',
    ],
  },
  'line.unstable-power': {
    en: [
      'loses its modem again and again: restarts or disappearances within an hour',
      'Check the power supply and the cable: try a powered hub, a shorter cable, another socket.',
    ],
    ko: [
      '한 시간 안에 모뎀이 거듭 다시 시작되거나 사라졌습니다',
      '전원과 케이블을 확인하십시오. 전원이 따로 있는 허브, 더 짧은 케이블, 다른 단자를 써 보십시오.',
    ],
  },
  'notifications.missing': {
    en: [
      'does not announce texts; polling finds them',
      'Nothing: texts arrive at most a poll_interval later.',
    ],
    ko: [
      '모뎀이 문자 도착을 알리지 않아 주기적으로 확인합니다',
      '할 일이 없습니다. 늦어도 poll_interval 뒤에는 기록됩니다.',
    ],
  },
  'texts.unreadable': {
    en: [
      'the modem counts texts that it refuses to show',
      'Restart the modem. If they stay, read them with a telephone: they are on its SIM or lost with it.',
    ],
    ko: [
      '모뎀이 저장된 문자를 세면서도 보여 주지 않습니다',
      '모뎀을 다시 시작하십시오. 그래도 남아 있으면 SIM을 전화기에 넣어 확인하십시오.',
    ],
  },
  'texts.missing': {
    en: [
      'the modem announces texts that none of its memories shows: they are lost, or where nobody can read them',
      'Text the number and look whether it arrives. If not, restart the modem; if it goes on, replace the modem or its SIM.',
    ],
    ko: [
      '모뎀이 문자가 왔다고 알리지만 어느 저장소에도 그 문자가 없습니다. 없어졌거나 읽을 수 없는 곳에 있습니다',
      '번호로 문자를 보내 기록되는지 확인하십시오. 기록되지 않으면 모뎀을 다시 시작하고, 계속되면 모뎀이나 SIM을 바꾸십시오.',
    ],
  },
  'sweep.failing': {
    en: [
      'expired records cannot be destroyed',
      'Repair what the code in brackets says, then run: visitlog sweep',
    ],
    ko: [
      '보관 기간이 지난 기록을 파기하지 못합니다',
      '대괄호 안의 코드가 가리키는 원인을 없애고 실행하십시오: visitlog sweep',
    ],
  },
  'sweep.waiting': {
    en: [
      'the clock leapt and nothing confirms it: much would expire at once',
      'Look at the clock. If `date` shows the right time, run: visitlog sweep --force',
    ],
    ko: [
      '시계가 크게 바뀌었고 확인되지 않아, 많은 기록이 한꺼번에 파기될 수 있습니다',
      '시계를 확인하십시오. `date`가 맞으면 실행하십시오: visitlog sweep --force',
    ],
  },
  'sweep.late': {
    en: ['the sweep is late', 'Look at the log of the gateway: sudo journalctl -u visitlog'],
    ko: ['파기가 늦어지고 있습니다', '게이트웨이의 로그를 보십시오: sudo journalctl -u visitlog'],
  },
  'clock.behind': {
    en: ['the machine’s clock is behind', 'Set it, or let a time service set it.'],
    ko: ['이 서버의 시계가 늦습니다', '시계를 맞추거나 시각 동기화 서비스를 켜십시오.'],
  },
  'clock.contradicted': {
    en: [
      'the machine’s clock and its uptime contradict each other',
      'Check the date; a restart of the machine resets the uptime.',
    ],
    ko: [
      '이 서버의 시계와 가동 시간이 어긋납니다',
      '날짜를 확인하십시오. 서버를 다시 시작하면 가동 시간은 새로 셉니다.',
    ],
  },
  'clock.ahead': {
    en: ['the machine’s clock is ahead', 'Set it, or let a time service set it.'],
    ko: ['이 서버의 시계가 빠릅니다', '시계를 맞추거나 시각 동기화 서비스를 켜십시오.'],
  },
  'audit.lost': {
    en: [
      'the end of the audit log was lost, or its key was replaced',
      'Run: visitlog audit verify. If you know the reason, state it with: visitlog audit accept',
    ],
    ko: [
      '감사 기록의 끝이 없어졌거나 키가 바뀌었습니다',
      '실행하십시오: visitlog audit verify. 사유를 알면 visitlog audit accept로 기록하십시오.',
    ],
  },
  'audit.broken': {
    en: ['the audit log is damaged', 'Keep the files as they are, and run: visitlog audit verify'],
    ko: ['감사 기록이 손상되었습니다', '파일을 그대로 두고 실행하십시오: visitlog audit verify'],
  },
  'audit.failing': {
    en: [
      'the audit log cannot be written; until it can, no number is shown',
      'Check the free space on the disk and the rights on data_dir.',
    ],
    ko: [
      '감사 기록을 쓸 수 없습니다. 그동안은 누구에게도 번호를 표시하지 않습니다',
      '디스크 공간과 data_dir의 권한을 확인하십시오.',
    ],
  },
  'disk.full': {
    en: [
      'the disk is full: texts wait on their modems, and only the destruction goes on',
      'Make room on the file system of data_dir; nothing else has to be done.',
    ],
    ko: [
      '디스크가 가득 찼습니다. 문자는 모뎀에 남아 있고 파기만 계속됩니다',
      'data_dir이 있는 파일 시스템의 공간을 확보하십시오. 다른 일은 필요 없습니다.',
    ],
  },
  'clock.unsynchronised': {
    en: [
      'no time service synchronises the clock of this machine, and no text has confirmed it lately',
      'Run: timedatectl set-ntp true; on a closed network name its time server in timesyncd.conf, or set the clock by hand and [clock] expect = "anything". It ends with the next text if the clock is right.',
    ],
    ko: [
      '이 서버의 시계를 맞추는 서비스가 없고, 최근에 시계를 확인해 준 문자도 없습니다',
      '실행하십시오: timedatectl set-ntp true. 폐쇄망이면 timesyncd.conf에 시각 서버를 지정하거나, 시계를 손으로 맞추고 [clock] expect = "anything"으로 하십시오. 시계가 맞으면 다음 문자가 올 때 사라집니다',
    ],
  },
  'central.failing': {
    en: [
      'nothing goes to the central register; texts are kept on this machine',
      'Texts are received all the same. `visitlog explain` with the code in brackets says what to do.',
    ],
    ko: [
      '중앙 기록부로 보내지 못해 문자를 이 서버에 보관합니다',
      '문자는 계속 받습니다. 대괄호 안의 코드를 visitlog explain으로 보십시오.',
    ],
  },
  'central.waiting': {
    en: [
      'the central register answers, and rows wait for a holder’s keys or for a standby',
      'Texts are received all the same. `visitlog explain` with the code in brackets says what to do.',
    ],
    ko: [
      '중앙 기록부는 응답하나, 보유 호스트의 키나 대기 서버를 기다리고 있습니다',
      '문자는 계속 받습니다. 대괄호 안의 코드를 visitlog explain으로 보십시오.',
    ],
  },
  'central.no-standby': {
    en: [
      'no synchronous standby of the central register is there: what is forwarded is on one disk only',
      'Start the standby, or make a new one after a fail-over: visitlog explain central.no-standby',
    ],
    ko: [
      '중앙 기록부의 동기 대기 서버가 없어, 보낸 기록이 한 디스크에만 있습니다',
      '대기 서버를 시작하거나, 장애 조치 뒤라면 새로 만드십시오: visitlog explain central.no-standby',
    ],
  },
  'central.holder-missing': {
    en: [
      'rows have gone that not every pinned holder can read: should the others burn, nobody can',
      'Start visitlog on the holder that is named; it gets the keys as long as they live.',
    ],
    ko: [
      '고정된 보유 호스트 가운데 일부가 읽을 수 없는 기록을 보냈습니다. 나머지를 잃으면 아무도 읽을 수 없습니다',
      '표시된 보유 호스트에서 visitlog를 시작하십시오. 키가 살아 있는 동안 그 키를 받습니다.',
    ],
  },
  'central.places-old': {
    en: [
      'the places of the central register were not asked for lately: those that were registered or issued since are not known here',
      'Texts are received all the same; one with a code that is not known waits among the unresolved. See: visitlog doctor',
    ],
    ko: [
      '중앙 기록부의 장소를 최근에 확인하지 못해, 그 뒤에 등록하거나 발급한 장소를 이 서버는 모릅니다',
      '문자는 계속 받으며, 모르는 코드의 문자는 미해결로 보관합니다. 확인: visitlog doctor',
    ],
  },
  'central.places-here': {
    en: [
      'this many places were registered on this site, and the central register does not have them so: reports there lack their names',
      'Offer them here, and take them over on a register host: visitlog central adopt',
    ],
    ko: [
      '표시된 수의 장소가 이 서버에만 등록되어 있고 중앙 기록부와 다릅니다. 보유 호스트의 조회 결과에 그 이름이 없습니다',
      '이 서버에서 내놓고 보유 호스트에서 받아들이십시오: visitlog central adopt',
    ],
  },
  'central.holder-silent': {
    en: [
      'a holder has published keys for less than six hours ahead: it has not run for long',
      'Start visitlog on its host. When its keys end, texts are sealed to the other holders alone, or wait at their sites.',
    ],
    ko: [
      '보유 호스트가 공개한 키가 여섯 시간 안에 끝납니다. 오래 동작하지 않았습니다',
      '그 서버에서 visitlog를 시작하십시오. 키가 끝나면 문자는 다른 보유 호스트에게만 암호화되거나 현장에서 기다립니다.',
    ],
  },
  'central.server': {
    en: [
      'a server of the central register does not do its work',
      'visitlog central status shows which; `visitlog explain` with the code in brackets says what to do.',
    ],
    ko: [
      '중앙 기록부의 서버가 제 일을 하지 못합니다',
      'visitlog central status에서 어느 서버인지 확인하고, 대괄호 안의 코드를 visitlog explain으로 보십시오.',
    ],
  },
  'holder.failing': {
    en: [
      'this holder cannot do its work at the central register; gateways have its keys until the time that `status` names',
      '`visitlog explain` with the code in brackets says what to do.',
    ],
    ko: [
      '중앙 기록부에서 보유 호스트의 일을 하지 못합니다. 게이트웨이에는 status에 표시된 시각까지 키가 있습니다',
      '대괄호 안의 코드를 visitlog explain으로 보십시오.',
    ],
  },
  'holder.waiting': {
    en: [
      'this holder waits for a second opinion on the clock: it ends and publishes no hour',
      'Correct the clock, or see that a time service keeps it. If it is right: visitlog sweep --force',
    ],
    ko: [
      '시계가 맞는지 확인되지 않아 시간별 키를 파기하지도 공개하지도 않습니다',
      '시계를 바로잡거나 시각 동기화 서비스를 확인하십시오. 시계가 맞으면: visitlog sweep --force',
    ],
  },
  'holder.foreign': {
    en: [
      'keys are published in the name of this holder that are not its own',
      'What gateways seal to them cannot be read here: visitlog explain holder.foreign',
    ],
    ko: [
      '이 보유 호스트의 이름으로 공개된 키가 이 호스트의 것이 아닙니다',
      '게이트웨이가 그 키로 암호화한 것은 여기서 읽을 수 없습니다: visitlog explain holder.foreign',
    ],
  },
  'metrics.unavailable': {
    en: [
      'the metrics are not provided as configured',
      'Run: sudo visitlog doctor. Texts are received all the same.',
    ],
    ko: [
      '지표를 설정한 대로 제공하지 못합니다',
      '실행하십시오: sudo visitlog doctor. 문자는 그래도 받습니다.',
    ],
  },
  'disk.low': {
    en: ['little room is left on the disk', 'Make room on the file system of data_dir.'],
    ko: ['디스크에 남은 공간이 적습니다', 'data_dir이 있는 파일 시스템의 공간을 확보하십시오.'],
  },
} as const satisfies Readonly<Record<string, ReasonWords>>;

/** Stable and dotted: `line.not-receiving`. */
export type ReasonCode = keyof typeof statusReasons;
/** Reasons that a line raises itself while it works or recovers. */
export type AlarmCode = Extract<
  ReasonCode,
  | 'carrier.quiet'
  | 'ingest.quiet'
  | 'line.direct-waiting'
  | 'line.flooded'
  | 'line.quiet'
  | 'line.unproven'
  | 'line.unstable-power'
  | 'network.denied'
  | 'network.searching'
  | 'notifications.missing'
  | 'storage.filling'
  | 'texts.missing'
  | 'texts.unreadable'
>;

/** What is so and what to do; undefined for a code that only a gateway of another version knows. */
export function reasonOf(code: string, language: Language): ReasonWords[Language] | undefined {
  return isReasonCode(code) ? statusReasons[code][language] : undefined;
}

export function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(statusReasons, code);
}
