import { dirname } from 'node:path';
import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { parsePostgresUrl } from '../../base/postgres-url.ts';
import { printableJson } from '../../base/printable.ts';
import type { CentralAddress } from '../../central/connect.ts';
import { type CentralEvidence, type EvidenceQuery, readEvidence } from '../../central/evidence.ts';
import { centralAddressOf } from '../../daemon/central/central-address.ts';
import { readCentralPassword } from '../../daemon/lines/secret-file.ts';
import { registerOptionsOf } from '../../daemon/register-options.ts';
import { openDatabase } from '../../store/database/database.ts';
import { guarded } from '../../store/database/errors.ts';
import { holderRingPath, openHolderFiles } from '../../store/holder/holder-files.ts';
import { hourOf } from '../../store/hour.ts';
import { centralProofWords } from '../../words/commands/central-proof.ts';
import { type Configured, configured } from '../configured.ts';
import { recordAct } from '../officer/act.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { type CentralStep, centralSteps } from './central-proof.ts';
import { limitLines, stepLines } from './proof.ts';

export interface CentralProveFlags {
  readonly url?: string;
  readonly caFile?: string;
  readonly passwordFile?: string;
  readonly directory?: readonly string[];
  readonly json?: boolean;
}

/** Hours, and visits of each, that are tried. With a ring of four weeks this takes some seconds. */
const hoursTried = 24;
const visitsTried = 200;

/** Errors: `holder.not-configured`, `prove.directory`, `prove.stopped`, those of `openHolderFiles`, `central.…`. */
export async function proveCentral(given: Invocation, flags: CentralProveFlags): Promise<ExitCode> {
  const invocation = await configured(given);
  const { config, shell } = invocation;
  const { name } = config.holder;
  if (name === null) throw fault('holder.not-configured');
  const options = registerOptionsOf(config, shell.clock, 'reader');
  const files = openHolderFiles({ ...options, name, aheadMs: config.holder.publishAheadMs });
  try {
    const held = files.ring.hours();
    const lastPastHour = hourOf(shell.clock.wallMs() - options.retentionMs) - 1;
    const query: EvidenceQuery = { holder: name, held, lastPastHour, hours: hoursTried, visits: visitsTried };
    const evidence = await evidenceFor(invocation, flags, query);
    const db = guarded(() => openDatabase(options.dataDir, true));
    const ringFile = holderRingPath(options.keyFile);
    try {
      const subject = {
        ...{
          holder: name,
          ring: files.ring,
          db,
          ringFile,
          keyFile: options.keyFile,
          masterFile: options.masterFile ?? null,
        },
        ownFolders: [...new Set([options.dataDir, dirname(ringFile)])],
        ...{ directories: flags.directory ?? [], evidence, signal: shell.signal },
        words: centralProofWords[flags.json ? 'en' : shell.language],
      };
      let code: ExitCode = exitCode.done;
      await recordAct(invocation, { command: 'prove --central', scope: { revealed: false } }, async () => {
        code = await tell(invocation, subject, flags.json ?? false);
        return { rows: 0, complete: true };
      });
      return code;
    } finally {
      db.close();
    }
  } finally {
    files.close();
  }
}

/** What lives is asked of the central register, what is past of the server that is named, which may run on an old copy. */
async function evidenceFor(
  { config }: Configured,
  flags: CentralProveFlags,
  query: EvidenceQuery,
): Promise<CentralEvidence> {
  const own = centralAddressOf(config, 'visitlog proof');
  // A holder has one.
  if (own === null) throw fault('central.not-configured');
  const now = await readEvidence(own, query);
  if (flags.url === undefined) return now;
  const { host, past } = await readEvidence(addressOf(own, flags.url, flags), query);
  return { ...now, host, past };
}

/** Error: `central.url`. */
function addressOf(
  own: CentralAddress,
  named: string,
  { caFile, passwordFile }: CentralProveFlags,
): CentralAddress {
  const url = parsePostgresUrl(named);
  if (url === null) throw fault('central.url');
  return {
    ...own,
    url,
    caFile: caFile ?? own.caFile,
    password: passwordFile === undefined ? own.password : () => readCentralPassword(passwordFile),
  };
}

async function tell(
  { shell }: Configured,
  subject: Parameters<typeof centralSteps>[0],
  json: boolean,
): Promise<ExitCode> {
  const { words, evidence } = subject;
  const print = (lines: readonly string[]) =>
    json ? Promise.resolve() : writeLine(shell.stdout, lines.join('\n'));
  await print(words.beginning);
  const steps: CentralStep[] = [];
  for await (const step of centralSteps(subject)) {
    await print(stepLines(step, steps.at(-1) ?? null, words));
    steps.push(step);
  }
  const failed = steps.filter(({ ok }) => ok === false).length;
  const isShown = steps.every(({ when, ok }) => when === 'files' || ok !== null);
  const verdict = isShown ? words.passed : words.nothing(evidence.host);
  await print([
    ...['', words.cannotShow, ...limitLines(words.limits)],
    ...['', failed > 0 ? words.failed(failed, steps.length) : verdict],
  ]);
  const ok = failed === 0 && isShown;
  if (json)
    await writeLine(
      shell.stdout,
      printableJson({
        ...{ ok, shown: isShown, server: evidence.host },
        ...{ living_hours: evidence.living.length, past_hours: evidence.past.length },
        ...{ steps, limits: words.limits },
      }),
    );
  if (ok) return exitCode.done;
  return failed > 0 ? exitCode.failed : exitCode.nothing;
}
