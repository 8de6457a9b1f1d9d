import * as v from 'valibot';
import { editDistance } from '../base/edit-distance.ts';
import type { Bilingual } from '../words/bilingual.ts';
import type { ConfigFaultFacts, ConfigFaultKind } from '../words/config-faults.ts';
import { isTable, type TomlDocument } from './config.ts';
import { roleFaults } from './host-role.ts';
import {
  isRequired,
  knownKeys,
  type Setting,
  settingKeys,
  settings,
  settingsOf,
  structure,
  tableNames,
} from './settings.ts';

/** Where a key stands: `['retention', 'period']`, `['line', 1, 'port']`. */
export type KeyPath = readonly (string | number)[];

/** A fault before its position in the file is known. */
export type UnplacedFault = {
  readonly [K in ConfigFaultKind]: {
    readonly kind: K;
    readonly path: KeyPath;
    readonly facts: ConfigFaultFacts[K];
  };
}[ConfigFaultKind];

/** Everything that is wrong in a document, at once. */
export function findFaults(document: TomlDocument): UnplacedFault[] {
  const { issues } = v.safeParse(fileSchema, document);
  const faults = [
    ...unknownKeys(document).map(unknownKey),
    ...(issues ?? []).map((issue) => badValue(document, issue)),
    ...sameTwice(document),
  ];
  return [...faults, ...(faults.some(isAboutRole) ? [] : ofRole(document))];
}

/** What the keys of these tables mean together is asked once each is right by itself. */
const isAboutRole = ({ path }: UnplacedFault) => path[0] === 'central' || path[0] === 'holder';

function ofRole({ central, holder, line }: TomlDocument): UnplacedFault[] {
  const tableIn = (value: unknown) => (isTable(value) ? value : {});
  return roleFaults(tableIn(central), tableIn(holder), Array.isArray(line) && line.length > 0);
}

/** valibot's strict object reports the first unknown key only, so `unknownKeys` looks for them. */
const fileSchema = tableSchema('top', {
  ...Object.fromEntries(tableNames.map((name) => [name, v.optional(tableSchema(name))])),
  line: v.optional(v.array(tableSchema('line'))),
});

function tableSchema(table: string, more: v.ObjectEntries = {}): v.GenericSchema {
  const entries = Object.entries(settingsOf(table) ?? {}).map(([key, setting]) => {
    const rule = v.custom((value) => setting.rule.read(value, {}) !== undefined);
    return [key, isRequired(setting) ? rule : v.optional(rule)];
  });
  return v.object({ ...Object.fromEntries(entries), ...more });
}

/** Every key of the document that no setting has, in the order of the document. */
function unknownKeys(document: TomlDocument): KeyPath[] {
  return Object.entries(document).flatMap(([name, value]): KeyPath[] => {
    if (!knownKeys('top').includes(name)) return [[name]];
    const known = knownKeys(name);
    if (isTable(value)) return unknownIn(value, known, [name]);
    if (!Array.isArray(value)) return [];
    return value.flatMap((entry, index) => (isTable(entry) ? unknownIn(entry, known, [name, index]) : []));
  });
}

function unknownIn(table: TomlDocument, known: readonly string[], at: KeyPath): KeyPath[] {
  return Object.keys(table)
    .filter((key) => !known.includes(key))
    .map((key) => [...at, key]);
}

/** The table that a key stands in; null at the top of the file. */
const tableOf = (path: KeyPath) => (path.length === 1 ? null : String(path[0]));

function settingAt(path: KeyPath): Setting | undefined {
  return settingsOf(tableOf(path) ?? 'top')?.[String(path.at(-1))];
}

/** A wrong value for the name of a secret's file may be the secret itself. */
export const isSecret = (path: KeyPath) => settingAt(path)?.rule.isSecret ?? false;

function unknownKey(path: KeyPath): UnplacedFault {
  const name = String(path.at(-1));
  const table = tableOf(path);
  const nearest = nearestKey(table ?? 'top', name);
  return { kind: 'unknown-key', path, facts: { table, name, nearest, known: knownKeys(table ?? 'top') } };
}

function badValue(document: TomlDocument, issue: v.BaseIssue<unknown>): UnplacedFault {
  const path = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
  const value = valueAt(document, path);
  const allowed = allowedAt(path);
  if (value === undefined)
    return { kind: 'missing-key', path, facts: { table: tableOf(path), name: String(path.at(-1)), allowed } };
  const key = path.filter((part) => typeof part === 'string').join('.');
  return { kind: 'bad-value', path, facts: { key, value: isSecret(path) ? null : shown(value), allowed } };
}

function allowedAt(path: KeyPath): Bilingual<string> {
  if (path.length === 1 && path[0] === 'line') return structure.lines;
  return settingAt(path)?.rule.allowed ?? structure.table;
}

const uniqueKeys = Object.entries<Setting>(settings.line).flatMap(([key, { uniqueAs }]) =>
  uniqueAs === undefined ? [] : [{ key, uniqueAs }],
);

/** Names that are left out are given later and are free. */
function sameTwice({ line: lines }: TomlDocument): UnplacedFault[] {
  return uniqueKeys.flatMap(({ key, uniqueAs }) => {
    const seen = new Set<unknown>();
    return (Array.isArray(lines) ? lines : []).flatMap((line, index): UnplacedFault[] => {
      const value = isTable(line) ? line[key] : undefined;
      if (typeof value !== 'string') return [];
      const form = uniqueAs(value);
      if (form === null) return [];
      if (seen.has(form)) {
        const facts = { table: 'line', name: key, value: shown(value).en };
        return [{ kind: 'same-twice', path: ['line', index, key], facts }];
      }
      seen.add(form);
      return [];
    });
  });
}

export function valueAt(document: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>(
    (value, part) => (value as Record<string | number, unknown> | undefined)?.[part],
    document,
  );
}

/** A value as TOML writes it, on one line and not longer than a reader needs. */
function shown(value: unknown): Bilingual<string> {
  if (value instanceof Date) return { en: 'a date', ko: '날짜' };
  if (Array.isArray(value)) return { en: 'a list', ko: '목록' };
  if (isTable(value)) return { en: 'a table', ko: '표' };
  const text = JSON.stringify(value);
  const short = text.length > 60 ? `${text.slice(0, 57)}…"` : text;
  return { en: short, ko: short };
}

/**
 * The key that was probably meant by one that is unknown: the nearest of the same table by its bare name
 * (`port`), else a key that belongs elsewhere by its full name (`retention.period`); null if none is near.
 */
export function nearestKey(table: string, key: string): string | null {
  const wanted = plain(key);
  const tolerance = Math.min(3, Math.ceil(wanted.length / 2));
  const sibling = nearest(wanted, knownKeys(table), tolerance, (candidate) => candidate);
  return sibling ?? nearest(wanted, settingKeys, 1, (full) => full.slice(full.lastIndexOf('.') + 1));
}

function nearest(
  wanted: string,
  candidates: readonly string[],
  tolerance: number,
  nameOf: (candidate: string) => string,
): string | null {
  let best: string | null = null;
  let bestDistance = tolerance + 1;
  for (const candidate of candidates) {
    const name = plain(nameOf(candidate));
    const isShortForm = wanted.length >= 3 && name.startsWith(wanted) && name !== wanted;
    const distance = isShortForm ? 1 : editDistance(wanted, name);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** `baudRate`, `baud-rate` and `BAUD_RATE` are one wish. */
const plain = (key: string) => key.toLowerCase().replace(/[^a-z0-9]/g, '');
