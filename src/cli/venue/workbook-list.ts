import { posix } from 'node:path';
import { unzipSync } from 'fflate';
import { mib } from '../../base/amounts.ts';
import { AppError, fault } from '../../base/errors.ts';
import type { ListRecord } from '../../visits/venue-list/csv-records.ts';
import {
  attribute,
  elements,
  numberFormats,
  sharedTexts,
  sheetRecords,
} from '../../visits/venue-list/sheet-cells.ts';

/** A sheet of a workbook, read as a list. */
interface WorkbookList {
  readonly sheet: string;
  /** The names of the sheets that were not read; a hidden one never is. */
  readonly others: readonly string[];
  readonly records: readonly ListRecord[];
}

/** Of all that is read out of one file: some 200,000 places with fifty columns. More is no list, and may be made to fill memory. */
const mostOctets = 256 * mib;
const mostSheets = 64;

/**
 * The first shown sheet for which `isList` holds, else the first shown one that has any cell. Errors: `venue.workbook`,
 * `venue.not-a-list`.
 */
export function readWorkbook(
  bytes: Uint8Array,
  file: string,
  isList: (records: readonly ListRecord[]) => boolean,
): WorkbookList {
  try {
    return listOf(partsOf(bytes, file), file, isList);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw workbookFault(file, 'damaged', error);
  }
}

type Parts = (name: string) => string | null;

function listOf(
  part: Parts,
  file: string,
  isList: (records: readonly ListRecord[]) => boolean,
): WorkbookList {
  const root = targets(part, '').find(({ type }) => type.endsWith('/officeDocument'));
  const path = root?.path ?? 'xl/workbook.xml';
  const workbook = part(path);
  if (workbook === null) throw fault('venue.not-a-list', { file, kind: 'archive' });
  const related = targets(part, path);
  const other = (kind: string) => {
    const found = related.find(({ type }) => type.endsWith(`/${kind}`));
    return (found === undefined ? null : part(found.path)) ?? '';
  };
  const texts = other('sharedStrings');
  if (texts !== '' && !/<\/(?:\w+:)?sst>\s*$|<(?:\w+:)?sst[^>]*\/>\s*$/.test(texts.slice(-1_000)))
    throw workbookFault(file, 'damaged');
  const shared = sharedTexts(texts);
  const [properties] = elements(workbook, 'workbookPr');
  const from1904 = /^(?:1|true)$/.test(attribute(properties?.attributes ?? '', 'date1904') ?? '');
  const styles = { formats: numberFormats(other('styles')), from1904 };
  const sheets = [...elements(workbook, 'sheet')].slice(0, mostSheets).map(({ attributes }) => ({
    name: attribute(attributes, 'name') ?? '',
    isShown: (attribute(attributes, 'state') ?? 'visible') === 'visible',
    path: related.find(({ id }) => id === attribute(attributes, 'id'))?.path,
  }));
  let first: WorkbookList | null = null;
  for (const { name, isShown, path: at } of sheets) {
    if (!isShown || at === undefined) continue;
    const xml = part(at) ?? '';
    // What is cut off must not pass for a shorter list.
    if (!/<\/(?:\w+:)?(?:worksheet|chartsheet)>\s*$/.test(xml.slice(-100)))
      throw workbookFault(file, 'damaged');
    const records = [...sheetRecords(xml, shared, styles)];
    const others = sheets.filter((sheet) => sheet.name !== name).map((sheet) => sheet.name);
    const list = { sheet: name, others, records };
    if (isList(records)) return list;
    if (records.length > 0) first ??= list;
  }
  if (first === null) throw workbookFault(file, 'empty');
  return first;
}

interface Target {
  readonly id: string;
  readonly type: string;
  /** Within the archive. */
  readonly path: string;
}

/** What a part refers to (ECMA-376 part 2, 9.3). */
function targets(part: Parts, of: string): Target[] {
  const folder = posix.dirname(of);
  const xml = part(posix.join(folder, '_rels', `${posix.basename(of)}.rels`)) ?? '';
  return [...elements(xml, 'Relationship')].map(({ attributes }) => {
    const target = attribute(attributes, 'Target') ?? '';
    return {
      id: attribute(attributes, 'Id') ?? '',
      type: attribute(attributes, 'Type') ?? '',
      path: target.startsWith('/') ? target.slice(1) : posix.join(folder, target),
    };
  });
}

/** The parts that a list needs, unpacked; a bomb is refused by the sizes that its directory states, which bound what is unpacked. */
function partsOf(bytes: Uint8Array, file: string): Parts {
  let octets = 0;
  const parts = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (!/(?:\.rels|\.xml)$/.test(name)) return false;
      octets += originalSize;
      if (octets > mostOctets) throw workbookFault(file, 'too-large');
      return true;
    },
  });
  const decoder = new TextDecoder();
  return (name) => {
    const found = parts[name];
    if (found === undefined) return null;
    if (found[0] === 0xff && found[1] === 0xfe) return new TextDecoder('utf-16le').decode(found);
    return decoder.decode(found);
  };
}

function workbookFault(file: string, why: 'damaged' | 'too-large' | 'empty', cause?: unknown): AppError {
  return fault('venue.workbook', { file, why }, cause === undefined ? {} : { cause });
}
