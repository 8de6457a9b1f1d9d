export interface AdoptFlags {
  readonly keep?: boolean;
  readonly replace?: boolean;
  readonly branch?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}
