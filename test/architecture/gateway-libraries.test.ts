import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { start } from '../support/program.ts';
import { makeWorkspace, scratchParent } from '../support/workspace.ts';

interface Coverage {
  readonly result: readonly { readonly url: string }[];
}

/** The scripts that a gateway has loaded once its line has been tried, as V8 lists them. */
async function loadedScripts(): Promise<string[]> {
  const workspace = makeWorkspace(scratchParent);
  const scripts = join(workspace.folder, 'scripts');
  mkdirSync(scripts);
  try {
    workspace.configure('tcp://127.0.0.1:1');
    const gateway = start(['--config', workspace.configFile, 'run'], { NODE_V8_COVERAGE: scripts });
    await gateway.line((line) => line.includes('line.state'));
    await gateway.kill('SIGTERM');
    return readdirSync(scripts).flatMap((name) =>
      (JSON.parse(readFileSync(join(scripts, name), 'utf8')) as Coverage).result.map(({ url }) => url),
    );
  } finally {
    workspace.remove();
  }
}

/** The modules that a built file was put together from. */
function modulesOf(url: string): readonly string[] {
  const map = `${fileURLToPath(url)}.map`;
  // One that only gives another's names on has none.
  if (!existsSync(map)) return [];
  return (JSON.parse(readFileSync(map, 'utf8')) as { readonly sources: readonly string[] }).sources;
}

const { dependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
};

// Each of them is memory that the gateway holds for weeks, and time until it is ready.
it('the gateway loads at its start no library that only some gateways need, and only now and then', async () => {
  const scripts = await loadedScripts();
  const loaded = new Set(
    scripts.flatMap((url) => /^file:.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []),
  );
  // Others are in the program's own files (`withinParts` of scripts/bundle.mjs).
  expect([...loaded].filter((name) => name in dependencies).sort()).toEqual([
    '@serialport/parser-readline',
    'serialport',
    'winston',
  ]);
  const modules = scripts.filter((url) => url.includes('/dist/')).flatMap(modulesOf);
  expect(modules.filter((path) => path.endsWith('/src/daemon/gateway.ts'))).toHaveLength(1);
  // Without [central] nothing of a central register, nor what gives rows to one, nor PostgreSQL's client.
  const central = /\/(?:src\/central|src\/store\/outbox|node_modules\/pg)\//;
  expect(modules.filter((path) => central.test(path))).toEqual([]);
  // Of a carrier's link it has the line alone, which waits for a port that names one.
  expect(modules.filter((path) => path.includes('/src/smpp/'))).toEqual([]);
});
