import { type LoadedConfig, loadConfig } from '../../config/load.ts';
import type { Language } from '../../words/bilingual.ts';
import type { Shell } from '../shell.ts';
import type { Conversation } from './conversation.ts';
import type { MachineView } from './find-modem.ts';
import type { SetupHost } from './host.ts';
import type { Officers } from './officers.ts';

/** The options of `setup`, checked. */
export interface SetupFlags {
  readonly port?: string;
  readonly number?: string;
  readonly areaCode?: string;
  readonly timeZone?: string;
  readonly name?: string;
  readonly pinFile?: string;
  readonly systemId?: string;
  readonly passwordFile?: string;
  readonly bind?: 'receiver' | 'transceiver';
  readonly caFile?: string;
  readonly contact?: string;
  readonly role?: Officers;
  readonly yes?: boolean;
  readonly start?: boolean;
  /** How long to wait for a first text, in ms; false: do not wait. */
  readonly wait?: number | false;
}

export interface SetupContext {
  readonly shell: Shell;
  readonly host: SetupHost;
  /** The configuration file, which need not exist yet. */
  readonly target: string;
  readonly flags: SetupFlags;
}

/** A setup that asks questions: its conversation, and what the answers are about. */
export interface Interview {
  readonly talk: Conversation;
  readonly view: MachineView;
  readonly flags: SetupFlags;
  readonly language: Language;
  /** The configuration file. */
  readonly target: string;
}

/** The named file may be missing: setup creates it. */
export function loadTarget({ shell, target }: SetupContext): Promise<LoadedConfig> {
  const { VISITLOG_CONFIG: _, ...env } = shell.env;
  return loadConfig({ env, usualFile: target });
}
