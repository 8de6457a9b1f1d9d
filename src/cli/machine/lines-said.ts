import type { SaidByGateway } from '../../doctor/survey-modems.ts';
import type { Language } from '../../words/bilingual.ts';
import { statusWords } from '../../words/commands/status.ts';

/** What the gateway says of a line, in a row: `receiving, SKTelecom, 4 of 5 bars (-77 dBm)`. */
export function formatSaid(
  { state, reason, operator, registration, signal, storage }: SaidByGateway,
  language: Language,
): string {
  const words = statusWords[language];
  return [
    words.states[state],
    state === 'ready' ? null : reason,
    operator ?? (registration === null ? null : words.registrations[registration]),
    signal && words.bars(signal.bars, signal.dbm),
    storage && words.storage(storage.memory, storage.used, storage.total),
  ]
    .filter((part) => part !== null)
    .join(', ');
}
