import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import Database from 'better-sqlite3';
import { dayMs } from '../../src/base/amounts.ts';
import { openZone } from '../../src/base/zone.ts';
import { csvWriter } from '../../src/export/csv.ts';
import { type RowWriter, writeExport } from '../../src/export/export.ts';
import { jsonlWriter } from '../../src/export/jsonl.ts';
import { openFile, openStream } from '../../src/export/to/destination.ts';
import { openEncrypted, openRecipients } from '../../src/export/to/encrypted.ts';
import { type ExportRow, visitColumns } from '../../src/export/visit-columns.ts';
import { workbookWriter } from '../../src/export/xlsx/workbook.ts';
import type { NamedVenue } from '../../src/store/records.ts';
import { optionsOf } from './options.ts';

/*
 * npm run bench -- export [--rows 1000000]
 *
 * The writers alone: made-up rows to a file, each format in a separate process, beside the `sqlite3` shell that writes
 * the same rows of a plain table as csv. Ends with 1 if a limit of memory or the rate of csv is not kept.
 */
const values = optionsOf({
  rows: { type: 'string', default: '1000000' },
  form: { type: 'string' },
  output: { type: 'string' },
});
const rowCount = Number(values.rows);
const forms = ['csv', 'csv.age', 'jsonl', 'xlsx', 'xlsx.age'] as const;
const mostMiB = { csv: 150, 'csv.age': 150, jsonl: 150, xlsx: 250, 'xlsx.age': 250 };
const leastCsvRowsPerSecond = 150_000;
const firstMs = Date.UTC(2026, 9, 26);
const venues = 6_000;
const say = (text: string) => void process.stdout.write(`${text}\n`);

if (values.form !== undefined && values.output !== undefined) {
  await measure(values.form, values.output);
  process.exit(0);
}

const folder = mkdtempSync(join(tmpdir(), 'visitlog-bench-export-'));
say(`${rowCount.toLocaleString('en')} rows; ${process.version}; load ${loadavg()[0]?.toFixed(1)}`);
const shellMs = timeShell();
say(`sqlite3 shell to csv: ${Math.round(shellMs).toLocaleString('en')} ms`);
let broken = false;
for (const form of forms) {
  const output = join(folder, `out.${form}`);
  const child = spawnSync(
    process.execPath,
    [process.argv[1] as string, '--rows', String(rowCount), '--form', form, '--output', output],
    { encoding: 'utf8' },
  );
  if (child.status !== 0) throw new Error(child.stderr);
  const { ms, cpuMs, maxRssMiB } = JSON.parse(child.stdout) as Record<'ms' | 'cpuMs' | 'maxRssMiB', number>;
  const pace = Math.round((rowCount * 1_000) / ms);
  const megabytes = (statSync(output).size / 1e6).toFixed(0);
  const least = form === 'csv' ? leastCsvRowsPerSecond : 0;
  broken ||= maxRssMiB > mostMiB[form] || pace < least;
  say(
    `${form.padEnd(9)}${pace.toLocaleString('en').padStart(9)} rows/s  × ${(ms / shellMs).toFixed(1)}  ${(cpuMs / 1_000).toFixed(1)} s of processor  ${maxRssMiB.toFixed(0)} MiB (limit ${mostMiB[form]})  ${megabytes} MB`,
  );
}
rmSync(folder, { recursive: true });
say(broken ? 'BEYOND A LIMIT' : 'within every limit');
process.exitCode = broken ? 1 : 0;

async function measure(form: string, output: string): Promise<void> {
  const plain =
    output === '-' ? openStream(process.stdout) : await openFile(output, { force: false, of: 'export' });
  const recipient = await identityToRecipient(await generateX25519Identity());
  const destination = form.endsWith('.age')
    ? await openEncrypted(plain, await openRecipients([recipient], (file) => readFile(file)))
    : plain;
  const beganMs = performance.now();
  await writeExport(rows(), writerOf(form.replace('.age', '')), destination);
  const ms = performance.now() - beganMs;
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const cpuMs = (userCPUTime + systemCPUTime) / 1_000;
  process.stdout.write(JSON.stringify({ ms, cpuMs, maxRssMiB: maxRSS / 1_024 }));
}

function writerOf(form: string): RowWriter<ExportRow> {
  const zone = openZone('Asia/Seoul');
  const columns = visitColumns({ reveal: true });
  if (form === 'jsonl') return jsonlWriter(columns, zone);
  if (form === 'csv') return csvWriter(columns, { zone });
  const headings = columns.map(({ key }) => key);
  const facts = [{ label: '행 수', value: () => String(rowCount) }];
  return workbookWriter(columns, {
    zone,
    headings,
    title: '방문',
    facts,
    sheetName: '방문',
    madeAtMs: firstMs,
  });
}

/** Numbers of 010-0… are unassigned. */
function* rows(): Generator<ExportRow> {
  const names = Array.from({ length: venues }, (_, index) => `용인시 시설 ${index}`);
  const places = names.map((name, index) => ({
    number: `031${3_000_000 + index * 17}`,
    name,
    address: `경기도 용인시 처인구 중부대로 ${index}`,
  }));
  for (let at = 0; at < rowCount; at += 1) {
    const place = places[(at * 7_919) % venues] as NamedVenue;
    const visitedAtMs = firstMs + at * 2_000;
    yield {
      visitedAtMs,
      visitor: `0100${String((at * 31_337) % 10_000_000).padStart(7, '0')}`,
      venue: place.number,
      place,
      receivedAtMs: visitedAtMs + 3_000,
      line: 'line1',
      timeSource: 'network',
      webSent: at % 50 === 0,
      expiresAtMs: visitedAtMs + 28 * dayMs,
      correctedBy: null,
    };
  }
}

/** How long the shell takes to write the same rows from a plain table. */
function timeShell(): number {
  const path = join(folder, 'plain.sqlite');
  const db = new Database(path);
  db.exec(
    'CREATE TABLE visits (visited_at, visitor, venue, venue_name, venue_address, received_at, line, time_source, web_sent, expires_at)',
  );
  const insert = db.prepare('INSERT INTO visits VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  db.transaction(() => {
    for (const row of rows())
      insert.run(
        row.visitedAtMs,
        row.visitor,
        row.venue,
        row.place.name,
        row.place.address,
        row.receivedAtMs,
        row.line,
        row.timeSource,
        String(row.webSent),
        row.expiresAtMs,
      );
  })();
  db.close();
  const time = (column: string) => `datetime(${column} / 1000, 'unixepoch', '+9 hours') AS ${column}`;
  const sql = `SELECT ${time('visited_at')}, visitor, venue, venue_name, venue_address, ${time('received_at')}, line, time_source, web_sent, ${time('expires_at')} FROM visits;`;
  const beganMs = performance.now();
  const shell = spawnSync('sqlite3', ['-readonly', '-csv', '-header', path], {
    input: `.once ${join(folder, 'plain.csv')}\n${sql}\n`,
  });
  if (shell.status !== 0) throw new Error(`sqlite3: ${shell.stderr ?? shell.error}`);
  return performance.now() - beganMs;
}
