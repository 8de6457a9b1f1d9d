import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { createModem, type SimulatedModem } from '../../src/simulator/modem.ts';
import { createVisitors, type VisitorText } from '../../src/simulator/visitors.ts';
import { emptied } from '../support/emptied.ts';
import { type ModemOnPty, modemOnPty } from '../support/modem-on-pty.ts';
import { type Running, start } from '../support/program.ts';
import { expectedOf, recordedIn } from '../support/recorded.ts';
import { makeWorkspace, type Workspace } from '../support/workspace.ts';

const texts = 500;

/** The gateway as a process of its own, the real serialport binding, a kernel pseudo-terminal. */
describe('a modem behind a real tty', () => {
  let workspace: Workspace;
  let modem: SimulatedModem;
  let tty: ModemOnPty;
  let gateway: Running;

  beforeEach(async () => {
    workspace = makeWorkspace();
    modem = createModem({ family: 'ec25', clock: systemClock, retryMs: 50 });
    tty = await modemOnPty(modem, workspace.folder);
    workspace.configure(tty.path);
    gateway = start(['--config', workspace.configFile, 'run']);
  });

  afterEach(async () => {
    await gateway.kill();
    await tty.close();
    modem.dispose();
    workspace.remove();
  });

  it(`a modem behind a real tty brings ${texts} texts in every alphabet into the register, each exactly once`, async () => {
    await gateway.line((line) => line.includes('"state":"ready"'));
    const visitors = createVisitors({ seed: 1 });
    const sent: VisitorText[] = [];
    // A second apart: an operator's same words in the same second are one text, by design.
    const firstMs = systemClock.wallMs() - texts * 1_000;
    for (let i = 0; i < texts; i += 1) {
      const text = visitors.next(firstMs + i * 1_000);
      sent.push(text);
      modem.network.sendParts(text.parts);
      if (i % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await emptied(modem);
    await gateway.kill('SIGTERM');
    expect(gateway.child.exitCode).toBe(0);
    expect(await recordedIn(workspace)).toEqual(expectedOf(sent));
  });
});
