import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { describeFailure } from '../../src/cli/failure.ts';
import { ConfigError } from '../../src/config/config-error.ts';
import { loadConfig } from '../../src/config/load.ts';

describe('the faults of a configuration in Korean', () => {
  it.each([
    ['log = "x"', '쓸 수 있는 값: 키가 든 표'],
    ['line = "x"', '대괄호 두 개로 적은 [[line]] 표'],
    [
      '[retention]\nperiod = "3y"',
      'retention.period의 값이 "3y"입니다. 쓸 수 있는 값: 1시간에서 366일 사이의 시간',
    ],
    ['[retention]\nperid = "3d"', '[retention]에 모르는 키 "perid". "period" 키를 뜻하셨습니까?'],
    ['[log]\nqqqqqqqq = 1', '[log]에 모르는 키 "qqqqqqqq". 쓸 수 있는 키: level, format'],
    ['[[line]]\nname = "a"', '[[line]]에 port 값이 없습니다'],
    [
      '[[line]]\nport = "/dev/a"\n[[line]]\nport = "/dev/a"',
      'line.port에 같은 값이 두 번 나옵니다: "/dev/a"',
    ],
    ['[[line]]\nport = "/dev/a"\npin_file = "1234"', 'line.pin_file의 값이 맞지 않습니다'],
    ['data_dir = /var', '텍스트는 "따옴표"로 묶습니다'],
    ['[', 'TOML 형식이 아닙니다('],
    ['', '[[line]]이 없습니다'],
  ])('%j: %s', async (text, wanted) => {
    const error = await faultsOf(text);
    expect(error.faults[0]?.message('ko')).toContain(wanted);
    const { lines } = describeFailure(error, { language: 'ko' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^visitlog: 오류 \[config\.(?:invalid|syntax)\] \/.*visitlog\.toml/);
    expect(lines[0]).toContain(wanted);
  });

  it('a faulty configuration is reported by its first fault and the number of the others', async () => {
    const error = await faultsOf('a = 1\nb = 2\n');
    const { lines } = describeFailure(error, { language: 'ko' });
    expect(lines[0]).toContain('(그 밖에 2건)');
  });
});

async function faultsOf(text: string): Promise<ConfigError> {
  const folder = mkdtempSync(join(tmpdir(), 'visitlog-faults-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'visitlog.toml');
  writeFileSync(file, text);
  const thrown = await loadConfig({ file, env: {}, required: 'line' }).catch((error: unknown) => error);
  if (!(thrown instanceof ConfigError)) throw new Error('this configuration is right');
  return thrown;
}
