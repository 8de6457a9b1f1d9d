import { describe, expect, it } from 'vitest';
import { readPages } from '../../src/cli/pages.ts';
import { serviceReasons, simReasons } from '../../src/modem/line-report.ts';
import { logEvents } from '../../src/words/events/log-events.ts';
import { faults } from '../../src/words/faults/index.ts';
import { checkFindings } from '../../src/words/findings/check-findings.ts';
import { doctorFindings } from '../../src/words/findings/doctor-findings.ts';
import { portErrors } from '../../src/words/port-errors.ts';
import { statusReasons } from '../../src/words/status-reasons.ts';

/** A fault in visitlog itself, and what `status --json` prints. */
const standing = ['internal', 'status.json'];
const tables = [portErrors, faults, doctorFindings, checkFindings, logEvents, statusReasons];
const known = new Set([
  ...tables.flatMap((table) => Object.keys(table)),
  ...simReasons,
  ...serviceReasons,
  ...standing,
]);

describe('the pages of explain', () => {
  it.each(['en', 'ko'] as const)(
    'every reason for which a port is not opened has its page (%s)',
    (language) => {
      const pages = new Set(readPages(language).map(({ id }) => id));
      expect(Object.keys(portErrors).filter((id) => !pages.has(id))).toEqual([]);
    },
  );

  it.each(['en', 'ko'] as const)(
    'every page of explain is about an id that the program has (%s)',
    (language) => {
      const strays = readPages(language)
        .map(({ id }) => id)
        .filter((id) => !known.has(id));
      expect(strays).toEqual([]);
    },
  );
});
