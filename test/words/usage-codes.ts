/** What commander finds wrong with a command line, and a fault in the program itself. */
export const usageCodes: readonly string[] = [
  'usage.missing-argument',
  'usage.option-missing-argument',
  'usage.missing-mandatory-option-value',
  'usage.conflicting-option',
  'usage.unknown-option',
  'usage.excess-arguments',
  'usage.unknown-command',
  'usage.invalid-argument',
  'internal',
];
