import { faultCatalogue } from './fault-catalogue.ts';
import { type FaultDescription, formatParameter } from './fault-parameters.ts';

/** The catalogue of faults as lines to read: name, row of docs/FAULTS.md, what happens; then each value. */
export function* describeFaults(language: 'en' | 'ko'): Generator<string> {
  const entries: [slug: string, FaultDescription][] = Object.entries(faultCatalogue);
  for (const [slug, { row, parameters, ...words }] of entries) {
    yield `${slug.padEnd(18)} ${row.padEnd(4)} ${words[language]}`;
    for (const [name, parameter] of Object.entries(parameters))
      yield `    ${formatParameter(name, parameter)}: ${parameter[language]}`;
  }
}
