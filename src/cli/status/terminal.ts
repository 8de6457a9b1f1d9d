import type { Shell } from '../shell.ts';

/** What the reader's terminal can show. */
export interface Terminal {
  /** False: no terminal, or one that cannot move its cursor; blocks are printed one after the other. */
  readonly fullScreen: boolean;
  readonly colour: boolean;
  /** Only ASCII draws well. */
  readonly ascii: boolean;
}

/** Terminals of hardware, and what serial consoles call themselves: no colours, no blocks. */
const plainTerminals = /^(?:vt\d|ansi|dumb|unknown)/;

export function terminalOf({ stdout, env }: Pick<Shell, 'stdout' | 'env'>): Terminal {
  const term = env.TERM ?? '';
  const isTerminal = (stdout as { isTTY?: boolean }).isTTY === true;
  const isPlain = plainTerminals.test(term);
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return {
    fullScreen: isTerminal && term !== '' && term !== 'dumb' && term !== 'unknown',
    colour: isTerminal && !isPlain && term !== '' && !env.NO_COLOR,
    ascii: isPlain || !/utf-?8/i.test(locale),
  };
}

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** The size that the terminal states; a serial line knows none, and is taken for 80 by 24. */
export function sizeOf({ stdout }: Pick<Shell, 'stdout'>): Size {
  const { columns, rows } = stdout as { columns?: number; rows?: number };
  return { columns: Math.max(20, columns || 80), rows: Math.max(5, rows || 24) };
}
