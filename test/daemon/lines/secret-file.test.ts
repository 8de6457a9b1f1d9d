import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError, fault } from '../../../src/base/errors.ts';
import { readPin } from '../../../src/daemon/lines/secret-file.ts';

describe('a PIN file', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'visitlog-pin-'));
    file = join(folder, 'line1.pin');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function errorOf(content: string, mode: number): AppError {
    writeFileSync(file, content);
    chmodSync(file, mode);
    try {
      readPin(file);
    } catch (error) {
      if (error instanceof AppError) return error;
    }
    throw new Error('it was read');
  }

  it.each([
    ['9753', 0o600],
    ['12345678\n', 0o400],
  ])('a PIN file with the content %j and the mode %i is read', (content, mode) => {
    writeFileSync(file, content);
    chmodSync(file, mode);
    expect(readPin(file)).toBe(content.trim());
  });

  it.each([0o640, 0o604, 0o620, 0o644, 0o666])(
    'a PIN file that others can reach (mode %i) is refused',
    (mode) => {
      const { code, facts } = errorOf('9753', mode);
      expect({ code, facts }).toEqual({
        code: 'pin.permissions',
        facts: { file, mode: mode.toString(8) },
      });
    },
  );

  it.each(['', '12', 'secret', '123456789', '12 34'])(
    'a PIN file with the content %j is refused, and its content is not shown',
    (content) => {
      const { code, facts } = errorOf(content, 0o600);
      expect({ code, facts }).toEqual({ code: 'pin.malformed', facts: { file } });
    },
  );

  it('a missing PIN file is reported with the code of the system', () => {
    expect(() => readPin(file)).toThrow(fault('pin.unreadable', { file, system: 'ENOENT' }));
  });
});
