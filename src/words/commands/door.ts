import { bilingual } from '../bilingual.ts';

/** The server's side of the officers' door. */
export const doorWords = bilingual({
  en: {
    summary: "the officers' door: does what officers ask for, with their streams and files",
    instance: "serves the connection on standard input, for the account in this instance's name (systemd)",
    listen: 'serves a socket at this path, for this account alone, until it is stopped',
    after: '\nExample:\n  visitlog door --listen ./door.sock',
    ready: (socket: string) => `listening at ${socket}`,
  },
  ko: {
    summary: '담당자의 명령을 담당자 쪽의 입출력과 파일로 실행하는 창구',
    instance: '표준 입력의 연결에서 이 인스턴스 이름의 계정을 위해 실행 (systemd)',
    listen: '이 경로의 소켓에서 현재 계정만을 위해 멈출 때까지 실행',
    after: '\n예:\n  visitlog door --listen ./door.sock',
    ready: (socket) => `${socket}에서 연결을 기다립니다`,
  },
});
