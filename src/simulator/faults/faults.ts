import { bootFaults } from './boot-faults.ts';
import { contentFaults } from './content-faults.ts';
import { dialectFaults } from './dialect-faults.ts';
import type { Fault } from './fault.ts';
import { lineFaults } from './line-faults.ts';
import { networkFaults } from './network-faults.ts';
import { noticeFaults } from './notice-faults.ts';
import { portFaults } from './port-faults.ts';
import { radioFaults } from './radio-faults.ts';
import { silenceFaults } from './silence-faults.ts';
import { simFaults } from './sim-faults.ts';
import { storeFaults } from './store-faults.ts';

const all: readonly Fault[] = [
  ...bootFaults,
  ...silenceFaults,
  ...noticeFaults,
  ...lineFaults,
  ...dialectFaults,
  ...storeFaults,
  ...simFaults,
  ...radioFaults,
  ...networkFaults,
  ...contentFaults,
  ...portFaults,
];

/** Every fault that the simulator plays, by its slug. */
export const faults: ReadonlyMap<string, Fault> = new Map(all.map((fault) => [fault.slug, fault]));
