import { createRandom } from '../../src/simulator/random.ts';
import { beginCity, type CentralCity, type CitySite } from '../support/central-city.ts';
import { expectedOf } from '../support/recorded.ts';
import { until } from '../support/until.ts';
import { optionsOf } from './options.ts';
import { visitlogMain } from './peers/receivers.ts';
import { quantile, report } from './report.ts';

/*
 * A city of gateways and a central register whose processes are killed (SIGKILL) at random instants: gateways with the
 * forwarder in them, the primary, its standby. What the senders' ledgers say of the centre, and how long it was away.
 */
const options = optionsOf({
  gateways: { type: 'string', default: '20' },
  minutes: { type: 'string', default: '10' },
  /** Texts a second, of all gateways. */
  rate: { type: 'string', default: '20' },
  seed: { type: 'string', default: '5' },
});
const pauseMs = { least: 1_000, most: 5_000 };
const random = createRandom(Number(options.seed));
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const killed = { gateways: 0, primary: 0, standby: 0, cut: 0 };
/** From the kill of the primary, and from the return of the link, until the centre has every visit that a site had taken. */
const failOverMs: number[] = [];
const searchableMs: number[] = [];

const city = await beginCity({
  gateways: Number(options.gateways),
  mainFile: visitlogMain,
  seed: Number(options.seed),
});
try {
  for (const site of city.sites) site.start();
  await play(city);
  await until(() => city.sites.every((site) => site.taken() === site.sent.length));
  const sent = city.sites.flatMap((site) => site.sent);
  const expected = expectedOf(sent).visits.map((line) => line.split(' ')[0] ?? '');
  await until(() => city.rows() >= expected.length).catch(() => {});
  const { visitors, unreadable } = await city.holder.read(city.primary());
  const none = { beside: null, target: { atMost: 0 } };
  const shown = { beside: null, target: null };
  report(
    'central-kill',
    [
      { figure: 'texts sent', unit: 'texts', values: [sent.length], ...shown },
      { figure: 'gateways killed', unit: 'times', values: [killed.gateways], ...shown },
      { figure: 'primary killed, standby promoted', unit: 'times', values: [killed.primary], ...shown },
      { figure: 'standby killed', unit: 'times', values: [killed.standby], ...shown },
      { figure: 'primary stopped and started', unit: 'times', values: [killed.cut], ...shown },
      { figure: 'visits', unit: 'visits', values: [visitors.length], ...shown },
      { figure: 'lost', unit: 'visits', values: [surplus(expected, visitors)], ...none },
      { figure: 'recorded twice', unit: 'visits', values: [surplus(visitors, expected)], ...none },
      { figure: 'unreadable', unit: 'visits', values: [unreadable], ...none },
      ...timesOf('from the kill of the primary to all at the centre, most', failOverMs, 30_000),
      ...timesOf('from the return of the link to all at the centre, most', searchableMs, 5_000),
    ],
    ['the centre’s processes, the gateways, their modems and the senders share the machine'],
  );
  process.exitCode = surplus(expected, visitors) + surplus(visitors, expected) + unreadable === 0 ? 0 : 1;
} finally {
  await city.remove();
}

function timesOf(figure: string, values: readonly number[], atMost: number) {
  if (values.length === 0) return [];
  const most = [quantile(values, 1) / 1_000];
  return [{ figure, unit: 's', values: most, beside: null, target: { atMost: atMost / 1_000 } }];
}

/** How many of one the other lacks. */
function surplus(one: readonly string[], other: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const each of other) counts.set(each, (counts.get(each) ?? 0) + 1);
  return one.filter((each) => {
    const left = counts.get(each) ?? 0;
    counts.set(each, left - 1);
    return left <= 0;
  }).length;
}

async function play({ sites }: CentralCity): Promise<void> {
  const endMs = performance.now() + Number(options.minutes) * 60_000;
  const sending = setInterval(() => random.pick(sites).send(), 1_000 / Number(options.rate));
  try {
    while (performance.now() < endMs) {
      await sleep(pauseMs.least + random.int(pauseMs.most - pauseMs.least));
      const dice = random.int(20);
      if (dice < 15) await killSite(random.pick(sites));
      else if (dice < 17) await killStandby();
      else if (dice < 18) await cut();
      else await killPrimary();
    }
  } finally {
    clearInterval(sending);
  }
}

async function killSite(site: CitySite): Promise<void> {
  killed.gateways += 1;
  await site.stop('SIGKILL');
  site.start();
}

async function killStandby(): Promise<void> {
  killed.standby += 1;
  await city.standby().kill();
  await sleep(random.int(2_000));
  city.standby().start();
}

/** The link is away for some seconds, and the server is whole. */
async function cut(): Promise<void> {
  killed.cut += 1;
  city.primary().stop('immediate');
  await sleep(5_000);
  city.primary().start();
  searchableMs.push(await timeToAll());
}

async function killPrimary(): Promise<void> {
  killed.primary += 1;
  const beganMs = performance.now();
  await city.primary().kill();
  city.promote();
  const promotedMs = performance.now() - beganMs;
  failOverMs.push(promotedMs + (await timeToAll()));
  city.renewStandby();
}

/** Until the centre has as many visits as the sites have taken texts until now: each is one visit at least. */
async function timeToAll(): Promise<number> {
  const beganMs = performance.now();
  const before = city.sites.reduce((sum, site) => sum + site.taken(), 0);
  await until(() => city.rows() >= before);
  return performance.now() - beganMs;
}
