import { bilingual } from './bilingual.ts';

/** Why it is not well, by the reason's code: what is so, and what to do. */
export const statusReasons = bilingual({
  en: {
    'gateway.absent': [
      'no gateway answers',
      'Start it: systemctl start visitlog. If it runs, compare [status] socket here and there.',
    ],
    'gateway.unreachable': [
      'a gateway works on this register, and does not answer at this socket',
      'Its socket could not be made, or is another: look for status.unavailable in journalctl -u visitlog.',
    ],
    'gateway.silent': [
      'the gateway does not answer',
      'Look at its log: journalctl -u visitlog. If it hangs, restart it.',
    ],
    'gateway.unclear': [
      'what answers is no gateway of this version',
      'Restart the gateway after an update: systemctl restart visitlog',
    ],
    'register.unreadable': [
      'the register cannot be read',
      'Run: visitlog check. The error’s page says more: visitlog explain, with the code in brackets.',
    ],
    'register.keyless-hours': [
      'hours have visits and no key: they cannot be read',
      'Run: visitlog check. If the keyring file was replaced, put the right one back.',
    ],
    'line.interrupted': [
      'does not receive for the moment',
      'Nothing, if it has just been started or plugged in.',
    ],
    'line.not-receiving': [
      'nothing is received',
      'Look at the modem: is it plugged in, has it power, its SIM and a network? Run: visitlog doctor',
    ],
    'line.holding': [
      'the register does not accept texts; they stay on the modem',
      'Mend what the code in brackets says, first of all the room on the disk.',
    ],
    'line.direct-waiting': [
      'the register does not accept texts that came directly; no modem holds them, the spool keeps them sealed',
      'Mend what keeps the register from taking texts, first of all the room on the disk. Leave data_dir as it is.',
    ],
    'line.pin-needed': [
      'the SIM wants a PIN',
      'Put the right PIN into pin_file, or switch the PIN off, in a telephone; then restart the gateway.',
    ],
    'storage.filling': [
      'the modem’s memory fills up',
      'Nothing, if it shrinks by itself. If not: visitlog explain line.slot-undeletable',
    ],
    'network.denied': [
      'the network refuses the SIM',
      'Ask the operator whether the SIM is active, paid for, and allowed in this device.',
    ],
    'network.searching': [
      'has had no network for ten minutes',
      'Look at the antenna and the place of the modem; ask the operator about an outage.',
    ],
    'line.quiet': [
      'has received nothing for unusually long',
      'Text the number. If nothing comes, the gateway registers the modem anew at night; or replug it.',
    ],
    'line.unstable-power': [
      'loses its modem again and again: restarts or disappearances within an hour',
      'Look at the power supply and the cable: a powered hub, a shorter cable, another socket.',
    ],
    'notifications.missing': [
      'does not announce texts; they are found by looking',
      'Nothing has to be done: they come at most a poll_interval later.',
    ],
    'sweep.failing': [
      'what is past its time cannot be destroyed',
      'Mend what the code in brackets says, then run: visitlog sweep',
    ],
    'sweep.waiting': [
      'the clock leapt, and nothing confirms it: much would expire at once',
      'Look at the clock. If `date` shows the right time, run: visitlog sweep --force',
    ],
    'sweep.late': ['the sweep is late', 'Look at the log of the gateway: journalctl -u visitlog'],
    'clock.behind': ['the machine’s clock is behind', 'Set it, or let a time service set it.'],
    'clock.ahead': ['the machine’s clock is ahead', 'Set it, or let a time service set it.'],
    'audit.lost': [
      'the end of the audit log was lost, or its key was replaced',
      'Run: visitlog audit verify. What is known of it is explained by: visitlog audit accept',
    ],
    'audit.broken': [
      'the audit log is not whole',
      'Keep the files as they are, and run: visitlog audit verify',
    ],
    'audit.failing': [
      'the audit log cannot be written; nobody is shown a number meanwhile',
      'Look at the room on the disk and the rights on data_dir.',
    ],
    'disk.full': [
      'the disk is full: texts wait on their modems, and only what has expired is worked on',
      'Make room on the file system of data_dir; nothing else has to be done.',
    ],
    'clock.unsynchronised': [
      'no time service keeps the clock of this machine',
      'Run: timedatectl set-ntp true; on a closed network name its time server in timesyncd.conf',
    ],
    'disk.low': ['there is little room left on the disk', 'Make room on the file system of data_dir.'],
  },
  ko: {
    'gateway.absent': [
      '게이트웨이가 응답하지 않습니다',
      '시작하십시오: systemctl start visitlog. 실행 중이라면 양쪽의 [status] socket을 견주어 보십시오.',
    ],
    'gateway.unreachable': [
      '게이트웨이가 이 기록부에서 일하고 있으나 이 소켓에서 응답하지 않습니다',
      '소켓을 만들지 못했거나 다른 곳에 만들었습니다. journalctl -u visitlog에서 status.unavailable을 찾으십시오.',
    ],
    'gateway.silent': [
      '게이트웨이가 대답하지 않습니다',
      '로그를 보십시오: journalctl -u visitlog. 멈춰 있으면 다시 시작하십시오.',
    ],
    'gateway.unclear': [
      '응답하는 것이 이 판의 게이트웨이가 아닙니다',
      '업데이트한 뒤에는 다시 시작하십시오: systemctl restart visitlog',
    ],
    'register.unreadable': [
      '방문 기록부를 읽을 수 없습니다',
      '실행하십시오: visitlog check. 대괄호 안의 코드는 visitlog explain으로 볼 수 있습니다.',
    ],
    'register.keyless-hours': [
      '방문은 있으나 키가 없어 읽을 수 없는 시간대가 있습니다',
      '실행하십시오: visitlog check. 키링 파일이 바뀌었다면 맞는 것을 되돌려 놓으십시오.',
    ],
    'line.interrupted': ['잠시 받지 못하고 있습니다', '방금 시작했거나 꽂았다면 할 일이 없습니다.'],
    'line.not-receiving': [
      '문자를 받지 못합니다',
      '모뎀이 꽂혀 있는지, 전원과 SIM과 망이 있는지 보십시오. 실행하십시오: visitlog doctor',
    ],
    'line.holding': [
      '기록부가 문자를 접수하지 못합니다. 문자는 모뎀에 남아 있습니다',
      '대괄호 안의 코드가 말하는 것을 고치십시오. 먼저 디스크에 자리가 있는지 보십시오.',
    ],
    'line.direct-waiting': [
      '기록부가 직접 온 문자를 접수하지 못합니다. 모뎀에는 없고, 암호화하여 spool에 보관합니다',
      '기록부가 접수하지 못하는 원인을 없애십시오. 먼저 디스크에 자리가 있는지 보십시오. data_dir은 그대로 두십시오.',
    ],
    'line.pin-needed': [
      'SIM이 PIN을 요구합니다',
      'pin_file에 맞는 PIN을 적거나 휴대전화에서 PIN을 끄고, 게이트웨이를 다시 시작하십시오.',
    ],
    'storage.filling': [
      '모뎀의 저장함이 차고 있습니다',
      '저절로 줄면 할 일이 없습니다. 줄지 않으면: visitlog explain line.slot-undeletable',
    ],
    'network.denied': [
      '망이 SIM을 거부합니다',
      'SIM이 개통되어 있는지, 요금과 이 장비에서의 사용에 문제가 없는지 통신사에 물으십시오.',
    ],
    'network.searching': [
      '10분째 망을 찾지 못합니다',
      '안테나와 모뎀의 자리를 살피고, 통신 장애가 있는지 통신사에 물으십시오.',
    ],
    'line.quiet': [
      '평소와 달리 오랫동안 문자가 없습니다',
      '번호로 문자를 보내 보십시오. 오지 않으면 밤에 게이트웨이가 망에 다시 등록합니다. 다시 꽂아도 됩니다.',
    ],
    'line.unstable-power': [
      '한 시간 안에 모뎀이 거듭 다시 시작되거나 사라졌습니다',
      '전원과 케이블을 살피십시오. 전원이 따로 있는 허브, 더 짧은 케이블, 다른 단자를 써 보십시오.',
    ],
    'notifications.missing': [
      '모뎀이 문자 도착을 알리지 않아 주기적으로 찾아봅니다',
      '할 일이 없습니다. 늦어도 poll_interval 뒤에는 접수됩니다.',
    ],
    'sweep.failing': [
      '보관 기간이 지난 기록을 파기하지 못합니다',
      '대괄호 안의 코드가 말하는 것을 고치고 실행하십시오: visitlog sweep',
    ],
    'sweep.waiting': [
      '시계가 건너뛰었고 확인되지 않아, 많은 기록이 한꺼번에 파기될 수 있습니다',
      '시계를 보십시오. `date`가 맞으면 실행하십시오: visitlog sweep --force',
    ],
    'sweep.late': ['파기가 늦어지고 있습니다', '게이트웨이의 로그를 보십시오: journalctl -u visitlog'],
    'clock.behind': ['이 장비의 시계가 늦습니다', '시계를 맞추거나 시각 동기화 서비스를 켜십시오.'],
    'clock.ahead': ['이 장비의 시계가 빠릅니다', '시계를 맞추거나 시각 동기화 서비스를 켜십시오.'],
    'audit.lost': [
      '감사 기록의 끝이 없어졌거나 서명 키가 바뀌었습니다',
      '실행하십시오: visitlog audit verify. 사유를 알면 visitlog audit accept로 밝히십시오.',
    ],
    'audit.broken': [
      '감사 기록이 온전하지 않습니다',
      '파일을 그대로 두고 실행하십시오: visitlog audit verify',
    ],
    'audit.failing': [
      '감사 기록을 쓸 수 없습니다. 그동안은 누구에게도 번호를 보이지 않습니다',
      '디스크의 빈자리와 data_dir의 권한을 보십시오.',
    ],
    'disk.full': [
      '디스크가 가득 찼습니다. 문자는 모뎀에서 기다리고 파기만 계속됩니다',
      'data_dir이 있는 파일 시스템에 자리를 만드십시오. 다른 일은 필요 없습니다.',
    ],
    'clock.unsynchronised': [
      '이 서버의 시계를 맞추는 서비스가 없습니다',
      '실행하십시오: timedatectl set-ntp true. 폐쇄망이면 timesyncd.conf에 시간 서버를 적으십시오',
    ],
    'disk.low': ['디스크에 남은 자리가 적습니다', 'data_dir이 있는 파일 시스템에 자리를 만드십시오.'],
  },
});
