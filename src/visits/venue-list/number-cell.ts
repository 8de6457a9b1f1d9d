import { isIssuedCodeForm } from '../issued-code.ts';
import { isVenueNumber } from '../numbering-plan.ts';
import { resolveText } from '../resolve.ts';

/**
 * Why a line of a list is not taken as it is.
 * - `no-number`: the cell is empty; `not-a-number`: nothing in it is a number that a place can have;
 * - `shortened`: a spreadsheet wrote it as 3.13E+08, and its digits are lost;
 * - `two-readings`: the spreadsheet may have eaten a 0: 22123456 is 02-212-3456 or a local number;
 * - `code-check`: six digits whose check digit is wrong.
 */
export type NumberDoubt = 'no-number' | 'not-a-number' | 'shortened' | 'two-readings' | 'code-check';

export type NumberCell =
  | {
      /** Canonical; more than one where the cell names several. */
      readonly numbers: readonly string[];
      /** Whether a leading 0 that a spreadsheet ate was put back. */
      readonly restored: boolean;
    }
  | { readonly doubt: NumberDoubt };

/** The numbers that a cell of a list names, in any written form, with or without the 0 that a spreadsheet eats. */
export function readNumberCell(cell: string, areaCode: string): NumberCell {
  const text = cell.normalize('NFKC').trim();
  if (text === '' || /^[-–—.]+$/.test(text)) return { doubt: 'no-number' };
  if (/^\d(?:[.,]\d+)?e[+-]?\d+$/i.test(text)) return { doubt: 'shortened' };
  const digits = text.replace(/[.,]0$/, '');
  if (/^[1-9]\d*$/.test(digits)) return readBare(digits, areaCode);
  return named(text, areaCode);
}

/** Digits and nothing else, as a spreadsheet writes what it took for an amount. */
function readBare(digits: string, areaCode: string): NumberCell {
  if (digits.length === 6 && !isIssuedCodeForm(digits)) return { doubt: 'code-check' };
  const withZero = `0${digits}`;
  const asIs = named(digits, areaCode);
  if (!isVenueNumber(withZero)) return asIs;
  return 'doubt' in asIs ? { numbers: [withZero], restored: true } : { doubt: 'two-readings' };
}

function named(text: string, areaCode: string): NumberCell {
  const found = resolveText(text, { areaCode, sender: null, isIssuedCode: isIssuedCodeForm });
  if (found.kind === 'venues') return { numbers: found.venues, restored: false };
  return { doubt: 'not-a-number' };
}
