import type { Language } from '../../words/bilingual.ts';
import type { Conversation } from './conversation.ts';
import type { MachineView } from './find-modem.ts';
import type { SetupFlags } from './setup-context.ts';

/** Who is asked about what. */
export interface Interview {
  readonly talk: Conversation;
  readonly view: MachineView;
  readonly flags: SetupFlags;
  readonly language: Language;
  /** The configuration file. */
  readonly target: string;
}
