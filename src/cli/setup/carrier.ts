import { dirname, join, resolve } from 'node:path';
import { isCarrierPort, parseLinkAddress } from '../../base/carrier-port.ts';
import { AppError, codeOf, fault } from '../../base/errors.ts';
import type { LineConfig } from '../../config/config.ts';
import type { TomlEdit } from '../../config/edit-toml.ts';
import { readPassword } from '../../daemon/lines/secret-file.ts';
import { setupWords } from '../../words/commands/setup.ts';
import { sayFault } from '../../words/faults/say.ts';
import { readCarrierPort, readPasswordText, readSystemId } from './answers.ts';
import type { MachineView } from './find-modem.ts';
import type { Interview, SetupFlags } from './setup-context.ts';

/** How a line binds to its carrier. */
export interface PlannedCarrier {
  readonly port: string;
  readonly systemId: string;
  readonly bind: 'receiver' | 'transceiver';
  readonly caFile: string | null;
  readonly password: PlannedPassword;
}

/** `typed` is written into `file`, which the configuration names. */
export type PlannedPassword =
  | { readonly kind: 'none' }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'typed'; readonly file: string; readonly password: string };

/** Null for a line whose texts do not come from a carrier. */
export function carrierOf({ port, systemId, bind, caFile, passwordFile }: LineConfig): PlannedCarrier | null {
  if (!isCarrierPort(port)) return null;
  const password: PlannedPassword =
    passwordFile === null ? { kind: 'none' } : { kind: 'file', file: passwordFile };
  return { port, systemId, bind, caFile, password };
}

/** Beside the configuration: whoever may read one may read the other. */
export function passwordFileBeside(configFile: string, line: string): string {
  return join(dirname(resolve(configFile)), `${line}.password`);
}

/** The keys that differ from the line as it is configured. */
export function carrierEdits(
  carrier: PlannedCarrier | null,
  before: LineConfig | undefined,
  at: (key: string) => TomlEdit['path'],
): TomlEdit[] {
  if (carrier === null) return [];
  const { systemId, bind, caFile, password } = carrier;
  const file = password.kind === 'none' ? null : password.file;
  const edits: (TomlEdit & { readonly if: boolean })[] = [
    { path: at('system_id'), value: systemId, if: systemId !== (before?.systemId ?? '') },
    { path: at('password_file'), value: file ?? '', if: file !== (before?.passwordFile ?? null) },
    { path: at('bind'), value: bind, if: bind !== (before?.bind ?? 'receiver') },
    { path: at('ca_file'), value: caFile ?? '', if: caFile !== (before?.caFile ?? null) },
  ];
  return edits.filter((edit) => edit.if).map(({ path, value }) => ({ path, value }));
}

/**
 * What the options say of a carrier, tried unless a gateway is bound there. Null: the line is no carrier's.
 * @throws AppError `setup.carrier` for options of a carrier without one; those of the password's file and of the bind
 */
export async function carrierFromFlags(
  view: MachineView,
  flags: SetupFlags,
  before: PlannedCarrier | null,
): Promise<PlannedCarrier | null> {
  const port = flags.port ?? before?.port ?? '';
  const { systemId, passwordFile, bind, caFile } = flags;
  if (!isCarrierPort(port)) {
    if ([systemId, passwordFile, bind, caFile].some((given) => given !== undefined))
      throw fault('setup.carrier');
    return null;
  }
  const carrier: PlannedCarrier = {
    port,
    systemId: systemId ?? before?.systemId ?? '',
    bind: bind ?? before?.bind ?? 'receiver',
    caFile: caFile ?? before?.caFile ?? null,
    password:
      passwordFile === undefined
        ? (before?.password ?? { kind: 'none' })
        : { kind: 'file', file: passwordFile },
  };
  await tryBind(view, carrier);
  return carrier;
}

/**
 * Binds once and takes leave. Not beside a gateway that is bound there: a second bind might end the first.
 * @throws AppError `setup.port-closed`; those of the password's file; `smpp.password` and why else no bind came to be
 */
async function tryBind(view: MachineView, carrier: PlannedCarrier): Promise<void> {
  const { port, caFile, systemId, bind: kind, password: planned } = carrier;
  const password = passwordOf(planned);
  if (view.gatewayLines.some((line) => line.port === port)) return;
  const address = parseLinkAddress(port);
  if (address === null) throw fault('port.malformed', { port });
  const [{ askCentre }, { linkOpener }] = await Promise.all([
    import('../../smpp/ask-centre.ts'),
    import('../../smpp/open-link.ts'),
  ]);
  try {
    await askCentre(linkOpener(address, caFile), { kind, systemId, password }, view.clock);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw fault('setup.port-closed', { port, system: codeOf(cause) }, { cause });
  }
}

function passwordOf(planned: PlannedPassword): string {
  if (planned.kind === 'typed') return planned.password;
  // A credential exists for the service alone.
  const isOpen = planned.kind === 'file' && !planned.file.startsWith('/run/credentials/');
  return isOpen ? readPassword(planned.file) : '';
}

/** Asks until the carrier lets the line bind, or the answers are to be kept as they are. */
export async function askCarrier(
  { talk, view, flags, language, target }: Interview,
  line: string,
  before: PlannedCarrier | null,
): Promise<PlannedCarrier> {
  const words = setupWords[language];
  let known = before;
  for (;;) {
    const port =
      flags.port ??
      (await talk.ask(words.carrierPort, readCarrierPort, {
        wrong: words.wrongCarrierPort,
        fallback: known?.port ?? null,
      }));
    const systemId =
      flags.systemId ??
      (await talk.ask(words.systemId, readSystemId, {
        wrong: words.wrongSystemId,
        fallback: known?.systemId || null,
      }));
    const bind =
      flags.bind ??
      (['receiver', 'transceiver'] as const)[await talk.choose(words.bind, words.binds)] ??
      'receiver';
    const file = passwordFileBeside(target, line);
    const password: PlannedPassword =
      flags.passwordFile === undefined
        ? {
            ...{ kind: 'typed', file },
            password: await talk.ask(words.password, readPasswordText, {
              wrong: words.wrongPassword,
              hidden: true,
            }),
          }
        : { kind: 'file', file: flags.passwordFile };
    known = { port, systemId, bind, password, caFile: flags.caFile ?? known?.caFile ?? null };
    try {
      await talk.say(`  ${words.binding(port)}`);
      await tryBind(view, known);
      await talk.say(`  ${words.bound}`);
      return known;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      await talk.say(`  ${sayFault(error, language).message} [${error.code}]`);
      if ((await talk.choose(words.notBound, words.againOrKeep)) === 1) return known;
    }
  }
}
