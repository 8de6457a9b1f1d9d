import { codeOf, type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printableJson } from '../../base/printable.ts';
import { koreanTime, openZone, type Zone } from '../../base/zone.ts';
import type { CentralAddress } from '../../central/connect.ts';
import { type CentralReason, type CentralSurvey, reasonsIn, surveyCentral } from '../../central/survey.ts';
import { centralAddressOf } from '../../daemon/central/central-address.ts';
import { type CentralWords, centralWords } from '../../words/commands/central.ts';
import { type Configured, configured } from '../configured.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { formatTable } from '../text-table.ts';
import { addressOf, type ServerFlags } from './server-address.ts';

interface StatusFlags extends ServerFlags {
  readonly json?: boolean;
}

/** As `status` has them. */
const exits = { well: exitCode.done, degraded: exitCode.failed, down: exitCode.usage } as const;

export async function centralStatus(given: Invocation, flags: StatusFlags): Promise<ExitCode> {
  const loaded = await configuredIfReadable(given, flags);
  const { shell } = given;
  const zone = loaded?.zone ?? openZone(koreanTime.zone);
  const survey = await surveyCentral(addressFor(loaded, flags));
  const nowMs = shell.clock.wallMs();
  const reasons = reasonsIn(survey, nowMs);
  const verdict = verdictOf(reasons);
  const lines = flags.json
    ? [printableJson({ status: verdict, reasons, ...jsonOf(survey, zone) })]
    : textOf(survey, reasons, { words: centralWords[shell.language], zone });
  for (const line of lines) await writeLine(shell.stdout, line);
  return exits[verdict];
}

/** The account of PostgreSQL may not read visitlog's file, and with --url need not. */
async function configuredIfReadable(given: Invocation, { url }: ServerFlags): Promise<Configured | null> {
  try {
    return await configured(given);
  } catch (error) {
    if (url !== undefined && codeOf(error) === 'config.unreadable') return null;
    throw error;
  }
}

function addressFor(loaded: Configured | null, flags: ServerFlags): CentralAddress {
  if (flags.url !== undefined) return addressOf(flags.url, flags);
  const address = loaded && centralAddressOf(loaded.config, 'visitlog administrator');
  if (address === null) throw fault('central.not-configured');
  return address;
}

function verdictOf(reasons: readonly CentralReason[]): keyof typeof exits {
  if (reasons.some(({ severity }) => severity === 'down')) return 'down';
  return reasons.length > 0 ? 'degraded' : 'well';
}

const timeOrNull = (zone: Zone, atMs: number | null) => (atMs === null ? null : zone.format(atMs));

function jsonOf({ servers, schema, standbys, gateways, holders }: CentralSurvey, zone: Zone): object {
  return {
    servers,
    schema,
    standbys,
    gateways:
      gateways?.map(({ name, batches, lastMs }) => ({
        ...{ name, batches },
        last_at: timeOrNull(zone, lastMs),
      })) ?? null,
    holders:
      holders?.map(({ name, publishedUntilMs }) => ({
        name,
        published_until: timeOrNull(zone, publishedUntilMs),
      })) ?? null,
  };
}

interface Wording {
  readonly words: CentralWords;
  readonly zone: Zone;
}

/** Headings and tables, one below the other; what is not known has none. */
function textOf(
  survey: CentralSurvey,
  reasons: readonly CentralReason[],
  { words, zone }: Wording,
): string[] {
  const { servers, schema, standbys, gateways, holders } = survey;
  const at = (ms: number | null) =>
    ms === null ? words.never : zone.format(ms).slice(0, 19).replace('T', ' ');
  return [
    words.verdicts[verdictOf(reasons)],
    ...reasons.map(({ code, of }) => `  ${words.reason(code, of)}`),
    ...formatTable(
      [words.server, words.role],
      servers.map(({ host, role, code }) => [host, role === null ? `[${code}]` : words.roles[role]]),
    ),
    ...(schema === null ? [] : [words.schema(schema.version)]),
    ...(standbys === null ? [] : [words.standbys(standbys.here, standbys.wanted)]),
    ...(gateways === null
      ? []
      : formatTable(
          [words.gatewayHead, words.batches, words.lastBatch],
          gateways.map(({ name, batches, lastMs }) => [name, batches, at(lastMs)]),
        )),
    ...(holders === null
      ? []
      : formatTable(
          [words.holderHead, words.published],
          holders.map(({ name, publishedUntilMs }) => [name, at(publishedUntilMs)]),
        )),
  ];
}
