import { contentCatalogue } from './catalogue/content.ts';
import { deviceCatalogue } from './catalogue/device.ts';
import { dialogueCatalogue } from './catalogue/dialogue.ts';
import { simAndNetworkCatalogue } from './catalogue/sim-and-network.ts';
import { startCatalogue } from './catalogue/start.ts';
import { storageCatalogue } from './catalogue/storage.ts';
import { type FaultDescription, formatParameter } from './fault-parameters.ts';

/**
 * Every fault that `--fault` plays, by its name in docs/FAULTS.md: its row there, what happens, and the values that it
 * takes. The first value may be given without its name.
 */
export const faultCatalogue = {
  ...startCatalogue,
  ...dialogueCatalogue,
  ...storageCatalogue,
  ...simAndNetworkCatalogue,
  ...deviceCatalogue,
  ...contentCatalogue,
} satisfies Readonly<Record<string, FaultDescription>>;

export type FaultSlug = keyof typeof faultCatalogue;

/** The catalogue of faults as lines to read: name, row of docs/FAULTS.md, what happens; then each value. */
export function* describeFaults(language: 'en' | 'ko'): Generator<string> {
  const entries: [slug: string, FaultDescription][] = Object.entries(faultCatalogue);
  for (const [slug, { row, parameters, ...words }] of entries) {
    yield `${slug.padEnd(18)} ${row.padEnd(4)} ${words[language]}`;
    for (const [name, parameter] of Object.entries(parameters))
      yield `    ${formatParameter(name, parameter)}: ${parameter[language]}`;
  }
}
