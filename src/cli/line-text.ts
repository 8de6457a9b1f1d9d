import type { GatewayReport } from '../doctor/survey-modems.ts';
import type { Language } from '../words/bilingual.ts';
import { statusWords } from '../words/commands/status.ts';

/** A line as the gateway reports it: `receiving, SKTelecom, 4 of 5 bars (-77 dBm)`. */
export function formatLine(
  { state, reason, operator, registration, signal, storage }: GatewayReport,
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
