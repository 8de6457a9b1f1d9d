import type { Ask } from './central-reader.ts';

/**
 * The lines of all gateways under numbers that are each line's own, in order: two gateways number theirs alike. Numbers
 * have 16 bits, as in a row.
 */
export interface LinesOfGateways {
  /** What `linesFrom` makes the same of, in another thread. */
  readonly rows: readonly LineOfGateway[];
  /** The line of a gateway that its rows have this number of. */
  numberOf(gatewayNo: number, line: number): number;
  nameOf(number: number): string;
  /** What a gateway numbers the line of this name by; null if it has none. */
  find(gatewayNo: number, name: string): number | null;
}

export interface LineOfGateway {
  readonly gatewayNo: number;
  readonly line: number;
  readonly name: string;
}

const mostLines = 0xffff;

export async function linesOfGateways(ask: Ask): Promise<LinesOfGateways> {
  return linesFrom(
    await ask<LineOfGateway>(
      'SELECT gateway AS "gatewayNo", line, name FROM visitlog.lines ORDER BY gateway, line LIMIT $1',
      [mostLines],
    ),
  );
}

export function linesFrom(rows: readonly LineOfGateway[]): LinesOfGateways {
  const numbers = new Map(rows.map(({ gatewayNo, line }, number) => [`${gatewayNo} ${line}`, number]));
  return {
    rows,
    numberOf: (gatewayNo, line) => numbers.get(`${gatewayNo} ${line}`) ?? mostLines,
    nameOf: (number) => rows[number]?.name ?? '',
    find: (gatewayNo, name) =>
      rows.find((each) => each.gatewayNo === gatewayNo && each.name === name)?.line ?? null,
  };
}
