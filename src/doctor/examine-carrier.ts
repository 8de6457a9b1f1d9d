import { join } from 'node:path';
import { parseLinkAddress } from '../base/carrier-port.ts';
import type { Clock } from '../base/clock.ts';
import { codeOf } from '../base/errors.ts';
import type { LineConfig } from '../config/config.ts';
import { readPassword } from '../daemon/lines/secret-file.ts';
import type { OpenTransport } from '../modem/port/transport.ts';
import { checkServer } from './check-reach.ts';
import { type Finding, findingsOn } from './finding.ts';
import { type Account, addressesNamed, mayUse, readFileRights, type ServiceUnit } from './gather-machine.ts';

interface CarrierToExamine {
  readonly line: LineConfig;
  readonly clock: Clock;
  readonly open: OpenTransport;
  /** Where the machine's file trees begin. */
  readonly root: string;
  readonly unit: ServiceUnit | null;
  /** The gateway's. */
  readonly account: Account;
  /** The gateway's report replaces the carrier's answer: a second bind might end the first. Null: no gateway serves the line. */
  readonly reported: Finding[] | null;
}

/** A line of a carrier: what the unit lets it reach, and whether the carrier lets it bind. */
export async function examineCarrier(carrier: CarrierToExamine): Promise<Finding[]> {
  const { line, root, unit, reported } = carrier;
  const host = parseLinkAddress(line.port)?.host ?? '';
  const named = addressesNamed(root, host);
  const reach = checkServer({ of: line.name, host, named, unit, example: 'serial-server.conf' });
  return [...reach, ...(reported ?? [await askCarrier(carrier)])];
}

async function askCarrier({ line, open, clock, root, account }: CarrierToExamine): Promise<Finding> {
  const { port, passwordFile, bind, systemId } = line;
  const find = findingsOn(line.name);
  // A credential exists for the service alone.
  if (passwordFile?.startsWith('/run/credentials/')) return find('carrier.unasked');
  const file = passwordFile === null ? null : readFileRights(join(root, passwordFile));
  if (file !== null && typeof file !== 'string' && !mayUse(file, account, 4))
    return find('carrier.no-right', { path: passwordFile ?? '', user: account.name });
  try {
    const password = passwordFile === null ? '' : readPassword(join(root, passwordFile));
    const { askCentre } = await import('../smpp/ask-centre.ts');
    await askCentre(open, { kind: bind, systemId, password }, clock);
    return find('carrier.answers', { port });
  } catch (error) {
    return find('carrier.refuses', { port, code: askedCode(error) });
  }
}

/** What the system says of a port has a page under this name. */
function askedCode(error: unknown): string {
  const code = codeOf(error);
  return code.includes('.') ? code : `port.${code}`;
}
