import type { CommandName } from '../words/commands/summaries.ts';
import type { Define } from './invocation.ts';

/** Every command, in the order of the help; a module is loaded when its command is called, not before. */
export const commandTable: Readonly<Record<CommandName, () => Promise<Define>>> = {
  run: async () => (await import('./run.ts')).defineRun,
  demo: async () => (await import('./demo.ts')).defineDemo,
  simulate: async () => (await import('./simulate.ts')).defineSimulate,
  status: async () => (await import('./status.ts')).defineStatus,
  setup: async () => (await import('./setup.ts')).defineSetup,
  lines: async () => (await import('./machine/lines.ts')).defineLines,
  doctor: async () => (await import('./machine/doctor.ts')).defineDoctor,
  export: async () => (await import('./export/export.ts')).defineExport,
  trace: async () => (await import('./trace/trace.ts')).defineTrace,
  counts: async () => (await import('./counts/counts.ts')).defineCounts,
  audit: async () => (await import('./audit/audit.ts')).defineAudit,
  venue: async () => (await import('./venue/venue.ts')).defineVenue,
  unresolved: async () => (await import('./unresolved/unresolved.ts')).defineUnresolved,
  erase: async () => (await import('./erase/erase.ts')).defineErase,
  sweep: async () => (await import('./sweep/sweep.ts')).defineSweep,
  keyring: async () => (await import('./keyring.ts')).defineKeyring,
  backup: async () => (await import('./backup.ts')).defineBackup,
  check: async () => (await import('./check.ts')).defineCheck,
  prove: async () => (await import('./prove.ts')).defineProve,
  explain: async () => (await import('./explain.ts')).defineExplain,
  decode: async () => (await import('./decode.ts')).defineDecode,
  config: async () => (await import('./config.ts')).defineConfig,
  completion: async () => (await import('./completion.ts')).defineCompletion,
};

/** Commands that programs call, and help does not show. */
export const hiddenCommands: Readonly<Record<string, () => Promise<Define>>> = {
  complete: async () => (await import('./complete.ts')).defineComplete,
};
