import { isTable } from './find-faults.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables that override the file. Set to nothing, they are not set. */
const variables = [
  { variable: 'VISITLOG_DATA_DIR', key: 'data_dir' },
  { variable: 'VISITLOG_LOG_LEVEL', key: 'log.level' },
] as const;

/** The variable that gives this key its value, or null. */
export function variableOf(key: string, env: Environment): string | null {
  return variables.find((entry) => entry.key === key && env[entry.variable])?.variable ?? null;
}

/** The document with the environment's values in place of the file's. */
export function applyEnvironment(
  document: Record<string, unknown>,
  env: Environment,
): Record<string, unknown> {
  const result = { ...document };
  if (env.VISITLOG_DATA_DIR) result.data_dir = env.VISITLOG_DATA_DIR;
  const level = env.VISITLOG_LOG_LEVEL;
  // A `log` that is no table stays as it is, to be reported as the fault that it is.
  if (level && (result.log === undefined || isTable(result.log))) result.log = { ...result.log, level };
  return result;
}
