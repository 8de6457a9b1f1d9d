import { join } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { codeOf } from '../base/errors.ts';
import type { CentralAddress } from '../central/connect.ts';
import type { Config } from '../config/config.ts';
import { type HolderKeys, readHolderKeys } from '../daemon/central/holder-keys.ts';
import { pinsOf } from '../daemon/central/pins.ts';
import { type Finding, findingsOn } from './finding.ts';
import { readFileRights } from './gather-machine.ts';

type HolderPin = HolderKeys['pin'];

interface PinsToExamine {
  readonly config: Config;
  readonly clock: Clock;
  /** Where the machine's file trees begin. */
  readonly root: string;
  /** Null if this command may not ask the central register, or it does not answer. */
  readonly address: CentralAddress | null;
}

/** What a register host has of keys, and whether what holders have published is signed by the keys that are pinned here. */
export async function examinePins({ config, clock, root, address }: PinsToExamine): Promise<Finding[]> {
  const { findings, pins: own } = examineOwn(config, clock, root);
  if (address === null || (config.holder.name !== null && own.length === 0)) return findings;
  const names = new Set(own.map(({ holder }) => holder));
  const others = pinsOf(config).filter(({ holder }) => !names.has(holder));
  return [...findings, ...(await askBoard(address, [...own, ...others], config.holder.name))];
}

/** Of a host that is no register host, or whose files this account may not see: nothing. */
function examineOwn(
  config: Config,
  clock: Clock,
  root: string,
): { readonly findings: Finding[]; readonly pins: readonly HolderPin[] } {
  const { name } = config.holder;
  const dataDir = join(root, config.dataDir);
  if (name === null || typeof readFileRights(dataDir) === 'string') return { findings: [], pins: [] };
  const find = findingsOn('central');
  try {
    const keys = readHolderKeys({ ...config, dataDir, keyFile: join(root, config.keyFile) }, clock);
    if (keys === null) return { findings: [], pins: [] };
    return { findings: [find('holder.keys', { name, hours: keys.hours })], pins: [keys.pin] };
  } catch (error) {
    return { findings: [find('holder.keys-refused', { name, code: codeOf(error) })], pins: [] };
  }
}

async function askBoard(
  address: CentralAddress,
  pins: readonly HolderPin[],
  own: string | null,
): Promise<Finding[]> {
  const find = findingsOn('central');
  const { surveyPins } = await import('../central/survey-pins.ts');
  try {
    const { right, wrong, silent, unnamed } = await surveyPins(address, pins);
    return [
      ...(right.length > 0 ? [find('central.pins', { holders: right.join(', ') })] : []),
      ...wrong.map((holder) => find('central.pin-wrong', { holder })),
      ...silent.map((holder) =>
        holder === own
          ? find('holder.unpublished', { name: holder })
          : find('central.pin-silent', { holder }),
      ),
      ...(unnamed.length > 0 ? [find('central.holders-unnamed', { holders: unnamed.join(', ') })] : []),
    ];
  } catch {
    // What keeps the central register from answering is a finding of its own.
    return [];
  }
}
