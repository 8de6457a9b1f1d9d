import type { WrongPortReason } from '../modem/port/foreign-peer.ts';
import type { Bilingual } from './bilingual.ts';

const unit = {
  en: 'Run: sudo visitlog doctor. For tcp://, name the address in a drop-in of visitlog.service (serial-server.conf).',
  ko: '실행하십시오: sudo visitlog doctor. tcp://이면 visitlog.service의 드롭인(serial-server.conf)에 주소를 지정하십시오.',
};
const server = {
  en: 'Check the serial server (its power, its cable) or the carrier, and the address and port of the line.',
  ko: '시리얼 서버의 전원과 케이블이나 통신사의 상태, 회선에 지정한 주소와 포트를 확인하십시오.',
};
const name = {
  en: 'Give the line an address instead of a name, or let the service reach a name server.',
  ko: '회선에 이름 대신 주소를 지정하거나 서비스가 이름 서버에 접속할 수 있게 하십시오.',
};
const modem = {
  en: 'Plug the modem in, and see where it is: visitlog lines',
  ko: '모뎀을 꽂고 어디에 있는지 보십시오: visitlog lines',
};
const right = {
  en: 'Give the gateway the right to the device: sudo visitlog doctor names the command.',
  ko: '게이트웨이에 장치 권한을 주십시오. sudo visitlog doctor가 명령을 알려 줍니다.',
};
const path = {
  en: 'Correct the port of the line: visitlog lines names the modems of this machine.',
  ko: '회선의 port를 바로잡으십시오. visitlog lines가 이 서버의 모뎀을 보여 줍니다.',
};

/** What to do about a port that something else than a modem is at. */
export const wrongPortRemedies: Readonly<Record<WrongPortReason, Bilingual<string>>> = {
  'port.closes': {
    en: 'See who else uses the port: a serial server for one client closes to others. Its log says why it closes.',
    ko: '포트를 쓰는 다른 프로그램이 있는지 보십시오. 접속을 하나만 받는 시리얼 서버는 다른 접속을 끊습니다. 이유는 그 로그에 있습니다.',
  },
  'port.echo': {
    en: 'Correct the port of the line: this one only sends back what is written. visitlog lines names the modems.',
    ko: '회선의 port를 바로잡으십시오. 이 포트는 보낸 것을 그대로 되돌려 줍니다. visitlog lines가 모뎀을 보여 줍니다.',
  },
  'port.not-modem': {
    en: 'Read what it says, and correct the port of the line; if it is a serial server, end the other connection to it.',
    ko: '받은 내용을 읽고 회선의 port를 바로잡으십시오. 시리얼 서버라면 다른 접속을 끊으십시오.',
  },
};

/**
 * What to do about a port that the system does not open, or that is the wrong one, by the reason of the line. None of these ends by waiting, unless
 * the modem or the server comes back: `status` names them at once.
 */
export const portErrors: Readonly<Record<string, Bilingual<string>>> = {
  'smpp.password': {
    en: 'Correct system_id and the password file of the line. The gateway tries again every five minutes.',
    ko: '회선의 system_id와 비밀번호 파일을 바로잡으십시오. 5분마다 다시 시도합니다.',
  },
  'smpp.bind-refused': {
    en: 'Ask the carrier: the log has its status (line.absent). Another program may be bound with this system_id.',
    ko: '통신사에 물으십시오. 상태 값은 로그의 line.absent에 있습니다. 다른 프로그램이 이 system_id로 접속해 있을 수 있습니다.',
  },
  'smpp.silent': {
    en: 'Check the network and the firewall on the way to the carrier, and ask it whether its centre is up.',
    ko: '통신사까지의 네트워크와 방화벽을 확인하고, 통신사에 장애가 있는지 물으십시오.',
  },
  'smpp.frame': {
    en: 'Correct the port of the line: what answers there does not speak SMPP. A port with TLS needs smpps://.',
    ko: '회선의 port를 바로잡으십시오. 그 포트는 SMPP가 아닙니다. TLS 포트이면 smpps://로 지정합니다.',
  },
  'smpp.tls': {
    en: 'Name the authority of the carrier in ca_file, and in port the host as its certificate has it.',
    ko: '통신사의 인증 기관을 ca_file에, 인증서에 적힌 호스트를 port에 지정하십시오.',
  },
  ...wrongPortRemedies,
  'port.EACCES': right,
  'port.EAFNOSUPPORT': unit,
  'port.EAI_AGAIN': name,
  'port.EBUSY': {
    en: 'Stop the program that has the port: sudo visitlog doctor names it.',
    ko: '포트를 쓰는 프로그램을 멈추십시오. sudo visitlog doctor가 이름을 알려 줍니다.',
  },
  'port.ECONNREFUSED': server,
  'port.ECONNRESET': server,
  'port.EHOSTUNREACH': server,
  'port.EINVAL': path,
  'port.EIO': modem,
  'port.EISDIR': path,
  'port.ENETUNREACH': unit,
  'port.ENODEV': modem,
  'port.ENOENT': modem,
  'port.ENOTDIR': path,
  'port.ENOTFOUND': name,
  'port.ENOTTY': path,
  'port.ENXIO': modem,
  'port.EPERM': unit,
  'port.EPIPE': server,
  'port.ETIMEDOUT': server,
};
