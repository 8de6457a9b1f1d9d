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

/** The test forms of what is accepted without effect: what its set takes. */
export const acceptedRanges: Readonly<Record<string, string>> = {
  '+IFC': '(0-2),(0-2)',
  '+IPR': '(),(9600,19200,38400,57600,115200)',
  '+ICF': '(0-6),(0-3)',
  '+CSDH': '(0,1)',
  '+CLIP': '(0,1)',
  '+CRC': '(0,1)',
  '+COLP': '(0,1)',
  '+CMMS': '(0-2)',
  '+CUSD': '(0-2)',
  '+CTZR': '(0-2)',
  '+CTZU': '(0,1)',
};

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
