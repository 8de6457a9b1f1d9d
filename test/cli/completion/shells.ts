import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mainFile } from '../../support/program.ts';
import { patienceMs } from '../../support/until.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type ShellName = (typeof shells)[number];

export function isInstalled(shell: ShellName): boolean {
  return spawnSync(shell, ['-c', 'exit 0']).status === 0;
}

/** Asks a real shell, into which the script is read, what it proposes behind the last of `words`. */
export function proposed(shell: ShellName, folder: string, words: readonly string[]): string[] {
  const script = join(folder, `completion.${shell}`);
  writeFileSync(script, scriptOf(shell));
  const program = join(folder, 'visitlog');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${mainFile}' "$@"\n`);
  chmodSync(program, 0o755);
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  return asking[shell](script, ['visitlog', ...words], env);
}

const scripts = new Map<ShellName, string>();

function scriptOf(shell: ShellName): string {
  const script = scripts.get(shell) ?? run(process.execPath, [mainFile, 'completion', shell]);
  scripts.set(shell, script);
  return script;
}

type Ask = (script: string, words: readonly string[], env: NodeJS.ProcessEnv) => string[];

const asking: Readonly<Record<ShellName, Ask>> = {
  bash(script, words, env) {
    return lines(run('bash', ['--norc', beside('in-bash.bash'), script, ...words], env));
  },
  zsh(script, words, env) {
    const screen = run('zsh', ['-f', beside('in-zsh.zsh'), script, words.join(' ')], env);
    return lines(screen.replace(/\r/g, '')).flatMap((line) =>
      line.includes('  -- ') ? (line.split('  -- ')[0] ?? '') : line.trim().split(/\s{2,}/),
    );
  },
  fish(script, words, env) {
    const ask = 'source $argv[1]; complete -C "$argv[2]"';
    const output = run('fish', ['--no-config', '-c', ask, script, words.join(' ')], env);
    return lines(output).map((line) => line.split('\t')[0] ?? '');
  },
};

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): string {
  const { stdout, stderr, status } = spawnSync(command, args, { env, encoding: 'utf8', timeout: patienceMs });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
  return stdout;
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}
