const takesValue = ['--config', '--lang'];

/** Whether help is asked for, which every command gives without the register. */
export function isHelp(args: readonly string[]): boolean {
  return args.includes('--help') || args.includes('-h') || wordsIn(args)[0] === 'help';
}

/** The first word that is neither an option nor an option's value; of `help NAME`, the name. */
export function commandOf(args: readonly string[]): string | undefined {
  const words = wordsIn(args);
  return words[0] === 'help' ? words[1] : words[0];
}

/** Whether a shell asks what to propose at a TAB. */
export function isTab(args: readonly string[]): boolean {
  return commandOf(args) === 'complete';
}

function wordsIn(args: readonly string[]): string[] {
  return args.filter((arg, index) => !arg.startsWith('-') && !takesValue.includes(args[index - 1] ?? ''));
}

export const defaultConfig = '/etc/visitlog/visitlog.toml';

/** What `--config` names. */
export function configIn(args: readonly string[]): string | undefined {
  const index = args.findIndex((arg) => arg === '--config' || arg.startsWith('--config='));
  if (index === -1) return undefined;
  const arg = args[index];
  return arg?.startsWith('--config=') ? arg.slice('--config='.length) : args[index + 1];
}
