import { type ExitCode, exitCode } from '../../base/errors.ts';
import type { Config } from '../../config/config.ts';
import { loadConfig } from '../../config/load.ts';
import { devicePathsOf } from '../../daemon/lines/gateway-lines.ts';
import { lineOpener } from '../../daemon/lines/open-line.ts';
import { createLog } from '../../daemon/log/log.ts';
import { endsInJournal, serveGateway } from '../../daemon/service/serve-gateway.ts';
import { isClockKept } from '../../daemon/watch-clock.ts';
import { createModemFinder } from '../../modem/discovery/modem-finder.ts';
import { aborted, type Invocation } from '../shell.ts';

export async function runGateway({ shell, globals }: Invocation): Promise<ExitCode> {
  const { clock, env, stdout: stream } = shell;
  let config: Config;
  const load = async () => {
    ({ config } = await loadConfig({ file: globals.config, env, required: 'line' }));
    return config;
  };
  config = await load();
  // Texts are received whether or not the log can be written.
  shell.onOutputLost?.(() => {});
  const modems = createModemFinder({ clock, reserved: () => devicePathsOf(config.lines) });
  await serveGateway({
    config,
    clock,
    env,
    load,
    isClockKept: () => isClockKept('/', clock.wallMs()),
    log: createLog({ ...config.log, stream, clock, journal: endsInJournal(stream, env) }),
    openTransport: (line) => lineOpener(line, modems),
    onHangup: shell.onHangup,
    until: aborted(shell.signal),
  });
  return exitCode.done;
}
