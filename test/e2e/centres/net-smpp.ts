import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Running, startCommand } from '../../support/program.ts';
import { until } from '../../support/until.ts';

const script = fileURLToPath(new URL('net-smpp.pl', import.meta.url));

/** A parameter of a PDU; octets in hexadecimal. */
export type Value = string | number | { readonly hex: string };

/** What the centre heard, as Net::SMPP decodes it. */
export interface HeardPdu {
  readonly cmd: number;
  readonly seq: number;
  readonly status: number;
  readonly [parameter: string]: string | number;
}

/** A centre of Net::SMPP, another project's implementation, in a process of its own. */
export interface NetSmpp {
  readonly port: number;
  /** The PDUs heard so far, of this link and earlier ones. */
  heard(): HeardPdu[];
  /** How many links have ended. */
  ended(): number;
  send(name: string, seq: number, parameters?: Readonly<Record<string, Value>>): void;
  /** The first octets of a PDU, and the end of the link. */
  cut(octets: number, name: string, seq: number, parameters: Readonly<Record<string, Value>>): void;
  close(): Promise<void>;
}

export const hasNetSmpp = spawnSync('perl', ['-MNet::SMPP', '-e', '1']).status === 0;

export async function startNetSmpp(): Promise<NetSmpp> {
  const running = startCommand('perl', [script]);
  const { port } = JSON.parse(await running.line((line) => line.startsWith('{"port":')));
  const tell = (...words: readonly unknown[]) => running.child.stdin?.write(`${JSON.stringify(words)}\n`);
  return {
    port,
    heard: () => linesOf(running).filter((line) => 'cmd' in line) as HeardPdu[],
    ended: () => linesOf(running).filter((line) => 'end' in line).length,
    send: (name, seq, parameters = {}) => tell(name, seq, parameters),
    cut: (octets, name, seq, parameters) => tell('cut', octets, name, seq, parameters),
    close: () => running.kill(),
  };
}

function linesOf(running: Running): Record<string, unknown>[] {
  const lines = running.stdout().split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line));
}

/** Waits until the centre has heard a PDU like this. */
export async function hears(centre: NetSmpp, wanted: Partial<HeardPdu>): Promise<void> {
  const isIt = (pdu: HeardPdu) => Object.entries(wanted).every(([key, value]) => pdu[key] === value);
  await until(
    () => centre.heard().some(isIt),
    () => JSON.stringify({ wanted, heard: centre.heard() }),
  );
}
