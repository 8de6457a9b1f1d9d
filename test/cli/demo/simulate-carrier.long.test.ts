import { describe, expect, it } from 'vitest';
import { start, visitlog } from '../../support/program.ts';
import { recordedIn } from '../../support/recorded.ts';
import { until } from '../../support/until.ts';
import { makeWorkspace } from '../../support/workspace.ts';

describe('simulate --smpp', () => {
  it('is a carrier that a gateway receives from, with a fault', async () => {
    const workspace = makeWorkspace();
    const carrier = start([
      'simulate',
      '--smpp',
      '0',
      '--every',
      '20ms',
      '--texts',
      '30',
      '--fault',
      'cut-before-resp:10',
    ]);
    const line = await carrier.line((printed) => printed.includes('smpp://'));
    workspace.configure(/"(smpp:.*)"/.exec(line)?.[1] ?? '', 'system_id = "visitlog"');
    const gateway = start(['--config', workspace.configFile, 'run']);
    try {
      const texts = async () => {
        const { visits, texts: others } = await recordedIn(workspace);
        return visits.length + others.length;
      };
      await gateway.line((printed) => printed.includes('"event":"text.accepted"'));
      await until(async () => (await texts()) >= 25 && gateway.stdout().includes('smpp.closed'));
    } finally {
      await carrier.kill('SIGTERM');
      await gateway.kill('SIGTERM');
      workspace.remove();
    }
  });

  it('lists the faults of a link', async () => {
    const { code, stdout } = await visitlog(['simulate', '--smpp', '0', '--faults']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^cut-before-resp:3 +\S/m);
  });

  it.each(['cut-before', 'resend-later:soon', 'receipts:3'])('refuses the fault %s', async (fault) => {
    const { code, stderr } = await visitlog(['simulate', '--smpp', '0', '--fault', fault]);
    expect(code).toBe(2);
    expect(stderr).toContain(fault.split(':')[0]);
  });
});
