import { appendFileSync } from 'node:fs';
import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { filesWith } from '../../store/temp-register.ts';
import { commandBench } from '../command-bench.ts';

function bench() {
  const made = commandBench();
  appendFileSync(
    made.config,
    '[status]\nsocket = ""\n[disk]\nreserve = "0"\n[[line]]\nname = "bridge"\nport = "ingest:"\n' +
      '[[line]]\nname = "modem"\nport = "tcp://127.0.0.1:1"\n',
  );
  return made;
}

const line = (id: string, text = '031-324-2114') =>
  `${JSON.stringify({ id, from: '010-5550-0123', text })}\n`;
const args = ['ingest', '--line', 'bridge'];
describe('ingest without a gateway', () => {
  it('takes texts into the register itself, once each, and ends with 1 if a line was refused', async () => {
    const made = bench();
    const first = await made.run(args, { stdin: line('a') + line('b', 'hi') });
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toBe('{"id":"a","kept":"visit"}\n{"id":"b","kept":"unresolved"}\n');
    const again = await made.run(args, { stdin: `${line('a')}nonsense\n${line('c')}` });
    expect(again.stdout).toBe(
      '{"id":"a","kept":"known"}\n{"id":null,"error":"line.not-json"}\n{"id":"c","kept":"visit"}\n',
    );
    expect(again.code).toBe(1);
    const register = made.temp.open();
    expect(await register.health()).toMatchObject({ visits: 2, unresolved: 1 });
    await register.close();
  });

  it('keeps no id in the clear, even if it is a number', async () => {
    const made = bench();
    await made.run(args, { stdin: line('010-5550-9999') + line('01055509998') });
    expect(filesWith(made.temp.dataDir, ['010-5550-9999', '01055509998'])).toEqual([]);
    expect((await made.run(args, { stdin: line('01055509998') })).stdout).toContain('known');
  });

  it('reads nothing on a site whose texts wait for the central register: nothing would send them there', async () => {
    const made = bench();
    const pin = `a:MCowBQYDK2VwAyEA${'A'.repeat(43)}=`;
    const site = [
      'url = "postgres://visitlog_gateway_x@127.0.0.1/visitlog"',
      'gateway = "x"',
      `holders = ["${pin}"]`,
    ];
    appendFileSync(made.config, `[central]\n${site.join('\n')}\nwait = "central"\n`);
    const refused = await made.run(args, { stdin: line('a') });
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('[ingest.needs-gateway]');
  });

  it('gives way to a gateway, and says so', async () => {
    const made = bench();
    const gateway = made.temp.open();
    const refused = await made.run(args, { stdin: line('a') });
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('[ingest.in-use]');
    await gateway.close();
  });

  it('a gateway that starts while texts come gets the register, and no text is lost or doubled', async () => {
    const made = bench();
    const stdin = new PassThrough();
    let answers = '';
    const stdout = new Writable({
      write(chunk, _, done) {
        answers += String(chunk);
        done();
      },
    });
    const running = made.run(args, { stdin, stdout });
    stdin.write(line('a'));
    while (answers === '') await new Promise(setImmediate);
    // The register is given up as soon as nothing comes.
    await made.temp.clock.advance(1_000);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const gateway = made.temp.open();
    stdin.end(line('a') + line('b'));
    const { code, stderr } = await running;
    expect([code, stderr.includes('[ingest.in-use]'), answers]).toEqual([
      1,
      true,
      '{"id":"a","kept":"visit"}\n',
    ]);
    await gateway.close();
    expect((await made.run(args, { stdin: line('a') + line('b') })).stdout).toBe(
      '{"id":"a","kept":"known"}\n{"id":"b","kept":"visit"}\n',
    );
  });

  it('Ctrl-C ends it between two lines: what came before is answered', async () => {
    const made = bench();
    const stdin = new PassThrough();
    const stop = new AbortController();
    const stdout = new Writable({
      write(_chunk, _, done) {
        stop.abort();
        done();
      },
    });
    const running = made.run(args, { stdin, stdout, signal: stop.signal });
    stdin.write(`${line('a')}{"id":"b","fr`);
    const { code, stderr } = await running;
    expect([code, stderr.includes('[ingest.interrupted]')]).toEqual([1, true]);
    expect((await made.run(args, { stdin: line('a') + line('b') })).stdout).toBe(
      '{"id":"a","kept":"known"}\n{"id":"b","kept":"visit"}\n',
    );
  });

  it('a reader that has left ends it, and what was taken is known', async () => {
    const made = bench();
    const stdout = new Writable({
      write(_chunk, _, done) {
        done(Object.assign(new Error('broken'), { code: 'EPIPE' }));
      },
    });
    stdout.on('error', () => {});
    const { code, stderr } = await made.run(args, { stdin: line('a'), stdout });
    expect([code, stderr.includes('[ingest.unread]')]).toEqual([1, true]);
    expect((await made.run(args, { stdin: line('a') })).stdout).toContain('known');
  });

  it.each(['modem', 'nobody'])('the line "%s" takes none', async (name) => {
    const made = bench();
    const { code, stderr } = await made.run(['ingest', '--line', name], { stdin: line('a') });
    expect([code, stderr.includes('[ingest.no-line]')]).toEqual([2, true]);
  });
});
