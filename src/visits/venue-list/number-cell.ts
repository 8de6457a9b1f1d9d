import { isIssuedCodeForm } from '../issued-code.ts';
import { isVenueNumber } from '../numbering-plan.ts';
import { asTypedByStaff, resolveText } from '../resolve.ts';

/**
 * Why the cell of a number is not imported as it is.
 * - `no-number`: the cell is empty; `not-a-number`: it has no number that a place can have;
 * - `shortened`: a spreadsheet wrote it as 3.13E+08, and its digits are lost;
 * - `two-readings`: the spreadsheet may have dropped a 0: 22123456 is 02-212-3456 or a local number;
 * - `code-check`: six digits whose check digit is wrong;
 * - `fax`: a fax machine's number, or one beside it.
 */
export type NumberDoubt = 'no-number' | 'not-a-number' | 'shortened' | 'two-readings' | 'code-check' | 'fax';

type NumberCell =
  | {
      /** Canonical; more than one if the cell names several. */
      readonly numbers: readonly string[];
      /** Whether a leading 0 that a spreadsheet dropped was restored. */
      readonly restored: boolean;
    }
  | { readonly doubt: NumberDoubt };

/** Words that a fax number stands behind; nobody texts from a sign with a lone F before it. */
const fax = /fax|팩스|팩시밀리|(?:^|[^a-z])f[.:)]/i;

/** The numbers that a cell of a list names, in any written form, with or without the 0 that a spreadsheet drops. */
export function readNumberCell(cell: string, areaCode: string): NumberCell {
  const text = cell.normalize('NFKC').trim();
  if (text === '' || /^[-–—.]+$/.test(text)) return { doubt: 'no-number' };
  if (/^\d(?:[.,]\d+)?e[+-]?\d+$/i.test(text)) return { doubt: 'shortened' };
  if (fax.test(text)) return { doubt: 'fax' };
  const digits = text.replace(/[.,]0$/, '');
  if (/^[1-9]\d*$/.test(digits)) return readBare(digits, areaCode);
  return named(text, areaCode);
}

/** Digits alone, as a spreadsheet writes a number that it took for an amount. */
function readBare(digits: string, areaCode: string): NumberCell {
  if (digits.length === 6 && !isIssuedCodeForm(digits)) return { doubt: 'code-check' };
  const withZero = `0${digits}`;
  const asIs = named(digits, areaCode);
  if (!isVenueNumber(withZero)) return asIs;
  return 'doubt' in asIs ? { numbers: [withZero], restored: true } : { doubt: 'two-readings' };
}

function named(text: string, areaCode: string): NumberCell {
  const found = resolveText(text, asTypedByStaff(areaCode));
  if (found.kind === 'venues') return { numbers: found.venues, restored: false };
  return { doubt: 'not-a-number' };
}
