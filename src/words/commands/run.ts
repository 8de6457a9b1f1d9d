import { bilingual } from '../bilingual.ts';

export const runWords = bilingual({
  en: { after: '\nExample:\n  visitlog --config /etc/visitlog/visitlog.toml run' },
  ko: { after: '\n예:\n  visitlog --config /etc/visitlog/visitlog.toml run' },
});
