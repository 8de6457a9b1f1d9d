import { join } from 'node:path';
import type { Config, LineConfig } from './config.ts';
import type { CheckedFile } from './schema.ts';

/** The configuration as the program uses it: frozen, with its own names and what was left out filled in. */
export function buildConfig(file: CheckedFile): Config {
  return freeze({
    timeZone: file.time_zone,
    dataDir: file.data_dir,
    keyFile: file.key_file ?? keyFileIn(file.data_dir),
    numbering: { country: file.numbering.country, areaCode: file.numbering.area_code },
    retention: {
      periodMs: file.retention.period,
      sweepIntervalMs: file.retention.sweep_interval,
      auditPeriodMs: file.retention.audit_period,
    },
    lines: nameLines(file.line),
    cipher: file.cipher,
    log: file.log,
    status: file.status,
    metrics: { listen: file.metrics.listen || null },
  });
}

export const keyFileIn = (dataDir: string) => join(dataDir, 'keyring');

function nameLines(lines: CheckedFile['line']): LineConfig[] {
  const taken = new Set(lines.map((line) => line.name));
  return lines.map((line, index) => {
    const name = line.name ?? freeName(index + 1, taken);
    taken.add(name);
    return {
      name,
      port: line.port,
      baudRate: line.baud_rate,
      number: line.number || null,
      pinFile: line.pin_file || null,
      pollIntervalMs: line.poll_interval,
    };
  });
}

/** `line1` for the first line, unless another line was given that name. */
function freeName(place: number, taken: ReadonlySet<string | undefined>): string {
  for (let number = place; ; number += 1) if (!taken.has(`line${number}`)) return `line${number}`;
}

function freeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) freeze(inner);
  return Object.freeze(value);
}
