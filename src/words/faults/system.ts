import type { Language } from '../bilingual.ts';

type Reasons = Readonly<Record<Language, Readonly<Record<string, string>>>>;

/** What a system's error code means if a file is opened or written. */
const writing: Reasons = {
  en: {
    ENOENT: 'there is no such folder',
    ENOTDIR: 'there is no such folder',
    EACCES: 'no permission',
    EPERM: 'no permission',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the quota is used up',
  },
  ko: {
    ENOENT: '폴더가 없음',
    ENOTDIR: '폴더가 없음',
    EACCES: '권한이 없음',
    EPERM: '권한이 없음',
    EROFS: '읽기 전용 파일 시스템',
    ENOSPC: '디스크가 가득 참',
    EDQUOT: '할당량을 다 씀',
  },
};

/** The same if a file is read, or a device or connection opened. */
const opening: Reasons = {
  en: {
    ENOENT: 'it does not exist',
    ENOTDIR: 'it does not exist',
    EISDIR: 'it is a folder',
    EACCES: 'no permission',
    EPERM: 'no permission',
    EBUSY: 'another program has it open',
    EIO: 'reading fails',
    ENXIO: 'no device is there',
    ENODEV: 'no device is there',
    ECONNREFUSED: 'the connection is refused',
    ETIMEDOUT: 'no answer came',
    EHOSTUNREACH: 'the address is not reachable',
    ENETUNREACH: 'the address is not reachable',
    ENOTFOUND: 'the name has no address',
    EADDRINUSE: 'the address is in use',
    EADDRNOTAVAIL: 'this machine does not have the address',
    ENOSPC: 'the disk is full',
    EROFS: 'the file system is read-only',
    ELOOP: 'its links lead in a circle',
    EMFILE: 'too many files are open',
    ENFILE: 'too many files are open',
    ENAMETOOLONG: 'its name is too long',
    EXDEV: 'it lies on another file system',
    ESTALE: 'the network drive lost it',
    EFBIG: 'it would be larger than the file system allows',
    ENOMEM: 'there is too little memory',
    EINVAL: 'the system does not allow that for it',
    ENOTSUP: 'the file system cannot do that',
    ENOTTY: 'it is not a serial port',
    ETXTBSY: 'a program runs from it',
    EEXIST: 'it exists',
    ECONNRESET: 'the connection was cut',
    EPIPE: 'the other end is closed',
    EAI_AGAIN: 'the name server does not answer',
    ENETDOWN: 'the network is off',
  },
  ko: {
    ENOENT: '없음',
    ENOTDIR: '없음',
    EISDIR: '폴더임',
    EACCES: '권한이 없음',
    EPERM: '권한이 없음',
    EBUSY: '다른 프로그램이 사용 중',
    EIO: '읽기 오류',
    ENXIO: '장치가 없음',
    ENODEV: '장치가 없음',
    ECONNREFUSED: '연결이 거부됨',
    ETIMEDOUT: '응답이 없음',
    EHOSTUNREACH: '주소에 연결할 수 없음',
    ENETUNREACH: '주소에 연결할 수 없음',
    ENOTFOUND: '이름의 주소를 찾을 수 없음',
    EADDRINUSE: '이미 사용 중인 주소',
    EADDRNOTAVAIL: '이 서버에 없는 주소',
    ENOSPC: '디스크가 가득 참',
    EROFS: '읽기 전용 파일 시스템',
    ELOOP: '링크가 서로를 가리킴',
    EMFILE: '열린 파일이 너무 많음',
    ENFILE: '열린 파일이 너무 많음',
    ENAMETOOLONG: '이름이 너무 김',
    EXDEV: '다른 파일 시스템에 있음',
    ESTALE: '네트워크 드라이브와 연결이 끊김',
    EFBIG: '파일 시스템이 허용하는 크기를 넘음',
    ENOMEM: '메모리가 부족함',
    EINVAL: '시스템이 허용하지 않음',
    ENOTSUP: '파일 시스템이 지원하지 않음',
    ENOTTY: '시리얼 포트가 아님',
    ETXTBSY: '실행 중인 프로그램임',
    EEXIST: '이미 있음',
    ECONNRESET: '연결이 끊어짐',
    EPIPE: '상대가 연결을 닫음',
    EAI_AGAIN: '이름 서버가 응답하지 않음',
    ENETDOWN: '네트워크가 꺼져 있음',
  },
};

const unknown = { en: 'unknown error', ko: '알 수 없는 오류' };
const another = {
  en: (code: string) => `another error of the system, ${code}`,
  ko: (code: string) => `그 밖의 시스템 오류(${code})`,
};

/** Why a file could not be written, from the system's code; an uncommon one is told as such. */
export function writeReason(system: string | null, language: Language): string {
  return writing[language][system ?? ''] ?? openReason(system, language);
}

/** Why a file could not be read, or a device or connection opened. */
export function openReason(system: string | null, language: Language): string {
  if (system === null) return unknown[language];
  return opening[language][system] ?? another[language](system);
}
