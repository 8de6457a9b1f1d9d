import { describe, expect, it } from 'vitest';
import { hourMs } from '../../src/base/amounts.ts';
import { startFaultBench } from '../support/fault-play.ts';
import { expectedOf } from '../support/recorded.ts';
import { main, on, survives } from '../support/survives.ts';

/** Each is played before the gateway starts and on a modem in service, where class 0 comes directly. */
const inFront = (slug: string) => [
  ...on(main, slug),
  ...on(['ec25', 'huawei'], `${slug}:each=3s`, { later: true }),
];

/** Rows F1 to F9 of docs/FAULTS.md: parts and encodings. */
describe('what texts are made of', () => {
  it.each([
    ...on(main, 'parts-chaos:every=2,late=40s,how=all'),
    ...['order', 'twice', 'late'].flatMap((how) =>
      on(['huawei', 'ec25'], `parts-chaos:every=2,late=30s,how=${how}`),
    ),
    ...on(['sim7600'], 'parts-chaos:every=2,late=3h,how=late', { patienceMs: 8 * hourMs }),
  ])(
    'F1 parts-chaos: texts are whole and single whatever order, number and hour their parts come in ($family, $fault)',
    (play) =>
      survives({ ...play, undatedMayDouble: true, during: 24, patienceMs: play.patienceMs ?? 900_000 }),
  );

  it.each(main)(
    'F1 parts-chaos: two texts under one reference, from two senders, stay two (%s)',
    async (family) => {
      const bench = await startFaultBench({ modems: [{ family }] });
      try {
        const pair: (readonly (typeof bench.sent)[number]['parts'][number][])[] = [];
        for (let i = 0; i < 2; i += 1)
          bench.textLike(
            ({ parts }) => parts.length === 2,
            ({ parts }) => pair.push(parts),
          );
        const [first = [], second = []] = pair;
        for (const parts of [[first[0]], [second[0]], [second[1]], [first[1]]])
          for (const part of parts) {
            if (part) bench.modem.network.send(part);
            await bench.clock.advance(20_000);
          }
        expect(await bench.emptied(120_000)).toBe(true);
        await bench.clock.advance(60_000);
        expect(await bench.recorded()).toEqual(expectedOf(bench.sent));
      } finally {
        await bench.close();
      }
    },
  );

  it.each(main)(
    'F2 early-delete: a part that was deleted from the modem is not lost over a restart, hours before the rest (%s)',
    async (family) => {
      const bench = await startFaultBench({ modems: [{ family }] });
      try {
        const rest: (() => void)[] = [];
        for (let i = 0; i < 3; i += 1)
          bench.textLike(
            ({ parts }) => parts.length > 1,
            ({ parts: [first, ...others] }) => {
              if (first) bench.modem.network.send(first);
              rest.push(() => void others.map((part) => bench.modem.network.send(part)));
            },
          );
        expect(await bench.emptied(120_000)).toBe(true);
        await bench.restart();
        await bench.clock.advance(5 * hourMs);
        expect(await bench.recorded()).toEqual({ visits: [], texts: [] });
        for (const send of rest) send();
        expect(await bench.emptied(120_000)).toBe(true);
        await bench.clock.advance(60_000);
        expect(await bench.recorded()).toEqual(expectedOf(bench.sent));
      } finally {
        await bench.close();
      }
    },
  );

  it.each(inFront('udh-variants'))(
    'F3 udh-variants: a header is read as far as it goes, and never in the text’s way ($family, $fault)',
    (play) => survives(play),
  );

  it.each(inFront('split-char'))(
    'F4 split-char: a character cut between two parts is whole ($family, $fault)',
    (play) => survives(play),
  );

  it.each(inFront('national-shift'))(
    'F5 national-shift: texts in national tables name their place ($family, $fault)',
    (play) => survives(play),
  );

  it.each(inFront('dcs-zoo'))(
    'F6 dcs-zoo: every coding scheme is a text, a notice or kept as it came ($family, $fault)',
    (play) => survives(play),
  );

  it.each(inFront('sender-zoo'))(
    'F7 sender-zoo: every kind of sender is read, and only a number is a visitor ($family, $fault)',
    (play) => survives(play),
  );

  it.each(inFront('lengths-lie'))(
    'F8 lengths-lie: octets are believed, announcements are not ($family, $fault)',
    (play) => survives(play),
  );

  it.each(inFront('mti-surprise'))(
    'F9 mti-surprise: reports and drafts among the texts are kept as what they are ($family, $fault)',
    (play) => survives(play),
  );
});
