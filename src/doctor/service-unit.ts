import { join } from 'node:path';
import { namesIn, readText } from '../modem/discovery/system-files.ts';

/** What systemd was told of the gateway. */
export interface ServiceUnit {
  readonly path: string;
  /** The last value of each setting, drop-ins included. */
  readonly settings: ReadonlyMap<string, string>;
  readonly enabled: boolean;
}

const unitName = 'visitlog.service';
/** In systemd's own order of precedence. */
const folders = [
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/local/lib/systemd/system',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
];

/** The gateway's unit file; null where there is none. */
export function findServiceUnit(root: string): ServiceUnit | null {
  for (const folder of folders) {
    const path = join(folder, unitName);
    const text = readText(join(root, path));
    if (text === null) continue;
    const texts = [text, ...folders.toReversed().flatMap((each) => dropIns(root, each))];
    return { path, settings: parseSettings(texts.join('\n')), enabled: isEnabled(root) };
  }
  return null;
}

function dropIns(root: string, folder: string): string[] {
  const at = join(root, folder, `${unitName}.d`);
  const names = namesIn(at).filter((name) => name.endsWith('.conf'));
  return names.sort().flatMap((name) => readText(join(at, name)) ?? []);
}

/** Enabled is what a target wants or requires. */
function isEnabled(root: string): boolean {
  return folders.some((folder) =>
    namesIn(join(root, folder))
      .filter((name) => /\.(?:wants|requires)$/.test(name))
      .some((name) => namesIn(join(root, folder, name)).includes(unitName)),
  );
}

function parseSettings(text: string): Map<string, string> {
  const settings = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(/^([A-Za-z]+)=(.*)$/gm))
    settings.set(name, value.trim());
  return settings;
}
