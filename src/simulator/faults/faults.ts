import { announcementFaults } from './announcement-faults.ts';
import { answerDialects } from './answer-dialects.ts';
import { answerFaults } from './answer-faults.ts';
import { bootFaults } from './boot-faults.ts';
import { contentFaults } from './content-faults.ts';
import { directFaults } from './direct-faults.ts';
import type { Fault } from './fault.ts';
import { lineFaults } from './line-faults.ts';
import { listingFaults } from './listing-faults.ts';
import { networkFaults } from './network-faults.ts';
import { noiseFaults } from './noise-faults.ts';
import { openingFaults } from './opening-faults.ts';
import { pduLineFaults } from './pdu-line-faults.ts';
import { portFaults } from './port-faults.ts';
import { radioFaults } from './radio-faults.ts';
import { sharingFaults } from './sharing-faults.ts';
import { silenceFaults } from './silence-faults.ts';
import { simFaults } from './sim-faults.ts';
import { storageDialects } from './storage-dialects.ts';
import { storeFaults } from './store-faults.ts';

const all: readonly Fault[] = [
  ...openingFaults,
  ...bootFaults,
  ...silenceFaults,
  ...answerFaults,
  ...noiseFaults,
  ...lineFaults,
  ...pduLineFaults,
  ...answerDialects,
  ...storageDialects,
  ...announcementFaults,
  ...listingFaults,
  ...directFaults,
  ...storeFaults,
  ...simFaults,
  ...radioFaults,
  ...networkFaults,
  ...contentFaults,
  ...portFaults,
  ...sharingFaults,
];

/** Every fault that the simulator plays, by its slug. */
export const faults: ReadonlyMap<string, Fault> = new Map(all.map((fault) => [fault.slug, fault]));
