import type { Language } from '../bilingual.ts';

/** What a system's error code means where a file is opened or written. */
const reasons: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
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

/** Why a file could not be written, from the system's code; the code itself if it is an uncommon one. */
export function writeReason(system: string | null, language: Language): string {
  return (
    reasons[language][system ?? ''] ?? system ?? { en: 'unknown error', ko: '알 수 없는 오류' }[language]
  );
}
