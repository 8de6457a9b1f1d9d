// Lays the files of the system beside the program: command, unit, rules, manual pages, completions, documents.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const [root, stage, version] = process.argv.slice(2);

function put(from, to, mode = 0o644) {
  const target = join(stage, to);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(from, target, { recursive: true });
  chmodSync(target, mode);
}

function write(to, text, mode = 0o644) {
  const target = join(stage, to);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
  chmodSync(target, mode);
}

put(join(root, 'scripts/deb/visitlog.sh'), '/usr/bin/visitlog', 0o755);
const systemd = join(root, 'systemd');
const units = /^visitlog(?:-\w+)?@?\.(?:service|socket|timer)$/;
for (const unit of readdirSync(systemd).filter((name) => units.test(name)))
  put(join(systemd, unit), `/usr/lib/systemd/system/${unit}`);
put(join(systemd, 'visitlog.sysusers'), '/usr/lib/sysusers.d/visitlog.conf');
put(join(systemd, 'visitlog.tmpfiles'), '/usr/lib/tmpfiles.d/visitlog.conf');
put(join(systemd, '60-visitlog.rules'), '/usr/lib/udev/rules.d/60-visitlog.rules');

const doc = '/usr/share/doc/visitlog';
put(join(root, 'config/visitlog.example.toml'), `${doc}/examples/visitlog.example.toml`);
put(join(systemd, '59-visitlog-lines.rules.example'), `${doc}/examples/59-visitlog-lines.rules`);
for (const name of readdirSync(join(systemd, 'visitlog.service.d')))
  put(join(systemd, 'visitlog.service.d', name), `${doc}/examples/visitlog.service.d/${name}`);
for (const name of ['prometheus-alerts.yml', 'grafana-dashboard.json'])
  put(join(root, 'config', name), `${doc}/examples/${name}`);

// Links between the documents lead to where they lie here.
function document(from, to, language) {
  const text = readFileSync(join(root, from), 'utf8')
    .replace(/\]\(docs\/guide\/(en|ko)\/(\w+)\.md\)/g, ']($2.$1.md)')
    .replaceAll(/\]\(\.\.\/([a-z-]+\.png)\)/g, ']($1)')
    .replace(/\]\((?:docs|\.\.)\/([A-Z]+\.md)/g, ']($1')
    .replace(/\]\(CHANGELOG\.md\)/g, '](CHANGELOG.md.gz)')
    .replace(/\]\((administrator|officer|central)\.md(#[^)]*)?\)/g, `]($1.${language}.md$2)`);
  write(`${doc}/${to}`, text);
}
for (const picture of ['poster', 'contacts-people', 'contacts-meetings', 'contacts-route'])
  put(join(root, `docs/guide/${picture}.png`), `${doc}/${picture}.png`);
document('README.md', 'README.md', 'en');
document('README.ko.md', 'README.ko.md', 'ko');
for (const name of ['CONTRIBUTING.md', 'SECURITY.md']) document(name, name, 'en');
for (const name of readdirSync(join(root, 'docs')))
  if (name.endsWith('.md')) document(`docs/${name}`, name, 'en');
for (const language of ['en', 'ko'])
  for (const guide of ['administrator', 'officer', 'central'])
    document(`docs/guide/${language}/${guide}.md`, `${guide}.${language}.md`, language);
const maintainer = /^Maintainer: (.*)$/m.exec(
  readFileSync(join(root, 'scripts/deb/control.in'), 'utf8'),
)?.[1];
const day = new Date(Number(process.env.SOURCE_DATE_EPOCH ?? 0) * 1000).toUTCString().replace('GMT', '+0000');
// The form that tools of Debian read; what has changed is told to people beside it.
const changes = `visitlog (${version}) unstable; urgency=medium

  * What has changed is in CHANGELOG.md.gz beside this file.

 -- ${maintainer}  ${day}
`;
write(`${doc}/changelog.gz`, gzipSync(changes, { level: 9 }));
write(`${doc}/CHANGELOG.md.gz`, gzipSync(readFileSync(join(root, 'CHANGELOG.md')), { level: 9 }));
put(join(root, 'scripts/deb/lintian-overrides'), '/usr/share/lintian/overrides/visitlog');

const manual = mkdtempSync(join(tmpdir(), 'visitlog-man-'));
execFileSync(process.execPath, [join(root, 'scripts/make-man.mjs'), manual]);
for (const part of ['man1', 'man5', 'ko/man1', 'ko/man5'])
  for (const page of readdirSync(join(manual, part)))
    write(
      `/usr/share/man/${part}/${page}.gz`,
      gzipSync(readFileSync(join(manual, part, page)), { level: 9 }),
    );
rmSync(manual, { recursive: true });

const completions = {
  bash: '/usr/share/bash-completion/completions/visitlog',
  zsh: '/usr/share/zsh/vendor-completions/_visitlog',
  fish: '/usr/share/fish/vendor_completions.d/visitlog.fish',
};
for (const [shell, file] of Object.entries(completions))
  write(
    file,
    execFileSync(process.execPath, [join(root, 'dist/cli/main.js'), '--lang', 'en', 'completion', shell]),
  );
