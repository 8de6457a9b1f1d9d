import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openPlaceCopy } from '../../../src/store/tables/place-copy.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

const hall = { number: '0313242114', name: '용인시청', address: null, issued: false, branches: [] };
const pin = `a:MCowBQYDK2VwAyEA${'A'.repeat(43)}=`;

/** A site that has one place of its register hosts, and one that it has registered itself. */
async function site(): Promise<CommandBench> {
  const made = commandBench();
  made.temp.open().close();
  await made.run(['venue', 'add', '031-324-2001', '--name', '도서관']);
  const copy = openPlaceCopy(made.temp.dataDir);
  copy.put({ after: '', upTo: null }, [hall], false);
  copy.close();
  const central = ['[central]', 'url = "postgres://visitlog_gateway_x@127.0.0.1/visitlog"', 'gateway = "x"'];
  appendFileSync(made.config, `${[...central, `holders = ["${pin}"]`].join('\n')}\n`);
  return made;
}

describe('venue on a site of a central register', () => {
  it('what changes or judges places is refused in one line, which says where to do it', async () => {
    const made = await site();
    const list = join(made.folder, 'list.csv');
    writeFileSync(list, 'number,name\n031-324-2105,체육관\n');
    for (const [command, ...rest] of [
      ['venue add', '031-324-2105', '--name', '체육관'],
      ['venue import', list],
      ['venue import', list, '--dry-run'],
      ['venue import --undo', '--yes'],
      ['venue issue', '--name', '노점'],
      ['venue issue', '--missing', list],
      ['venue remove', '031-324-2114', '--yes'],
      ['venue remove', '031-324-2001', '031-324-2114', '--yes'],
      ['venue silent'],
    ] as const) {
      const { code, stdout, stderr } = await made.run([...command.split(' '), ...rest], {
        withoutStacks: true,
      });
      expect([code, stdout]).toEqual([3, '']);
      expect(stderr).toBe(
        `visitlog: error [venue.at-register-host] this is a site of a central register, whose places are a copy: ${command} was not done. Run it on a register host: visitlog ${command}. Every site has it some seconds later.\n`,
      );
    }
    expect((await made.run(['venue', 'list'])).stdout.trim().split('\n')).toHaveLength(3);
  });

  it('its own place, which no register host knows, can be removed there', async () => {
    const made = await site();
    expect((await made.run(['venue', 'remove', '031-324-2001'])).code).toBe(0);
    expect((await made.run(['venue', 'list', '--format', 'json'])).stdout).toContain('031-324-2114');
    expect((await made.run(['venue', 'remove', '031-324-2001'])).code).toBe(4);
  });

  it('its list is both, and what it shows of visits is said to be of this site', async () => {
    const made = await site();
    const list = await made.run(['venue', 'list', '--format', 'csv']);
    expect(list.stdout).toContain('031-324-2001,도서관');
    expect(list.stdout).toContain('031-324-2114,용인시청');
    const elsewhere = 'what it has sent there is not here';
    expect((await made.run(['venue', 'show', '031-324-2114'])).stderr).toContain(elsewhere);
    expect((await made.run(['venue', 'list', '--unregistered'])).stderr).toContain(elsewhere);
  });
});
