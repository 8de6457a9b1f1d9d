import { entry } from './entry.ts';
import { writeReason } from './system.ts';

/** The faults of a file that a command writes for its user: `export.exists`, `backup.exists`, `poster.exists` … */
export const exists = entry<{ file: string }>({
  exit: 'refused',
  en: ({ file }) => [
    `${file}: a file of that name exists`,
    'Choose another name, or replace it with --force.',
  ],
  ko: ({ file }) => [`'${file}' 파일이 이미 있습니다`, '다른 이름을 고르거나 --force로 덮어쓰십시오.'],
});

export const notAFile = entry<{ file: string }>({
  exit: 'refused',
  en: ({ file }) => [`${file}: exists and is not a regular file`, 'Name a file.'],
  ko: ({ file }) => [`'${file}': 이미 있으며 일반 파일이 아닙니다`, '파일 이름을 지정하십시오.'],
});

/** `output`: the file, or null for standard output. */
export interface UnwritableFacts {
  readonly output: string | null;
  readonly system: string | null;
}

export const unwritable = entry<UnwritableFacts>({
  exit: 'failed',
  en: ({ output, system }) =>
    `${output ?? 'standard output'}: cannot be written (${writeReason(system, 'en')})`,
  ko: ({ output, system }) =>
    `${output === null ? '표준 출력' : `'${output}'`}에 쓸 수 없습니다(${writeReason(system, 'ko')})`,
});
