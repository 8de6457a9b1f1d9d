import type { KoreanErrors } from './korean-errors.ts';

/** The word before the first dot of a code, and where its errors stand in Korean; read when one of them is met. */
export const koreanTables = {
  address: async () => (await import('./address.ts')).addressErrors,
  audit: async () => (await import('./audit.ts')).auditErrors,
  backup: async () => (await import('./backup.ts')).backupErrors,
  cipher: async () => (await import('./cipher.ts')).cipherErrors,
  config: async () => (await import('./config.ts')).configErrors,
  dcs: async () => (await import('./dcs.ts')).dcsErrors,
  erase: async () => (await import('./erase.ts')).eraseErrors,
  explain: async () => (await import('./explain.ts')).explainErrors,
  keyring: async () => (await import('./keyring.ts')).keyringErrors,
  line: async () => (await import('./line.ts')).lineErrors,
  pdu: async () => (await import('./pdu.ts')).pduErrors,
  pin: async () => (await import('./pin.ts')).pinErrors,
  port: async () => (await import('./port.ts')).portErrors,
  prove: async () => (await import('./prove.ts')).proveErrors,
  register: async () => (await import('./register.ts')).registerErrors,
  reset: async () => (await import('./reset.ts')).resetErrors,
  scts: async () => (await import('./scts.ts')).sctsErrors,
  simulator: async () => (await import('./simulator.ts')).simulatorErrors,
  sms: async () => (await import('./sms.ts')).smsErrors,
  sweep: async () => (await import('./sweep.ts')).sweepErrors,
  udh: async () => (await import('./udh.ts')).udhErrors,
  usage: async () => (await import('./usage.ts')).usageErrors,
  venue: async () => (await import('./venue.ts')).venueErrors,
  window: async () => (await import('./window.ts')).windowErrors,
} satisfies Readonly<Record<string, () => Promise<KoreanErrors>>>;
