import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { createModem, type SimulatedModem } from '../../../src/simulator/modem.ts';
import { createVisitors } from '../../../src/simulator/visitors.ts';
import { modemOnPty } from '../../support/modem-on-pty.ts';
import { mainFile } from '../../support/program.ts';
import { onTerminal, type TerminalSession } from '../../support/terminal.ts';
import { makeWorkspace, type Workspace } from '../../support/workspace.ts';

interface Bench {
  readonly modem: SimulatedModem;
  readonly workspace: Workspace;
  /** The terminal that the modem answers at. */
  readonly port: string;
  setup(...args: readonly string[]): TerminalSession;
  config(): string;
}

async function bench(pin: string | null = null): Promise<Bench> {
  const workspace = makeWorkspace();
  const modem = createModem({ family: 'ec25', clock: systemClock, pin });
  const onPty = await modemOnPty(modem, workspace.folder);
  const { configFile, folder, dataDir } = workspace;
  const socket = join(folder, 'visitlog.sock');
  writeFileSync(
    configFile,
    `# our own words\ndata_dir = ${JSON.stringify(dataDir)} # kept\ndisk.reserve = "0"\n` +
      `[status]\nsocket = ${JSON.stringify(socket)}\n`,
  );
  onTestFinished(async () => {
    await onPty.close();
    modem.dispose();
    workspace.remove();
  });
  return {
    modem,
    workspace,
    port: onPty.path,
    setup: (...args) =>
      onTerminal(24, 100, [process.execPath, mainFile, '--config', configFile, 'setup', ...args], {
        TERM: 'vt100',
        LANG: 'C.UTF-8',
      }),
    config: () => readFileSync(configFile, 'utf8'),
  };
}

/** Types each answer when its question is there. */
async function answer(terminal: TerminalSession, ...answers: readonly [question: string, typed: string][]) {
  for (const [question, typed] of answers) {
    await terminal.shows(question);
    terminal.type(`${typed}\r`);
  }
}

function textOf({ network }: SimulatedModem): void {
  network.sendParts(createVisitors({ seed: 7 }).next(Date.now()).parts);
}

