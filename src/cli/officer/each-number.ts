import { takesMessages } from '../../export/numbers.ts';
import type { OpenAct } from './act.ts';

/** A row that shows a visitor. */
interface VisitorRow {
  readonly visitor: string;
  readonly visitedAtMs: number;
}

/** Rows that go out as numbers alone. */
export interface EachNumber {
  /** The rows that show a number for the first time. Each row is noted in the act: the file tells of all these visits. */
  firstOf<Row extends VisitorRow>(rows: readonly Row[]): readonly Row[];
  /** Senders so far to whom no message can be sent. */
  readonly leftOut: number;
}

export function eachNumber(act: OpenAct): EachNumber {
  const taken = new Set<string>();
  const refused = new Set<string>();
  return {
    firstOf: (rows) =>
      rows.filter(({ visitor, visitedAtMs }) => {
        if (!takesMessages(visitor)) {
          refused.add(visitor);
          return false;
        }
        if (taken.has(visitor)) {
          act.reveal(visitor, visitedAtMs);
          return false;
        }
        taken.add(visitor);
        act.row(visitor, visitedAtMs);
        return true;
      }),
    get leftOut() {
      return refused.size;
    },
  };
}
