import { entry, type FactsIn } from './entry.ts';
import { exists, notAFile, type UnwritableFacts, unwritable } from './files.ts';

export const backupFaults = {
  'backup.exists': exists,
  'backup.not-a-file': notAFile,
  /** `output` and `system` as for any file, or null and `room`: too little room, found before anything was written. */
  'backup.unwritable': entry<UnwritableFacts>({
    exit: 'failed',
    en: (facts, cause) =>
      facts.system !== 'room'
        ? unwritable.en(facts, cause)
        : [
            'the disk has no room for the backup; nothing was written',
            'It needs as much as register.sqlite takes: free some space, or name a file elsewhere.',
          ],
    ko: (facts, cause) =>
      facts.system !== 'room'
        ? unwritable.ko(facts, cause)
        : [
            '디스크에 백업을 저장할 공간이 없어 아무것도 저장하지 않았습니다',
            'register.sqlite만큼의 공간이 필요합니다. 공간을 확보하거나 다른 위치의 파일 이름을 지정하십시오.',
          ],
  }),
  'backup.stopped': entry({
    exit: 'failed',
    outcome: 'interrupted',
    en: () => 'the backup was stopped; nothing was written',
    ko: () => '백업을 멈추었습니다. 아무것도 쓰지 않았습니다',
  }),
  'backup.damaged': entry({
    exit: 'failed',
    en: () => [
      'the copy is damaged, and probably the register too',
      'Run `visitlog check --full`, and keep the backups that you have.',
    ],
    ko: () => [
      '사본이 손상되었습니다. 방문 기록부도 손상되었을 것입니다',
      '`visitlog check --full`을 실행하고, 가지고 있는 백업을 보존하십시오.',
    ],
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof backupFaults> {}
}
