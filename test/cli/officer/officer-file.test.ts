import { describe, expect, it } from 'vitest';
import { commandBench } from '../command-bench.ts';

const window = ['--from', '-1d', '--to', '-0h'];
const trace = ['trace', '--visitor', '010-5550-0123', ...window, '--reason', 'contact tracing'];

/** Every option and argument that names a file or a folder to be written, by its command. */
const named: readonly (readonly [option: string, args: readonly string[]])[] = [
  ['--output <file>', ['export', ...window]],
  ['--output <file>', trace],
  ['--output <file>', ['counts', ...window]],
  ['--output <file>', ['audit', 'destruction']],
  ['--output <folder>', ['venue', 'poster', '--all']],
  ['--single <file>', ['venue', 'poster', '--all']],
  ['--rejects <file>', ['venue', 'import', 'venues.csv']],
  ['--in <folder>', ['prove']],
  ['--data <folder>', ['demo']],
];

describe('a file without a name', () => {
  it.each(named)('%s of %j is a wrong command line', async (option, args) => {
    const { run } = commandBench();
    const flag = option.split(' ')[0] ?? '';
    for (const nothing of ['', ' ']) {
      const { code, stdout, stderr } = await run([...args, flag, nothing]);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(
        `[usage.invalid-argument] option '${option}' argument '${nothing}' is invalid. the name of a file or a folder is wanted.\n`,
      );
    }
    const korean = await run(['--lang', 'ko', ...args, flag, '']);
    expect(korean.stderr).toMatch(
      `'${option}' 옵션에 '' 값은 쓸 수 없습니다. 파일이나 폴더의 이름을 적으십시오.`,
    );
  });

  it('is no backup either', async () => {
    const { code, stderr } = await commandBench().run(['backup', '']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('[usage.invalid-argument]')]);
  });
});
