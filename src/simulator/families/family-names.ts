/** The modems that the simulator plays: the five main families, then variants of theirs. Names only, no data. */
export const familyNames = [
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
] as const;

export type FamilyName = (typeof familyNames)[number];
