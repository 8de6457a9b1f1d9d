import type { Command } from 'commander';
import { type ExitCode, exitCode } from '../base/errors.ts';
import type { Invocation, Runner } from './invocation.ts';
import { aborted } from './shell.ts';
import type { Language } from './words/bilingual.ts';
import { summaries } from './words/summaries.ts';

export function defineRun(program: Command, run: Runner, language: Language): void {
  program
    .command('run')
    .description(summaries[language].run)
    .addHelpText('after', '\nExample:\n  visitlog --config /etc/visitlog/visitlog.toml run')
    .action(run(runGateway));
}

async function runGateway({ shell, globals }: Invocation): Promise<ExitCode> {
  const [
    { loadConfig },
    { startGateway },
    { devicePathsOf },
    { createLog },
    { openerOf },
    { createModemFinder },
  ] = await Promise.all([
    import('../config/load.ts'),
    import('../daemon/gateway.ts'),
    import('../daemon/line-port.ts'),
    import('../daemon/log.ts'),
    import('../modem/open-port.ts'),
    import('../modem/discovery/modem-finder.ts'),
  ]);
  const { config } = await loadConfig({ file: globals.config, env: shell.env, required: 'line' });
  const log = createLog({ ...config.log, stream: shell.stdout, clock: shell.clock });
  const modems = createModemFinder({ clock: shell.clock, reserved: devicePathsOf(config.lines) });
  const gateway = startGateway({
    config,
    clock: shell.clock,
    log,
    openTransport: (line) => openerOf(line.port, line.baudRate, modems),
  });
  await aborted(shell.signal);
  await gateway.stop();
  return exitCode.done;
}
