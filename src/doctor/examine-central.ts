import { join } from 'node:path';
import { hourMs, minuteMs } from '../base/amounts.ts';
import type { Clock } from '../base/clock.ts';
import { codeOf } from '../base/errors.ts';
import type { CentralAddress } from '../central/connect.ts';
import type { Config } from '../config/config.ts';
import { centralAddressOf } from '../daemon/central/central-address.ts';
import { readSitePlaces } from '../daemon/central/read-site-places.ts';
import { checkServer } from './check-reach.ts';
import { examinePins } from './examine-pins.ts';
import { type Finding, findingsOn } from './finding.ts';
import {
  type Account,
  addressesNamed,
  findUnit,
  mayUse,
  readFileRights,
  type ServiceUnit,
} from './gather-machine.ts';

interface CentralToExamine {
  readonly config: Config;
  readonly clock: Clock;
  /** Where the machine's file trees begin. */
  readonly root: string;
  readonly unit: ServiceUnit | null;
  /** The gateway's. */
  readonly account: Account;
}

/** What the unit lets a host reach of its central register, and how that is; nothing on a host without one. */
export async function examineCentral(options: CentralToExamine): Promise<Finding[]> {
  const { config } = options;
  if (config.central.url === null) return [];
  const asked = await askServers(options);
  return [
    ...checkServers(options),
    ...checkFiles(options),
    ...asked.findings,
    ...(await examinePins({ ...options, address: asked.address })),
    ...checkPlaces(options),
  ];
}

/** The gateway's unit asks the servers; on a register host also that of officers' commands does. */
function checkServers({ config, root, unit }: CentralToExamine): Finding[] {
  const hosts = config.central.url?.hosts.filter(({ host }) => !host.startsWith('/')) ?? [];
  const hasOfficers = config.holder.name !== null && config.door.socket !== null;
  const units = [unit, hasOfficers ? findUnit(root, 'visitlog-door@.service') : null];
  return units.flatMap((each) =>
    hosts.flatMap(({ host }) => {
      const named = addressesNamed(root, host);
      return checkServer({ of: 'central', host, named, unit: each, example: 'central.conf' });
    }),
  );
}

/** The gateway asks every few seconds, and writes down every ten minutes that it has. */
const oldPlacesMs = hourMs;

/** How old a site's copy of the places is. What keeps its register from being read is found by the other checks. */
function checkPlaces({ config, clock, root }: CentralToExamine): Finding[] {
  const copy = readSitePlaces(config, join(root, config.dataDir));
  if (copy === null) return [];
  const find = findingsOn('central');
  const { list, copied: places, here } = copy;
  const ageMs = list && Math.max(0, clock.wallMs() - list.checkedAtMs);
  const minutes = ageMs === null ? null : Math.floor(ageMs / minuteMs);
  const isFresh = ageMs !== null && ageMs < oldPlacesMs;
  return [
    isFresh && minutes !== null
      ? find('central.places', { places, minutes })
      : find('central.places-old', { places, minutes }),
    ...(here > 0 ? [find('central.places-here', { places: here })] : []),
  ];
}

function filesOf({ central }: Pick<Config, 'central'>): string[] {
  const { caFile, passwordFile } = central;
  return [caFile, passwordFile].filter((file) => file !== null && !isCredential(file)) as string[];
}

const isCredential = (file: string) => file.startsWith('/run/credentials/');

function checkFiles({ config, root, account }: CentralToExamine): Finding[] {
  const find = findingsOn('central');
  return filesOf(config).flatMap((path) => {
    const rights = readFileRights(join(root, path));
    // What is missing or hidden, the attempt to log in says.
    const isDenied = typeof rights !== 'string' && !mayUse(rights, account, 4);
    return isDenied ? [find('central.no-file-right', { path, user: account.name })] : [];
  });
}

/** `address`: of a register that answered as this version's; else null. */
async function askServers({
  config,
  clock,
  root,
}: CentralToExamine): Promise<{ readonly findings: Finding[]; readonly address: CentralAddress | null }> {
  const find = findingsOn('central');
  const { caFile, passwordFile } = config.central;
  // By peer and by a credential the service alone logs in.
  if (passwordFile === null || isCredential(passwordFile))
    return { findings: [find('central.unasked')], address: null };
  const below = (file: string | null) => file && join(root, file);
  const central = { ...config.central, caFile: below(caFile), passwordFile: below(passwordFile) };
  const address = centralAddressOf({ central }, 'visitlog doctor');
  if (address === null) return { findings: [], address: null };
  const { reasonsIn, surveyCentral } = await import('../central/survey.ts');
  try {
    const survey = await surveyCentral(address);
    const primary = survey.servers.find(({ role }) => role === 'primary');
    const { schema } = survey;
    return {
      findings: [
        ...(primary === undefined ? [] : [find('central.answers', { host: primary.host })]),
        ...reasonsIn(survey, clock.wallMs()).map(({ code, severity, of }) =>
          find('central.refuses', { code, of: of ?? '', isDown: severity === 'down' }),
        ),
      ],
      address: schema !== null && schema.version === schema.known ? address : null,
    };
  } catch (error) {
    const refused = find('central.refuses', { code: codeOf(error), of: '', isDown: true });
    return { findings: [refused], address: null };
  }
}
