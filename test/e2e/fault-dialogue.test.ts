import { describe, expect, it } from 'vitest';
import { type FaultBench, startFaultBench } from '../support/fault-play.ts';
import { expectedOf } from '../support/recorded.ts';
import { main, on, survives } from '../support/survives.ts';

/** Rows B1 to B16 of docs/FAULTS.md: the dialogue of commands and answers. */
const trail = [/^resyncing|^recovering/, 'ready'];

describe('the dialogue survives', () => {
  it.each([
    ...on(main, 'urc-mid-reply:every=2'),
    ...['before-echo', 'before-reply', 'inside', 'before-pdu'].flatMap((where) =>
      on(['huawei', 'ec25'], `urc-mid-reply:every=1,where=${where}`),
    ),
  ])(
    'B1 urc-mid-reply: notifications anywhere in an answer change no answer and are heard ($family, $fault)',
    (play) => survives({ ...play, commandsPerMinute: 130 }),
  );

  it.each(on(main, 'unknown-urc:each=1s'))(
    'B2 unknown-urc: unknown lines fail nothing, and are reported once an hour each ($family)',
    (play) =>
      survives(play, (bench) => {
        const names = bench.log
          .filter(({ event }) => event === 'line.unasked')
          .map(({ fields }) => fields.name);
        expect(new Set(names).size).toBe(names.length);
      }),
  );

  it.each(on(main, 'noise-flood:each=100ms'))(
    'B3 noise-flood: notifications without end hide no text and crash no modem ($family)',
    (play) => survives(play, (bench) => expect(bench.modem.counters.reboots).toBe(0)),
  );

  it.each([
    ...on(main, 'late-reply:every=5,delay=20s,times=12', { trail }),
    // Silence to everything for more than a minute: the ladder of resets may be climbed.
    ...on(['huawei', 'ec25'], 'late-reply:every=2,delay=70s,times=4,on=+CMGL', { trail, mayReset: true }),
    ...on(['huawei', 'ec25'], 'late-reply:every=2,delay=70s,times=4,on=+CMGD', { trail }),
    ...on(['huawei', 'ec25'], 'late-reply:every=2,delay=25s,times=4,on=+CPMS'),
  ])(
    'B4 late-reply: an answer after its time answers nothing else, and nothing is deleted in doubt ($family, $fault)',
    (play) => survives({ ...play, later: true }, deletesOnlyWhenAnswered),
  );

  it.each(on(main, 'no-final:every=8'))(
    'B5 no-final: answers without their OK are taken as complete, or asked for again ($family)',
    (play) => survives(play),
  );

  it.each(on(main, 'no-final:every=3'))(
    'B5 no-final: each text gets through even if every third answer has no OK ($family)',
    (play) => survives({ ...play, commandsPerMinute: 150 }),
  );

  it.each([
    ...on(main, 'line-ends:mixed'),
    ...['crcrlf', 'lf', 'blank'].flatMap((how) => on(['huawei', 'sim800'], `line-ends:${how}`)),
  ])('B6 line-ends: lines are read whatever they end with ($family, $fault)', (play) => survives(play));

  it.each(on(main, 'glued-lines:every=2'))(
    'B7 glued-lines: lines that run into each other are separated, or dropped if they are torn ($family)',
    (play) => survives(play),
  );

  it.each(on(main, 'ok-in-text:every=2'))(
    'B8 ok-in-text: a line that only begins like a result is not a result ($family)',
    (play) => survives(play),
  );

  it.each(
    ['error', 'words', 'not-support', 'modem-error', 'na', 'no-carrier', '515', '100'].flatMap((how) =>
      on(['huawei', 'sim7600'], `error-dialects:${how}`),
    ),
  )('B9 error-dialects: a refusal is recognised in any words ($family, $fault)', (play) => survives(play));

  it.each([
    ...on(main, 'chopped-reads:1'),
    ...on(['zte', 'sim800'], 'chopped-reads:7', { modem: { baudRate: 9_600 } }),
  ])(
    'B10 chopped-reads: octets are read one by one, and at the pace of an old line ($family, $fault)',
    (play) => survives(play),
  );

  it.each(on(main, 'slow-list:5s', { during: 10 }))(
    'B11 slow-list: a listing that takes a minute is waited for, and no reset comes of it ($family)',
    (play) => survives(play, (bench) => expect(bench.trail()).not.toContain('resyncing line.unanswered')),
  );

  it.each([
    ...on(main, 'hang:every=2,cure=reopen', {
      trail: ['resyncing line.unanswered', 'recovering line.lost', 'ready'],
    }),
    ...on(['ec25'], 'hang:every=4,on=+CMGD,cure=reopen'),
    ...on(['sim800'], 'hang:every=9,on=,cure=reopen,times=3'),
  ])(
    'B12 hang: a modem that says nothing more is opened anew and all is received ($family, $fault)',
    (play) => survives({ ...play, later: true }),
  );

  it.each(on(['huawei', 'ec25'], 'hang:every=2,for=2h', { patienceMs: 3 * 3_600_000 }))(
    'B12 hang: a modem that recovers by itself after two hours finds the gateway trying, and saying so ($family)',
    (play) =>
      survives({ ...play, later: true, trail: ['resyncing line.unanswered', /^recovering/, 'ready'] }),
  );

  it.each(on(main, 'prompt-stuck'))(
    'B13 prompt-stuck: a prompt that a dead program left open is closed ($family)',
    (play) => survives(play),
  );

  it.each([...on(main, 'bad-pdu-line:every=3')])(
    'B14 bad-pdu-line: a line that is damaged in a listing is read once more alone ($family)',
    (play) => survives(play),
  );

  it.each(main)(
    'B14 bad-pdu-line: a line that stays damaged is kept as it came, once, and delays no text (%s)',
    async (family) => {
      const fault = 'bad-pdu-line:every=4,where=always';
      const bench = await startFaultBench({
        modems: [{ family, faults: [fault] }],
        waiting: 4,
        visitors: { plain: true },
      });
      try {
        await bench.text(20, 3_000);
        expect(await bench.emptied(600_000)).toBe(true);
        await bench.clock.advance(60_000);
        const { visits, texts } = await bench.recorded();
        const expected = expectedOf(bench.sent).visits;
        // What is damaged may still say the visit: a quote behind it, or a comma.
        expect(visits.length + texts.length).toBe(expected.length);
        expect(expected).toEqual(expect.arrayContaining([...visits]));
        expect(new Set(texts)).toEqual(new Set(['undecodable']));
      } finally {
        await bench.close();
      }
    },
  );

  it.each(on(main, 'text-mode-reply:every=4,times=6'))(
    'B15 text-mode-reply: texts printed in text mode are asked for again as PDUs, without a loop ($family)',
    (play) => survives(play),
  );

  it.each([
    ...on(main, 'too-fast:gap=100ms,how=silent', { later: true }),
    ...on(['huawei', 'sim800', 'ec25', 'zte'], 'too-fast:gap=100ms,how=cms'),
  ])('B16 too-fast: the gap that the modem needs is learnt ($family, $fault)', (play) => survives(play));
});

/** A deletion is written only when the command before it has its final result. */
function deletesOnlyWhenAnswered({ wire }: FaultBench): void {
  wire.forEach(({ direction, octets }, i) => {
    if (direction !== 'in' || !octets.startsWith('AT+CMGD')) return;
    const answer = wire.slice(wire.findLastIndex((before, at) => at < i && before.direction === 'in') + 1, i);
    expect(answer.map((piece) => piece.octets).join('')).toMatch(/\r\n(?:OK|ERROR|\+CM[ES] ERROR: .*)\r\n/);
  });
}
