import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type ExitCode, exitCode, fault, systemCodeOf } from '../../base/errors.ts';
import { printableJson } from '../../base/printable.ts';
import { actorOf, systemProbe } from '../../store/audit/audit-actor.ts';
import type { Algorithm } from '../../store/register-types.ts';
import { proveWords } from '../../words/commands/proof.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { beginning, ending, prove as makeProof, type Proof, stepLines } from './proof.ts';
import type { CentralProveFlags } from './prove-central.ts';
import type { ProofStep } from './trials.ts';

interface ProveFlags extends CentralProveFlags {
  readonly central?: boolean;
  readonly keep?: boolean;
  readonly in: string;
  readonly algorithm: Algorithm;
}

export async function prove(invocation: Invocation, flags: ProveFlags): Promise<ExitCode> {
  const { central = false, url, caFile, passwordFile, directory } = flags;
  if (central) return (await import('./prove-central.ts')).proveCentral(invocation, flags);
  if ([url, caFile, passwordFile, directory].some((value) => value !== undefined))
    throw fault('prove.central-only');
  return proveAlone(invocation, flags);
}

async function proveAlone({ shell }: Invocation, flags: ProveFlags): Promise<ExitCode> {
  // Machine formats are English always.
  const words = proveWords[flags.json ? 'en' : shell.language].proof;
  const folder = makeFolder(flags.in);
  const print = (lines: readonly string[]) =>
    flags.json ? Promise.resolve() : writeLine(shell.stdout, lines.join('\n'));
  try {
    await print(beginning(folder, words));
    let last: ProofStep | null = null;
    const proof = await makeProof({
      folder,
      algorithm: flags.algorithm,
      startMs: shell.clock.wallMs(),
      who: actorOf(systemProbe(shell.env)),
      signal: shell.signal,
      words,
      onStep(step) {
        void print(stepLines(step, last, words));
        last = step;
      },
    });
    await print(ending(proof, flags.keep ? folder : null, words));
    if (flags.json) await writeLine(shell.stdout, printableJson(objectOf(proof, flags.keep ? folder : null)));
    return proof.ok ? exitCode.done : exitCode.failed;
  } finally {
    if (!flags.keep) rmSync(folder, { recursive: true, force: true });
  }
}

function makeFolder(place: string): string {
  try {
    return mkdtempSync(join(place, 'visitlog-prove-'));
  } catch (error) {
    throw fault('prove.unwritable', { place, system: systemCodeOf(error) }, { cause: error });
  }
}

function objectOf(proof: Proof, folder: string | null): object {
  const { ok, ...rest } = proof;
  return { ok, folder, ...rest };
}