describe('visitlog setup at a terminal', () => {
  it('setup asks again after a wrong answer, writes the configuration, and shows the first visit', async () => {
    const made = await bench();
    const before = made.config();
    const terminal = made.setup('--port', made.port);
    await terminal.shows('Number that receives');
    expect(terminal.screen().join('\n')).toContain('SIM card  ready');
    expect(terminal.screen().join('\n')).toMatch(/Quectel EC25, IMEI \d{15}/);
    expect(terminal.screen().join('\n')).toContain('SKTelecom, registered');
    await answer(
      terminal,
      ['Number that receives', '324-2900'],
      ['That is not a Korean telephone number', '031 324 2900'],
      ['may leave out [031]', '034'],
      ['An area code is 02', ''],
      ['Time zone [Asia/Seoul]', 'Asia/Seul'],
      ['Type a name such as Asia/Seoul', ''],
      ['Whom visitors can ask', '시청 안전총괄과 031-324-2114'],
      ['yes, write it', ''],
      ['Start the gateway now?', ''],
    );
    await terminal.shows('receiving, SKTelecom');
    textOf(made.modem);
    await terminal.shows('The first visit is in the register.');
    await terminal.endsWith(0);
    expect(terminal.screen().join('\n')).toMatch(/\d\d:\d\d {2}a visit/);
    expect(made.config()).toBe(
      `${before}\n[[line]]\nname = "line1"\nport = ${JSON.stringify(made.port)}\nnumber = "031-324-2900"\n` +
        '\n[poster]\ncontact = "시청 안전총괄과 031-324-2114"\n' +
        '\n[data]\nexpect = "existing"\n',
    );
    expect(statSync(made.workspace.configFile).mode & 0o777).toBe(0o640);
    expect(terminal.raw()).not.toContain('\u001b');
  });

  it('setup changes nothing at Ctrl-C, and continues in a second run', async () => {
    const made = await bench();
    const before = made.config();
    const first = made.setup('--port', made.port);
    await answer(first, ['Number that receives', '031-324-2900'], ['may leave out', '']);
    await first.shows('Time zone');
    first.type('\u0003');
    await first.endsWith(1);
    expect(first.screen().join('\n')).toContain('[setup.stopped]');
    expect(made.config()).toBe(before);
    expect(readdirSync(made.workspace.folder).filter((name) => name.startsWith('.visitlog'))).toEqual([]);

    const second = made.setup('--port', made.port, '--number', '0313242900', '--no-start');
    await answer(
      second,
      ['may leave out', ''],
      ['Time zone', ''],
      ['Whom visitors can ask', ''],
      ['yes, write', ''],
    );
    await second.shows('Start it when you like');
    await second.endsWith(0);

    const third = made.setup();
    await third.shows(`line1   ${made.port}   031-324-2900`);
    await answer(third, ['What next?', '4'], ['may leave out [031]', '02'], ['Time zone', ''], ['Whom', '']);
    await answer(third, ['yes, write', ''], ['Start the gateway now?', '2']);
    await third.endsWith(0);
    expect(made.config()).toContain('[numbering]\narea_code = "02"');
    expect(made.config()).toContain('# our own words\n');
  });

  it('setup writes a hidden PIN into a private file, and the gateway tries it once', async () => {
    const made = await bench('4711');
    const terminal = made.setup('--port', made.port, '--number', '031-324-2900');
    await terminal.shows('asks for its PIN (3 tries left)');
    await answer(terminal, ['may leave out', ''], ['Time zone', ''], ['Whom', '']);
    await answer(terminal, ['PIN (not shown)', '12'], ['four to eight digits', '1234'], ['yes, write', '']);
    const file = join(made.workspace.folder, 'line1.pin');
    await answer(terminal, ['Start the gateway now?', '']);
    await terminal.shows('[setup.line-blocked]');
    await terminal.endsWith(1);
    expect(terminal.raw()).not.toContain('1234');
    expect(readFileSync(file, 'utf8')).toBe('1234\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(made.config()).toContain(`pin_file = ${JSON.stringify(file)}`);
    expect(made.modem.sim.pinTries).toBe(2);

    const again = made.setup('--yes');
    await again.endsWith(1);
    expect(made.modem.sim.pinTries).toBe(2);
  });

  it('setup asks in Korean', async () => {
    const made = await bench();
    const terminal = made.setup('--lang', 'ko', '--port', made.port);
    await answer(terminal, ['수신번호', '031-324-2900'], ['지역번호', ''], ['시간대', ''], ['문의처', '']);
    await answer(terminal, ['맞습니까?', ''], ['지금 게이트웨이를 시작할까요?', '2']);
    await terminal.shows('시작하려면');
    await terminal.endsWith(0);
  });
});

describe('visitlog setup without questions', () => {
  it('setup --yes writes the file, starts a gateway, and waits for as long as --wait says', async () => {
    const made = await bench();
    const given = ['--port', made.port, '--number', '031-324-2900', '--time-zone', 'Asia/Tokyo', '--yes'];
    const terminal = made.setup(...given, '--wait', '1s');
    await terminal.endsWith(4);
    expect(terminal.screen().join('\n')).toContain('No text came.');
    const written = made.config();
    expect(written).toContain('time_zone = "Asia/Tokyo"');
    const again = made.setup(...given, '--no-wait');
    await again.endsWith(0);
    expect(made.config()).toBe(written);
  });

  it.each([
    ['en', 'C.UTF-8'],
    ['ko', 'ko_KR.UTF-8'],
  ])(
    'setup --yes writes a complete new file, with the language that it speaks: %s',
    async (language, locale) => {
      const made = await bench();
      const folder = mkdtempSync(join(tmpdir(), 'visitlog-setup-'));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      const file = join(folder, 'etc', 'visitlog.toml');
      const given = ['--port', made.port, '--number', '02-555-2900', '--yes', '--no-start'];
      const terminal = onTerminal(24, 80, [process.execPath, mainFile, '--config', file, 'setup', ...given], {
        LANG: locale,
      });
      await terminal.endsWith(0);
      const [, ...rows] = readFileSync(file, 'utf8').split('\n\n');
      expect(rows.join('\n\n')).toBe(
        `time_zone = "Asia/Seoul"\n\n[general]\nlanguage = "${language}"\n\n[numbering]\narea_code = "02"\n\n` +
          `[[line]]\nname = "line1"\nport = ${JSON.stringify(made.port)}\nnumber = "02-555-2900"\n`,
      );
    },
  );
});
