import type { LineEvent } from '../modem/line-report.ts';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

/** What an event of the log says, to whoever reads it. */
export interface LogMeaning {
  /** The levels that it is written at. */
  readonly levels: readonly LogLevel[];
  /** Its fields besides `line`, and `repeated` of a folded repeat. */
  readonly fields: readonly string[];
  readonly en: string;
  readonly ko: string;
}

/** The vocabulary of the log: what is not in here is not written. */
const gatewayEvents = {
  'gateway.started': {
    levels: ['info'],
    fields: ['lines'],
    en: 'The register is open; the lines are about to be tried.',
    ko: '방문 기록부를 열었고, 이제 회선을 연결합니다.',
  },
  'gateway.stopped': {
    levels: ['info'],
    fields: [],
    en: 'The gateway has stopped cleanly.',
    ko: '게이트웨이가 정상적으로 멈추었습니다.',
  },
  'text.accepted': {
    levels: ['info'],
    fields: ['kind', 'venues', 'reason', 'code', 'time_source'],
    en: 'A text is on disk. What became of it is its kind; an unresolved one has a reason.',
    ko: '문자 한 건을 디스크에 기록했습니다. kind는 처리 결과이고, 미확인이면 reason에 이유가 있습니다.',
  },
  'text.known': {
    levels: ['info'],
    fields: ['texts'],
    en: 'Texts that the register had already were shown once more, and are not kept twice.',
    ko: '이미 기록한 문자가 다시 나타났으며, 두 번 기록하지 않습니다.',
  },
  'part.accepted': {
    levels: ['info'],
    fields: ['parts'],
    en: 'Parts of long texts are on disk and wait for the others.',
    ko: '긴 문자의 일부를 기록했고, 나머지를 기다립니다.',
  },
  'register.refused': {
    levels: ['error'],
    fields: ['code', 'message', 'texts'],
    en: 'The register could not take texts; they are offered again. They stay on the modem; what came directly is kept in the spool.',
    ko: '방문 기록부가 문자를 받지 못했고 다시 시도합니다. 문자는 모뎀에 남아 있고, 직접 온 문자는 spool에 보관합니다.',
  },
  'text.spooled': {
    levels: ['warn'],
    fields: [],
    en: 'A text that came directly waits for the register, sealed in the spool: no modem holds it.',
    ko: '직접 온 문자가 암호화되어 spool에서 기록을 기다립니다. 모뎀에는 남아 있지 않습니다.',
  },
  'text.unkept': {
    levels: ['error'],
    fields: ['code', 'message'],
    en: 'A text that came directly is in memory alone: neither the register nor the spool took it. Do not stop the gateway.',
    ko: '직접 온 문자가 메모리에만 있습니다. 기록부도 spool도 받지 못했습니다. 게이트웨이를 멈추지 마십시오.',
  },
  'text.lost': {
    levels: ['error'],
    fields: ['texts'],
    en: 'Texts that came directly are lost: neither the register nor the spool took them before the gateway stopped.',
    ko: '직접 온 문자를 잃었습니다. 게이트웨이가 멈출 때까지 기록부도 spool도 받지 못했습니다.',
  },
  'spool.found': {
    levels: ['warn'],
    fields: ['texts', 'unreadable'],
    en: 'An earlier run left texts in the spool; they are taken first. Unreadable ones were past their time.',
    ko: '지난 실행이 spool에 남긴 문자를 먼저 기록합니다. 읽을 수 없는 것은 보관 기간이 지난 것입니다.',
  },
  'spool.emptied': {
    levels: ['info'],
    fields: [],
    en: 'The register has all texts of the spool; the spool is removed.',
    ko: 'spool의 문자를 모두 기록했고 spool을 지웠습니다.',
  },
  'spool.failed': {
    levels: ['error'],
    fields: ['code', 'message'],
    en: 'The spool could not be read or removed. What is in it is tried again at the next start.',
    ko: 'spool을 읽거나 지우지 못했습니다. 다음에 시작할 때 다시 시도합니다.',
  },
  'watcher.failed': {
    levels: ['error'],
    fields: ['told', 'name'],
    en: 'A fault in what counts and shows what the gateway does. Reception goes on; figures of the status may be too low.',
    ko: '게이트웨이가 한 일을 세고 보여 주는 부분에 오류가 있습니다. 수신은 계속되며, 상태의 수치가 실제보다 적을 수 있습니다.',
  },
  'sweep.done': {
    levels: ['info', 'debug'],
    fields: [
      ...['visits', 'unresolved', 'undecodable', 'notices', 'parts', 'hours', 'keys', 'freed_pages'],
      ...['wal_truncated', 'steps', 'longest_step_ms', 'duration_ms'],
    ],
    en: 'A sweep has destroyed what was past its time.',
    ko: '보관 기간이 지난 기록을 파기했습니다.',
  },
  'sweep.waiting': {
    levels: ['warn'],
    fields: ['clock', 'leap_hours', 'doubtful', 'living'],
    en: 'The clock has leapt, and so much would expire by it that a second opinion on the time is waited for.',
    ko: '시계가 크게 바뀌어 한꺼번에 파기될 기록이 많으므로, 시각이 확인될 때까지 기다립니다.',
  },
  'sweep.failed': {
    levels: ['error'],
    fields: ['code', 'message'],
    en: 'A sweep ended in an error and is tried again within a minute.',
    ko: '파기하지 못했으며, 1분 안에 다시 시도합니다.',
  },
  'clock.behind': {
    levels: ['warn'],
    fields: ['leap_hours'],
    en: 'The clock is behind what the register has seen. Nothing expires early.',
    ko: '시계가 기록부가 아는 시각보다 늦습니다. 일찍 파기되는 기록은 없습니다.',
  },
  'clock.leapt': {
    levels: ['info'],
    fields: ['clock', 'leap_hours'],
    en: 'The clock has leapt, and the leap was confirmed.',
    ko: '시계가 크게 바뀌었고, 그 시각이 확인되었습니다.',
  },
  'clock.misdated': {
    levels: ['warn'],
    fields: ['hours'],
    en: 'Hours of the register lie in the future: they were recorded by a wrong clock.',
    ko: '시계가 틀렸을 때 기록된, 앞날로 적힌 시간대가 있습니다.',
  },
  'clock.unsynchronised': {
    levels: ['warn'],
    fields: [],
    en: 'No time service keeps the clock of this machine. Visits are stamped by the network where it gives a time.',
    ko: '이 서버의 시계를 맞추는 서비스가 없습니다. 통신망이 시각을 알려 주면 방문 시각은 그 시각을 따릅니다.',
  },
  'clock.synchronised': {
    levels: ['info'],
    fields: [],
    en: 'A time service keeps the clock again.',
    ko: '시계가 다시 맞추어지고 있습니다.',
  },
  'disk.low': {
    levels: ['warn'],
    fields: ['free_mib', 'alarm_mib'],
    en: 'The disk of the register is filling. Texts are still taken; make room.',
    ko: '방문 기록부가 있는 디스크의 공간이 부족합니다. 문자는 아직 받고 있으니 공간을 확보하십시오.',
  },
  'disk.full': {
    levels: ['error'],
    fields: ['free_mib', 'released_mib'],
    en: 'The disk is full. The reserve was given up, so that the sweep and the audit log can still be written.',
    ko: '디스크가 가득 찼습니다. 파기와 감사 기록이 계속되도록 예비 공간을 내놓았습니다.',
  },
  'disk.reserved': {
    levels: ['info'],
    fields: ['reserve_mib'],
    en: 'The reserve for a full disk is there (again).',
    ko: '디스크가 가득 찰 때를 위한 예비 공간을 마련했습니다.',
  },
  'disk.recovered': {
    levels: ['info'],
    fields: ['free_mib'],
    en: 'The disk has room again.',
    ko: '디스크 공간이 다시 충분합니다.',
  },
  'audit.anchored': {
    levels: ['info'],
    fields: ['anchor'],
    en: 'The state of the audit log, for `visitlog audit verify`.',
    ko: '`visitlog audit verify`로 대조할 감사 기록의 현재 상태입니다.',
  },
  'audit.pruned': {
    levels: ['info'],
    fields: ['rows'],
    en: 'Rows of the audit log were past their time.',
    ko: '보관 기간이 지난 감사 기록을 지웠습니다.',
  },
  'audit.lost': {
    levels: ['error'],
    fields: ['row'],
    en: 'Rows of the audit log are missing, or were changed.',
    ko: '감사 기록이 없어졌거나 바뀌었습니다.',
  },
  'audit.renewed': {
    levels: ['error'],
    fields: ['row'],
    en: 'The key of the audit log was missing, and another chain was begun.',
    ko: '감사 기록의 키가 없어 새 기록을 시작했습니다.',
  },
  'audit.failed': {
    levels: ['error'],
    fields: ['code', 'message'],
    en: 'The audit log could not be looked after.',
    ko: '감사 기록을 관리하지 못했습니다.',
  },
  'status.unavailable': {
    levels: ['warn'],
    fields: ['code', 'path', 'message'],
    en: 'The status socket cannot be opened: `visitlog status` gets no answer.',
    ko: '상태 소켓을 열 수 없어 `visitlog status`가 응답을 받지 못합니다.',
  },
  'metrics.unavailable': {
    levels: ['warn'],
    fields: ['code', 'address', 'message'],
    en: 'The port of the metrics cannot be opened.',
    ko: '지표 포트를 열 수 없습니다.',
  },
  'config.reloaded': {
    levels: ['info'],
    fields: ['keys', 'lines_added', 'lines_removed', 'lines_restarted'],
    en: 'The configuration was read again. These keys and lines took effect.',
    ko: '설정을 다시 읽었습니다. 적힌 항목과 회선이 적용되었습니다.',
  },
  'config.restart-needed': {
    levels: ['warn'],
    fields: ['keys'],
    en: 'These keys were changed too, and count from the next start on.',
    ko: '이 항목도 바뀌었으며, 다시 시작한 뒤 적용됩니다.',
  },
  'config.refused': {
    levels: ['error'],
    fields: ['code', 'fault'],
    en: 'The configuration has this fault. All of the old one still counts.',
    ko: '설정에 오류가 있습니다. 이전 설정이 그대로 쓰입니다.',
  },
  'notify.unavailable': {
    levels: ['warn'],
    fields: ['reason'],
    en: 'systemd has named a socket that cannot be used: it is told nothing.',
    ko: 'systemd가 알려 준 소켓을 쓸 수 없어 상태를 알리지 못합니다.',
  },
  'notify.failed': {
    levels: ['warn'],
    fields: ['code'],
    en: 'systemd could not be told something.',
    ko: 'systemd에 상태를 알리지 못했습니다.',
  },
  'watchdog.withheld': {
    levels: ['error'],
    fields: ['part', 'silent_s', 'allowed_s'],
    en: 'This part has stood still for too long. systemd is told nothing more and will restart the gateway.',
    ko: '이 부분이 너무 오래 멈추어 있습니다. systemd에 더 알리지 않으며, systemd가 게이트웨이를 다시 시작합니다.',
  },
  'watchdog.fed-again': {
    levels: ['info'],
    fields: [],
    en: 'Every part gets on again.',
    ko: '모든 부분이 다시 움직입니다.',
  },
} as const satisfies Readonly<Record<string, LogMeaning>>;

