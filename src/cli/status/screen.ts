import type { Writable } from 'node:stream';
import stringWidth from 'string-width';
import type { Size } from './terminal.ts';

/** The whole screen, of which only the lines that changed are written again. */
export interface Screen {
  paint(lines: readonly string[], size: Size): void;
  /** After a change of size nothing that stands there is trusted. */
  forget(): void;
  /** Gives the terminal back as it was. */
  leave(): void;
}

const csi = '\u001b[';
/** A terminal without a second screen ignores the first and the last, and is left empty. */
const enterCode = `${csi}?1049h${csi}?25l${csi}2J`;
const leaveCode = `${csi}0m${csi}2J${csi}H${csi}?25h${csi}?1049l`;

export function openScreen(stdout: Writable): Screen {
  let shown: readonly string[] = [];
  stdout.write(enterCode);
  return {
    paint(lines, { columns, rows }) {
      const wanted = Array.from({ length: rows }, (_, row) => lines[row] ?? '');
      const changed = wanted.flatMap((line, row) =>
        line === (shown[row] ?? '') ? [] : [`${csi}${row + 1};1H${line}${restOf(line, columns)}`],
      );
      shown = wanted;
      if (changed.length > 0) stdout.write(changed.join(''));
    },
    forget() {
      shown = [];
      stdout.write(`${csi}2J`);
    },
    leave: () => void stdout.write(leaveCode),
  };
}

/** Behind a line that fills its row, the cursor still stands on its last character. */
function restOf(line: string, columns: number): string {
  return stringWidth(line) < columns ? `${csi}K` : '';
}
