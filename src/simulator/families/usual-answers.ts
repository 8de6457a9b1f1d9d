import type { CpmsDialect } from '../family.ts';
import { cms } from '../reply.ts';

/** What every modem answers with `OK` and what has no effect on receiving texts. */
export const acceptedByAll: readonly string[] = [
  'V1',
  'Q0',
  'X*',
  '&C*',
  '&D*',
  '&K*',
  '&W*',
  'S*',
  '+IFC=*',
  '+IPR=*',
  '+ICF=*',
  '+CSCS=*',
  '+CSDH=*',
  '+CSMP=*',
  '+CSCA=*',
  '+CLIP=*',
  '+CRC=*',
  '+COLP=*',
  '+CMMS=*',
  '+CUSD=*',
  '+CTZR=*',
  '+CTZU=*',
];

/** Commands that fail until the SIM has been read. */
export const gatedByAll: readonly string[] = ['+CPMS', '+CMGL', '+CMGR', '+CMGD', '+CNMI', '+CMGS', '+CMGW'];

/** The +CPMS that 3GPP TS 27.005 describes, over the memories given. */
export function plainCpms(names: readonly string[], start: string): CpmsDialect {
  const list = `(${names.map((name) => `"${name}"`).join(',')})`;
  return {
    test: `${list},${list},${list}`,
    start: [start, start, start],
    setAnswer: 'counts',
    separator: ',',
    fewest: 1,
    most: 3,
    allowed: [names, names, names],
    refusal: cms(302),
  };
}

/** Every value from `first` to `last`. */
export function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
