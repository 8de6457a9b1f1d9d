// Makes src/export/poster/simplified-chinese.ts out of NotoSansHans-Regular.otf and NotoSansHans-Bold.otf, which the npm package
// @embedpdf/fonts-sc has: node scripts/make-poster-font.mjs FOLDER. Needs pyftsubset (Debian: fonttools).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What src/words/commands/poster-text.ts says in simplified Chinese; test/export/poster tells what is missing. */
const characters = '简体中文入内前，请将以短信发送至。记录保存后销毁天小时内容 0123456789-+·';
const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('usage: node scripts/make-poster-font.mjs FOLDER\n');
  process.exit(2);
}
const target = fileURLToPath(new URL('../src/export/poster/simplified-chinese.ts', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'visitlog-font-'));
let module = readFileSync(target, 'utf8');
for (const weight of ['Regular', 'Bold']) {
  const made = join(scratch, `${weight}.otf`);
  const { status } = spawnSync(
    'pyftsubset',
    [
      join(folder, `NotoSansHans-${weight}.otf`),
      `--text=${characters}`,
      '--layout-features=',
      '--no-hinting',
      '--desubroutinize',
      '--name-IDs=0,1,2,4,6,7,13,14',
      '--notdef-outline',
      `--output-file=${made}`,
    ],
    { stdio: 'inherit' },
  );
  if (status !== 0) process.exit(1);
  const lines = readFileSync(made, 'base64').replace(/.{100}/g, '$&\n');
  module = module.replace(new RegExp(`(${weight.toLowerCase()}: \`\\n)[^\`]*`), `$1${lines}`);
}
writeFileSync(target, module);
rmSync(scratch, { recursive: true });
