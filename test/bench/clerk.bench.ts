import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { dayMs } from '../../src/base/amounts.ts';
import { makeRegister } from './make-register.ts';
import { optionsOf } from './options.ts';
import { type Timed, timeCommand } from './timed-process.ts';

/*
 * npm run bench -- clerk [--places 20000] [--posters 12000] [--runs 3]
 *
 * A clerk's day with the list of a city: the list into an empty register, the same list again, a search, posters. Every
 * command is a separate process, measured from its start, beside the start of node in the same run, because a busy machine
 * slows both. Ends with 1 if a limit is not kept: of processor time, and of memory.
 */
const limits = { importMs: 1_500, searchMs: 300, postersMs: 30_000, postersMiB: 250 };
const values = optionsOf({
  places: { type: 'string', default: '20000' },
  posters: { type: 'string', default: '12000' },
  runs: { type: 'string', default: '3' },
});
const say = (text: string) => void process.stdout.write(`${text}\n`);
const scratch = mkdtempSync(join(tmpdir(), 'visitlog-bench-clerk-'));
const broken: string[] = [];
const nodeMs: number[] = [];

say(`${values.places} places; ${process.version}; load ${loadavg()[0]?.toFixed(1)}`);
writeLists(Number(values.places), Number(values.posters));
for (let run = 0; run < Number(values.runs); run += 1) await measure(run);
say(`node -e 0: ${Math.min(...nodeMs).toFixed(0)} ms of the processor at least`);
rmSync(scratch, { recursive: true, force: true });
say(broken.length === 0 ? 'within every limit' : `BEYOND A LIMIT: ${[...new Set(broken)].join(', ')}`);
process.exitCode = broken.length === 0 ? 0 : 1;

/** As the portal for open data has them: half of them closed, a third without a phone. */
function writeLists(places: number, posters: number): void {
  const syllable = (at: number) => String.fromCharCode(0xac00 + ((at * 7_919) % 1_200) * 9);
  const rows = Array.from({ length: places }, (_, at) => {
    const number = at % 3 === 2 ? '' : `031-${200 + Math.floor(at / 9_000)}-${1_000 + (at % 9_000)}`;
    const name = `${syllable(at)}${syllable(at * 3 + 1)}${syllable(at * 5 + 2)}식당 수지점`;
    return `${at + 1},PHMA${at},${at % 10 === 0 ? '폐업' : '영업/정상'},${number},경기도 용인시 수지구 중앙로 ${at},${name}`;
  });
  const heads = '번호,관리번호,영업상태명,소재지전화,도로명전체주소,사업장명';
  writeFileSync(join(scratch, 'list.csv'), `${heads}\n${rows.join('\n')}\n`);
  const numbers = rows
    .flatMap((row) => (row.includes('영업/정상') ? (row.split(',')[3] ?? '') : ''))
    .filter(Boolean);
  writeFileSync(join(scratch, 'posters.csv'), `number\n${numbers.slice(0, posters).join('\n')}\n`);
}

async function measure(run: number): Promise<void> {
  const folder = join(scratch, String(run));
  const made = makeRegister(
    folder,
    { visits: 1_000, oldestHourVisits: 10, retentionMs: 28 * dayMs },
    () => {},
  );
  const config = join(folder, 'visitlog.toml');
  const lines = '[[line]]\nport = "tcp://127.0.0.1:5000"\nnumber = "031 324 2900"\n';
  writeFileSync(
    config,
    `data_dir = ${JSON.stringify(made.dataDir)}\n${lines}[poster]\ncontact = "시청"\nissuer = "용인시"\n`,
  );
  const time = (...args: string[]) => timeCommand(made.nowMs, ['--config', config, ...args]);
  nodeMs.push(startOfNode());
  const list = join(scratch, 'list.csv');
  told('import', await time('venue', 'import', list), { cpuMs: limits.importMs });
  told('import again', await time('venue', 'import', list), { cpuMs: limits.importMs });
  told('list --search of one street', await time('venue', 'list', '--search', '중앙로 77'), {
    cpuMs: limits.searchMs,
  });
  told('list --search that finds all', await time('venue', 'list', '--search', '수지구 식당'), {});
  const posters = ['venue', 'poster', '--file', join(scratch, 'posters.csv')];
  told(`${values.posters} posters`, await time(...posters, '--single', join(folder, 'posters.pdf')), {
    cpuMs: limits.postersMs,
    maxRssMiB: limits.postersMiB,
  });
}

function told(
  what: string,
  timed: Timed,
  most: { readonly cpuMs?: number; readonly maxRssMiB?: number },
): void {
  const { ms, cpuMs, maxRssMiB } = timed;
  const own = (cpuMs ?? 0) - (nodeMs.at(-1) ?? 0);
  const limit = most.cpuMs === undefined ? '' : ` (at most ${most.cpuMs})`;
  say(
    `${what}: ${ms.toFixed(0)} ms, ${own.toFixed(0)} ms of the processor beyond node's start${limit}, ${(maxRssMiB ?? 0).toFixed(0)} MiB`,
  );
  if (
    own > (most.cpuMs ?? Number.POSITIVE_INFINITY) ||
    (maxRssMiB ?? 0) > (most.maxRssMiB ?? Number.POSITIVE_INFINITY)
  )
    broken.push(what);
}

/** Processor time. */
function startOfNode(): number {
  const program =
    'const u = process.resourceUsage(); process.stdout.write(String(u.userCPUTime + u.systemCPUTime))';
  return Number(spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' }).stdout) / 1_000;
}
