import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';

/** Decodes a PDU to its text; throws, or returns something other than a string, if it cannot. */
export interface Decoder {
  readonly name: string;
  decode(pdu: string): unknown;
}

/** Outside the project, because they are not its dependencies. */
const folder = `${process.env.XDG_CACHE_HOME ?? `${homedir()}/.cache`}/visitlog-bench`;

interface NodePdu {
  parse(pdu: string): { readonly data?: { getText(): string } };
}
interface NodeSmsPdu {
  parse(pdu: string): { readonly text: string };
}
interface PduTs {
  readonly PDUParser: { Parse(pdu: string): { readonly text: string } };
}

const openers: Readonly<Record<string, (module: unknown) => (pdu: string) => unknown>> = {
  'node-pdu': (module) => (pdu) => (module as NodePdu).parse(pdu).data?.getText(),
  'node-sms-pdu': (module) => (pdu) => (module as NodeSmsPdu).parse(pdu).text,
  'pdu.ts': (module) => (pdu) => (module as PduTs).PDUParser.Parse(pdu).text,
};

/** The libraries that are installed; with `mayInstall`, the missing ones are fetched first. */
export function npmDecoders(mayInstall: boolean): {
  readonly decoders: readonly Decoder[];
  readonly absent: readonly string[];
} {
  const names = Object.keys(openers);
  const isThere = (name: string): boolean => existsSync(`${folder}/node_modules/${name}/package.json`);
  const missing = names.filter((name) => !isThere(name));
  if (mayInstall && missing.length > 0) install(missing);
  const require = createRequire(`${folder}/decoders.js`);
  return {
    decoders: names.filter(isThere).map((name) => ({
      name: `${name} ${versionOf(name)}`,
      decode: (openers[name] as NonNullable<(typeof openers)[string]>)(require(name)),
    })),
    absent: names
      .filter((name) => !isThere(name))
      .map((name) => `${name} is not installed and is not compared (npm run bench -- decode --install)`),
  };
}

function install(names: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  const args = ['install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder];
  spawnSync('npm', [...args, ...names], { stdio: 'inherit' });
}

function versionOf(name: string): string {
  const text = readFileSync(`${folder}/node_modules/${name}/package.json`, 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
