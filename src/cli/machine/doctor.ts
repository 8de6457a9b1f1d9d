import type { Command } from 'commander';
import { type ExitCode, exitCode } from '../../base/errors.ts';
import type { Language } from '../../words/bilingual.ts';
import { doctorWords } from '../../words/commands/doctor.ts';
import { summaries } from '../../words/commands/summaries.ts';
import type { Invocation, Runner } from '../invocation.ts';
import { writeLine } from '../shell.ts';

interface DoctorFlags {
  readonly json?: boolean;
}

export function defineDoctor(program: Command, run: Runner, language: Language): void {
  const words = doctorWords[language];
  program
    .command('doctor')
    .description(summaries[language].doctor)
    .option('--json', words.json)
    .addHelpText('after', words.after)
    .action(run(doctor));
}

async function doctor({ shell, globals }: Invocation, { json }: DoctorFlags): Promise<ExitCode> {
  const [{ loadConfig }, { examine }, { devicePathsOf }, { openerOf }, { createModemFinder }] =
    await Promise.all([
      import('../../config/load.ts'),
      import('../../doctor/examine.ts'),
      import('../../daemon/lines/line-port.ts'),
      import('../../modem/port/open-port.ts'),
      import('../../modem/discovery/modem-finder.ts'),
    ]);
  const { askLines } = await import('../../daemon/status/ask-gateway.ts');
  const { formatFindings } = await import('./doctor-text.ts');
  const { clock, stdout } = shell;
  const { config } = await loadConfig({ file: globals.config, env: shell.env });
  const modems = createModemFinder({ clock, reserved: () => devicePathsOf(config.lines) });
  const findings = await examine({
    config,
    clock,
    root: '/',
    gatewayLines: await askLines(config.status.socket),
    openLine: (line) => openerOf(line.port, line.baudRate, modems),
  });
  const lines = json
    ? findings.map((finding) => JSON.stringify(finding))
    : formatFindings(findings, shell.language);
  for (const line of lines) await writeLine(stdout, line);
  return findings.some(({ severity }) => severity === 'fail') ? exitCode.failed : exitCode.done;
}
