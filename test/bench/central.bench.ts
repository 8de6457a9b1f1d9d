import { readFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Asked, askHolder } from './central/ask-holder.ts';
import { centralCity } from './central/central-city.ts';
import { measureForwarding } from './central/forwarding.ts';
import { optionsOf } from './options.ts';

/*
 * npm run bench -- central [--rows 1000000,3000000] [--gateways 20] [--folder DIR]
 *
 * A site's register is forwarded to a PostgreSQL with a synchronous standby, both of Debian's packages, on this machine and with
 * their syncs. Then, for each number of rows, a holder's commands, each a process of its own, beside `psql` on a plain table of the same
 * server. Filled databases stay in the folder for the next time: a GB for a million rows at most. Ends with 1 if a limit is not kept.
 */
const values = optionsOf({
  rows: { type: 'string', default: '1000000,3000000' },
  gateways: { type: 'string', default: '20' },
  forwarded: { type: 'string', default: '50000' },
  runs: { type: 'string', default: '3' },
  folder: { type: 'string', default: join(tmpdir(), 'visitlog-bench') },
});
const sizes = values.rows.split(',').map(Number);
const say = (text: string) => void process.stdout.write(`${text}\n`);
const number = (value: number, digits = 0) => value.toLocaleString('en', { maximumFractionDigits: digits });
const cell = (text: string, width: number) => text.padStart(width);
let broken = false;

function check(isKept: boolean): string {
  broken ||= !isKept;
  return isKept ? '' : '  BEYOND';
}

/** What a question is held to; nothing for counts. */
function limitOf({ what, firstRowMs, ms, lines }: Asked): string {
  if (what === 'place') return `first row ${number(firstRowMs)} ms, limit 300${check(firstRowMs <= 300)}`;
  if (what === 'trace') return `limit 1,000 ms${check(ms <= 1_000)}`;
  const rate = (lines * 1_000) / ms;
  if (what === 'csv') return `${number(rate)} rows/s, limit 100,000${check(rate >= 100_000)}`;
  return '';
}

/** Those that the machine has set aside: PostgreSQL takes them by itself (its `huge_pages`). */
function hugePages(): string {
  return /^HugePages_Total:\s+(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1] ?? '0';
}

say(`${process.version}; load ${loadavg()[0]?.toFixed(1)}; ${hugePages()} huge pages`);
const { rowsPerSecond, p99Ms } = await measureForwarding(Number(values.forwarded));
say(`forwarded to both disks   ${number(rowsPerSecond)} rows/s, limit 5,000${check(rowsPerSecond >= 5_000)}`);
say(`delay at 100 a second     p99 ${number(p99Ms)} ms, limit 1,000${check(p99Ms <= 1_000)}`);
for (const visits of sizes) {
  const beganMs = performance.now();
  const { made, server } = await centralCity(values.folder, { visits, gateways: Number(values.gateways) });
  try {
    const seconds = number((performance.now() - beganMs) / 1_000);
    say(`\n${number(visits)} rows, ${values.gateways} gateways, made or found in ${seconds} s`);
    say(
      `${''.padEnd(24)}${cell('lines', 10)}${cell('ms', 9)}${cell('command', 9)}${cell('server', 8)}${cell('psql', 8)}${cell('proc.', 8)}`,
    );
    for (const asked of await askHolder(made, server, Number(values.runs))) {
      const { what, lines, ms, clientMs, serverMs, plainMs, plainProcessorMs } = asked;
      const ratio = (clientMs + serverMs) / plainProcessorMs;
      say(
        `${what.padEnd(24)}${cell(number(lines), 10)}${cell(number(ms), 9)}${cell(number(clientMs), 9)}${cell(number(serverMs), 8)}${cell(number(plainMs), 8)}${cell(number(plainProcessorMs), 8)}  × ${number(ratio, 1)}  ${limitOf(asked)}`,
      );
    }
    say(`load ${loadavg()[0]?.toFixed(1)}`);
  } finally {
    server.remove();
  }
}
say('command, server: milliseconds of processor; proc.: those of psql and its server');
say(broken ? 'BEYOND A LIMIT' : 'within every limit');
process.exitCode = broken ? 1 : 0;
