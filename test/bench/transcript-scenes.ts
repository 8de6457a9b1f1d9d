import type { FamilyName } from '../../src/simulator/families/families.ts';

/** One fault, played so that it can be read. */
export interface Scene {
  readonly name: string;
  readonly about: readonly string[];
  readonly family: FamilyName;
  readonly fault: string;
  /** The fault is there before the gateway starts. */
  readonly fromStart?: boolean;
  readonly capacity?: number;
  readonly texts: number;
  readonly patienceMs: number;
  /** How long is still listened afterwards. */
  readonly afterMs?: number;
}

export const scenes: readonly Scene[] = [
  {
    name: 'hang-in-a-listing',
    about: [
      'The modem falls silent in the middle of AT+CMGL and would stay so for hours.',
      'The gateway waits its time, asks three times who is there, closes the port, opens it anew, and receives.',
    ],
    family: 'huawei',
    fault: 'hang:every=1,times=1,on=+CMGL,cure=reopen',
    texts: 2,
    patienceMs: 300_000,
  },
  {
    name: 'late-answer',
    about: [
      'The answer to a deletion comes 32 s late, when the gateway has long given up on it.',
      'It answers nothing else: the gateway is silent until it knows by an unmistakable answer where the modem is.',
    ],
    family: 'ec25',
    fault: 'late-reply:every=1,times=1,delay=32s,on=+CMGD',
    texts: 2,
    patienceMs: 300_000,
  },
  {
    name: 'same-text-again',
    about: [
      'The modem says OK to a deletion and keeps the text: it comes back in the next listing, twice.',
      'The register knows it: it is deleted again, and recorded once.',
    ],
    family: 'sim800',
    fault: 'cmgd-fails:every=1,times=1,how=ok,tries=2',
    texts: 1,
    patienceMs: 300_000,
    afterMs: 1_000,
  },
  {
    name: 'notification-lost',
    about: [
      'The texts lie in the modem and nothing was ever announced.',
      'The next listing of the poll interval finds them.',
    ],
    family: 'zte',
    fault: 'cmti-lost',
    texts: 2,
    patienceMs: 60_000,
    afterMs: 500,
  },
  {
    name: 'store-full-in-silence',
    about: [
      'Old texts fill every memory before the gateway starts, and nothing says so. What is sent waits at the network,',
      'which brings it only half a minute after there is room again.',
    ],
    family: 'ec25',
    fault: 'store-full:free=0,backlog=30s',
    fromStart: true,
    capacity: 5,
    texts: 3,
    patienceMs: 300_000,
  },
];
