import { setFlagsFromString } from 'node:v8';
import type { Command } from 'commander';
import { type ExitCode, exitCode } from '../base/errors.ts';
import type { Config } from '../config/config.ts';
import type { Language } from '../words/bilingual.ts';
import { runWords, summaries } from '../words/commands/program.ts';
import { aborted, type Invocation, type Runner } from './shell.ts';

export function defineRun(program: Command, run: Runner, language: Language): void {
  program
    .command('run')
    .description(summaries[language].run)
    .addHelpText('after', runWords[language].after)
    .action(run(async () => runGateway));
}

async function runGateway({ shell, globals }: Invocation): Promise<ExitCode> {
  // What V8 once takes for new objects after a burst of texts, it keeps for good: a quarter of all memory.
  setFlagsFromString('--semi-space-growth-factor=1');
  // And of what died among the old it lets as much lie as lives: here a quarter of that.
  setFlagsFromString('--heap-growing-percent=25');
  const [
    { loadConfig },
    { serveGateway, endsInJournal },
    { devicePathsOf },
    { createLog },
    { isClockKept },
    { openerOf },
    { createModemFinder },
  ] = await Promise.all([
    import('../config/load.ts'),
    import('../daemon/service/serve-gateway.ts'),
    import('../daemon/lines/gateway-lines.ts'),
    import('../daemon/log/log.ts'),
    import('../daemon/watch-clock.ts'),
    import('../modem/port/open-port.ts'),
    import('../modem/discovery/modem-finder.ts'),
  ]);
  const { clock, env, stdout: stream } = shell;
  let config: Config;
  const load = async () => {
    ({ config } = await loadConfig({ file: globals.config, env, required: 'line' }));
    return config;
  };
  config = await load();
  // Texts are received whether or not anybody can write down that they are.
  shell.onOutputLost?.(() => {});
  const modems = createModemFinder({ clock, reserved: () => devicePathsOf(config.lines) });
  await serveGateway({
    config,
    clock,
    env,
    load,
    isClockKept: () => isClockKept('/'),
    log: createLog({ ...config.log, stream, clock, journal: endsInJournal(stream, env) }),
    openTransport: (line) => openerOf(line.port, line.baudRate, modems),
    onHangup: shell.onHangup,
    until: aborted(shell.signal),
  });
  return exitCode.done;
}
