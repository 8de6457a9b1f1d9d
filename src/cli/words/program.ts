import { bilingual } from './bilingual.ts';

/** The frame of the command line: what stands before every command, and the headings of help. */
export const programWords = bilingual({
  en: {
    description: 'A visitor register that works by text message.',
    usage: 'Usage:',
    options: 'Options:',
    commands: 'Commands:',
    arguments: 'Arguments:',
    version: 'show the version',
    help: 'show help',
    helpCommand: 'show the help of a command',
    config: 'configuration (else $VISITLOG_CONFIG, /etc/visitlog/visitlog.toml)',
    lang: 'language of what people read (else the locale)',
    debug: 'show where an error arose',
    choices: (values: string) => `one of: ${values}`,
    default: (value: string) => `unless said: ${value}`,
  },
  ko: {
    description: '문자 메시지로 남기는 방문 기록부.',
    usage: '사용법:',
    options: '옵션:',
    commands: '명령:',
    arguments: '인수:',
    version: '버전 표시',
    help: '도움말 표시',
    helpCommand: '명령의 도움말 표시',
    config: '설정 파일 (없으면 $VISITLOG_CONFIG, /etc/visitlog/visitlog.toml)',
    lang: '사람이 읽는 글의 언어 (없으면 로캘에 따름)',
    debug: '오류가 난 자리를 표시',
    choices: (values) => `선택: ${values}`,
    default: (value) => `기본값: ${value}`,
  },
});
