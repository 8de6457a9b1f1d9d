import { fault } from '../../base/errors.ts';
import type { Family } from '../family.ts';
import { bg770a, ec25 } from './ec25.ts';
import { e220, e3531, huawei } from './huawei.ts';
import { android, phonesim } from './phone-simulators.ts';
import { sim800 } from './sim800.ts';
import { a7670, sim7600 } from './sim7600.ts';
import { mc75i, t77w968, wavecom } from './variants.ts';
import { mf710, zte } from './zte.ts';

/** The modems that the simulator plays: the five main families, their variants, and two phone simulators. */
const familyNames = [
  'huawei',
  'sim800',
  'sim7600',
  'ec25',
  'zte',
  'e220',
  'e3531',
  'a7670',
  'bg770a',
  'mf710',
  'wavecom',
  'mc75i',
  't77w968',
  'phonesim',
  'android',
] as const;

export type FamilyName = (typeof familyNames)[number];

export const families: Readonly<Record<FamilyName, Family>> = {
  huawei,
  sim800,
  sim7600,
  ec25,
  zte,
  e220,
  e3531,
  a7670,
  bg770a,
  mf710,
  wavecom,
  mc75i,
  t77w968,
  phonesim,
  android,
};

/** @throws AppError `simulator.family.unknown` */
export function findFamily(name: string): Family {
  if (isFamilyName(name)) return families[name];
  throw fault('simulator.family.unknown', { name, families: familyNames.join(', ') });
}

function isFamilyName(name: string): name is FamilyName {
  return Object.hasOwn(families, name);
}
