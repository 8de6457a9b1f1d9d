/*
 * An officer's hand: a process of one account that types one command after the other at the door, so that each need not
 * load a program of its own. It reads requests as lines of JSON (`args`, `input`) and answers each with what it gave.
 * The door is that of the built program: node hand.mjs MODULES SOCKET (support/built-modules.ts)
 */
import { createInterface } from 'node:readline';
import { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';

const [modules = '', socket = ''] = process.argv.slice(2);
const load = (file) => import(pathToFileURL(`${modules}/${file}`).href);
const { throughDoor } = await load('cli/through-door.mjs');
const { ownFiles } = await load('cli/own-files.mjs');
const { describeFailure } = await load('cli/failure.mjs');
const { systemClock } = await load('base/clock.mjs');

function collected() {
  const chunks = [];
  const write = (chunk, _encoding, done) => {
    chunks.push(chunk);
    done();
  };
  return { stream: new Writable({ write }), text: () => Buffer.concat(chunks).toString('latin1') };
}

async function type({ args, input }) {
  const stdin = Readable.from(input === '' ? [] : [input]);
  const stdout = collected();
  const stderr = collected();
  const shell = {
    stdin,
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: process.env,
    files: ownFiles(() => stdin),
    clock: systemClock,
    language: 'en',
    signal: new AbortController().signal,
  };
  let code;
  try {
    code = await throughDoor(shell, args, { socket, connection: null, language: 'en' });
  } catch (thrown) {
    const failure = describeFailure(thrown, { language: 'en', debug: false });
    stderr.stream.write(failure.lines.map((line) => `${line}\n`).join(''));
    code = failure.exit;
  }
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(`${JSON.stringify(await type(JSON.parse(line)))}\n`);
