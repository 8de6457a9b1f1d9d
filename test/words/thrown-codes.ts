import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A place in the sources where an error is made. */
export interface ThrowSite {
  readonly file: string;
  readonly codes: readonly string[];
  /** What its context names; null where it hands on another's. */
  readonly context: readonly string[] | null;
  /** Named in the sources; null where it is decided while running. */
  readonly exit: string | null;
}

const src = join(import.meta.dirname, '../../src');

export function throwSites(): ThrowSite[] {
  return sources().flatMap(([file, text]) => sitesIn(file, text));
}

function sources(): (readonly [file: string, text: string])[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .map((file) => [file, readFileSync(join(src, file), 'utf8')] as const);
}

/** The commands that write files by drafts: `export`, `backup`. */
const drafts = [
  ...(
    /type DraftOf = ([^;]+);/.exec(readFileSync(join(src, 'export/to/draft.ts'), 'utf8'))?.[1] ?? ''
  ).matchAll(/\w+/g),
].map(([name]) => name);

/** The commands that ask before they act. */
const confirmed = [
  ...new Set(
    sources().flatMap(([, text]) =>
      [...text.matchAll(/[cC]onfirm(?:able)?\(\s*shell,\s*\{\s*command: '([\w-]+)'/g)].map(
        (found) => found[1] ?? '',
      ),
    ),
  ),
];

/** Codes that are composed while running, by how they are written. */
const composed: Readonly<Record<string, readonly string[]>> = {
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: as the sources have them
  '`${command}.not-confirmed`': confirmed.map((command) => `${command}.not-confirmed`),
  '`${of}.not-a-file`': drafts.map((of) => `${of}.not-a-file`),
  '`${of}.exists`': drafts.map((of) => `${of}.exists`),
  '`${of}.unwritable`': drafts.map((of) => `${of}.unwritable`),
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: as the sources have them
};

function sitesIn(file: string, text: string): ThrowSite[] {
  return [...text.matchAll(/new WordedError\(/g)].map((found) => {
    const start = (found.index ?? 0) + found[0].length;
    const given = argumentsAt(text, start);
    const [code = '', , detail = ''] = given;
    return { file, codes: codesOf(code.trim(), file, text), ...detailOf(detail, text) };
  });
}

function codesOf(code: string, file: string, text: string): readonly string[] {
  const written = composed[code];
  if (written) return written;
  const literals = [...code.matchAll(/'([a-z0-9.-]+)'/g)].map((literal) => literal[1] ?? '');
  if (literals.length > 0) return literals;
  // A table of codes in the same file; a code that is handed on was found where it was made.
  if (code === 'kind.code') return [...text.matchAll(/code: '([a-z.-]+)'/g)].map((found) => found[1] ?? '');
  if (code === 'code') return [];
  throw new Error(`${file}: which codes does ${code} stand for?`);
}

function detailOf(detail: string, text: string): Pick<ThrowSite, 'context' | 'exit'> {
  const exit = /exit: exitCode\.(\w+)/.exec(detail)?.[1] ?? (detail.includes('exit') ? null : 'failed');
  const at = /\bcontext(: \{)?/.exec(detail);
  if (at === null) return { context: /^\s*detail\s*$/.test(detail) ? null : [], exit };
  const body = at[1]
    ? (argumentsAt(detail, at.index + at[0].length).join(',') ?? '')
    : (/const context = \{([^}]*)\}/.exec(text)?.[1] ?? null);
  if (body === null || body.includes('...')) return { context: null, exit };
  return { context: [...body.matchAll(/(?:^|[,{])\s*(\w+)/g)].map((name) => name[1] ?? ''), exit };
}

const token = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|[\s\S]/g;

/** What stands between commas from here to the bracket that closes. */
function argumentsAt(text: string, start: number): string[] {
  const given = [''];
  let depth = 0;
  for (const [part] of text.slice(start).matchAll(token)) {
    if (depth === 0 && /^[)\]}]$/.test(part)) return given;
    if (/^[([{]$/.test(part)) depth += 1;
    if (/^[)\]}]$/.test(part)) depth -= 1;
    if (part === ',' && depth === 0) given.push('');
    else given[given.length - 1] += part;
  }
  throw new Error('a bracket is not closed');
}
