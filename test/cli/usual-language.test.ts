import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { languageOf } from '../../src/cli/shell.ts';
import { usualLanguage } from '../../src/cli/usual-language.ts';
import { commandBench } from './command-bench.ts';

describe('the language of what people read', () => {
  it.each([
    [[], {}, null],
    [[], { LANG: 'C' }, null],
    [[], { LANG: 'C.UTF-8' }, null],
    [[], { LC_ALL: 'POSIX', LANG: 'ko_KR.UTF-8' }, null],
    [[], { LANG: 'ko_KR.UTF-8' }, 'ko'],
    [[], { LANG: 'en_US.UTF-8' }, 'en'],
    [[], { LANG: 'de_DE.UTF-8' }, 'en'],
    [['--lang', 'ko'], { LANG: 'en_US.UTF-8' }, 'ko'],
    [['--lang=en'], { LANG: 'C' }, 'en'],
  ] as const)('%j and %j decide for %s', (args, env, language) => {
    expect(languageOf(args, env)).toBe(language);
  });

  it('is named by the configuration if nothing else decides, whatever else is wrong with it', async () => {
    const { folder } = commandBench();
    const file = join(folder, 'language.toml');
    const asked = (text: string) => {
      writeFileSync(file, text);
      return usualLanguage(['--config', file, 'counts'], {});
    };
    expect(await asked('[general]\nlanguage = "ko"\n')).toBe('ko');
    expect(await asked('general.language = "ko"\n[poster]\nlogo = 7\n')).toBe('ko');
    expect(await asked('general = { language = "en" }\n')).toBe('en');
    expect(await asked('[general]\nlanguage = "kr"\n')).toBeNull();
    expect(await asked('[other]\nlanguage = "ko"\n')).toBeNull();
    expect(await asked('[general\nlanguage = "ko"\n')).toBeNull();
    expect(await usualLanguage([], { VISITLOG_CONFIG: join(folder, 'none.toml') })).toBeNull();
  });
});
