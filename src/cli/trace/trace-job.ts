import type { Config } from '../../config/config.ts';
import type { TraceQuery } from '../../export/trace/find-contacts.ts';
import type { ActStart, Audit } from '../../store/audit/audit.ts';
import type { Register } from '../../store/register-types.ts';
import type { OfficerFile, OfficerFileFlags } from '../officer/officer-file.ts';
import type { GlobalOptions, Shell } from '../shell.ts';

export interface TraceFlags extends OfficerFileFlags {
  readonly visitor: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly margin: string;
  readonly venue?: readonly string[];
  readonly summary?: boolean;
  readonly reveal?: boolean;
  readonly reason?: string;
  readonly case?: string;
}

export interface TraceJob {
  readonly shell: Shell;
  readonly globals: GlobalOptions;
  readonly flags: TraceFlags;
  readonly config: Config;
  readonly register: Register;
  readonly query: TraceQuery;
  readonly file: OfficerFile;
  readonly audit: Audit;
  readonly start: ActStart;
}