const lineEvents: Readonly<Record<LineEvent['code'] | 'line.identity-not-kept' | 'line.state', LogMeaning>> =
  {
    'line.identity-not-kept': {
      levels: ['warn'],
      fields: ['reason'],
      en: 'Which modem and SIM the line has could not be written down; the next set-up tries again.',
      ko: '회선의 모뎀과 SIM을 적어 두지 못했습니다. 다음 연결 때 다시 시도합니다.',
    },
    'line.state': {
      levels: ['info'],
      fields: ['state', 'reason', 'model', 'registration'],
      en: 'The line is in another state, or in the same one for another reason.',
      ko: '회선의 상태나 그 이유가 바뀌었습니다.',
    },
    'line.absent': {
      levels: ['warn'],
      fields: ['reason', 'usb', 'socket', 'imei', 'modems', 'port'],
      en: 'The port does not open. It is tried again for ever.',
      ko: '포트가 열리지 않습니다. 계속 다시 시도합니다.',
    },
    'line.recovering': {
      levels: ['warn'],
      fields: [
        ...['reason', 'waitMs', 'rung', 'trouble', 'name', 'setting', 'cause', 'file', 'system', 'mode'],
        ...['expected', 'imei'],
      ],
      en: 'A session with the modem has ended; the next one begins after the wait.',
      ko: '모뎀과의 연결이 끝났으며, 잠시 뒤 다시 연결합니다.',
    },
    'line.reset': {
      levels: ['warn'],
      fields: ['rung', 'trouble'],
      en: 'The modem is reset against a trouble that lasts.',
      ko: '문제가 계속되어 모뎀을 재설정합니다.',
    },
    'line.reset-command': {
      levels: ['info', 'error'],
      fields: ['done', 'code'],
      en: "The host's own way to reset the modem was run.",
      ko: '설정된 모뎀 재설정 명령을 실행했습니다.',
    },
    'line.alarm': {
      levels: ['warn'],
      fields: ['alarm', 'count', 'windowMinutes'],
      en: 'Something that a person should know, though the line works or is worked on.',
      ko: '담당자가 알아야 할 일이 생겼습니다. 회선은 동작하거나 복구 중입니다.',
    },
    'line.alarm-over': {
      levels: ['info'],
      fields: ['alarm'],
      en: 'That is over.',
      ko: '그 일이 끝났습니다.',
    },
    'line.baud-rate': {
      levels: ['warn'],
      fields: ['works'],
      en: 'The modem answers at another rate than the configured one, which is used.',
      ko: '모뎀이 설정과 다른 속도로 응답하여 그 속도를 씁니다.',
    },
    'line.call': {
      levels: ['info'],
      fields: [],
      en: 'Somebody rang the line, and was hung up on.',
      ko: '전화가 걸려 와 끊었습니다.',
    },
    'line.hang-up-refused': {
      levels: ['warn'],
      fields: [],
      en: 'The modem would not end a call.',
      ko: '모뎀이 통화를 끊지 못했습니다.',
    },
    'line.pin-sent': {
      levels: ['info'],
      fields: ['accepted'],
      en: 'The PIN on file was tried, once.',
      ko: '파일에 있는 PIN을 한 번 시도했습니다.',
    },
    'line.sim-changed': {
      levels: ['warn'],
      fields: [],
      en: 'Another SIM is in the modem than before.',
      ko: '모뎀의 SIM이 바뀌었습니다.',
    },
    'line.modem-changed': {
      levels: ['warn'],
      fields: [],
      en: 'Another modem is at this port than before.',
      ko: '이 포트의 모뎀이 바뀌었습니다.',
    },
    'line.radio-off': {
      levels: ['warn'],
      fields: ['functionality', 'attempt'],
      en: 'The radio of the modem was off, and is switched on.',
      ko: '모뎀의 무선이 꺼져 있어 켭니다.',
    },
    'line.text-mode': {
      levels: ['warn'],
      fields: ['attempt'],
      en: 'The modem had fallen back into text mode, and is set again.',
      ko: '모뎀이 텍스트 모드로 돌아가 있어 다시 설정합니다.',
    },
    'line.polling-only': {
      levels: ['warn'],
      fields: [],
      en: 'The modem announces no texts; they are found by listing alone.',
      ko: '모뎀이 문자 도착을 알리지 않아 주기적으로 목록을 읽습니다.',
    },
    'line.was-deaf': {
      levels: ['warn'],
      fields: ['texts', 'quietMinutes'],
      en: 'A new registration brought texts to a line that had been quiet.',
      ko: '조용하던 회선이 망에 다시 등록하자 문자가 들어왔습니다.',
    },
    'line.storage-filling': {
      levels: ['warn'],
      fields: ['memory', 'used', 'total'],
      en: 'The memory for texts in the modem is filling.',
      ko: '모뎀의 문자 저장 공간이 차고 있습니다.',
    },
    'line.storage-full': {
      levels: ['warn'],
      fields: [],
      en: 'The memory for texts in the modem is full; the network keeps what comes.',
      ko: '모뎀의 문자 저장 공간이 가득 찼습니다. 오는 문자는 통신망이 보관합니다.',
    },
    'line.listing-failed': {
      levels: ['warn'],
      fields: ['answer'],
      en: 'The modem did not list its texts; its slots are read one by one.',
      ko: '모뎀이 문자 목록을 내지 않아 칸을 하나씩 읽습니다.',
    },
    'line.listing-partial': {
      levels: ['warn'],
      fields: ['memory'],
      en: 'A listing showed fewer texts than the memory counts.',
      ko: '목록의 문자가 저장된 수보다 적습니다.',
    },
    'line.listing-torn': {
      levels: ['warn'],
      fields: ['lines'],
      en: 'A listing was torn; nothing was deleted by it.',
      ko: '목록이 끊겼으며, 그 목록으로는 아무것도 지우지 않았습니다.',
    },
    'line.memory-refused': {
      levels: ['warn'],
      fields: ['memory'],
      en: 'The modem would not change to this memory.',
      ko: '모뎀이 이 저장소로 바꾸지 않았습니다.',
    },
    'line.deletion-failed': {
      levels: ['warn'],
      fields: ['memory', 'slot'],
      en: 'A slot was not emptied. Its text is in the register and is not kept twice.',
      ko: '칸을 비우지 못했습니다. 문자는 기록되어 있고 두 번 기록하지 않습니다.',
    },
    'line.slot-undeletable': {
      levels: ['error'],
      fields: ['memory', 'slot'],
      en: 'A slot cannot be emptied for good: the memory has one place less.',
      ko: '이 칸은 비울 수 없어 저장 공간이 한 칸 줄었습니다.',
    },
    'line.text-without-slot': {
      levels: ['warn'],
      fields: [],
      en: 'A text was announced without its slot; all are listed.',
      ko: '문자가 칸 번호 없이 도착하여 전체 목록을 읽습니다.',
    },
    'line.oddity': {
      levels: ['debug'],
      fields: ['what'],
      en: 'The modem said something out of turn.',
      ko: '모뎀이 예상하지 않은 때에 응답했습니다.',
    },
    'line.unasked': {
      levels: ['debug'],
      fields: ['name'],
      en: 'The modem said something that nobody had asked for.',
      ko: '모뎀이 요청하지 않은 알림을 보냈습니다.',
    },
  };

export const logEvents = { ...gatewayEvents, ...lineEvents };

/** Stable and dotted: `line.state`. */
export type LogEvent = keyof typeof logEvents;
