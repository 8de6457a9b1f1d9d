// Runs in the staged program's own Node, before it is packed: each compiled module does once what the gateway needs of it,
// and each library is loaded, with what it loads itself.
const { spawn } = require('node:child_process');
const { mkdtempSync, rmSync, symlinkSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const home = process.argv[2];
const load = createRequire(join(home, 'dist/cli/main.js'));
const scratch = mkdtempSync(join(tmpdir(), 'visitlog-stage-'));
const late = setTimeout(() => fail('nothing was heard for ten minutes'), 600_000);
let trying = '';

function openDatabase() {
  const Database = load('better-sqlite3');
  const database = new Database(join(scratch, 'register.sqlite'));
  database.pragma('journal_mode = WAL');
  database.exec('create table t (x real); insert into t values (7.5)');
  const { rest } = database.prepare('select mod(x, 2) + x as rest from t').get();
  database.close();
  if (rest !== 9) throw new Error(`7.5 and its rest by 2 are ${rest}`);
}

async function hearDatagram() {
  const dgram = load('unix-dgram');
  const path = join(scratch, 'notify.sock');
  const heard = new Promise((resolve, reject) => {
    const server = dgram.createSocket('unix_dgram', (message) => {
      server.close();
      resolve(String(message));
    });
    server.on('error', reject);
    server.bind(path);
  });
  const client = dgram.createSocket('unix_dgram');
  client.send(Buffer.from('READY=1'), 0, 7, path);
  const message = await heard;
  client.close();
  if (message !== 'READY=1') throw new Error(`it said ${message}`);
}

/** A terminal that sends back what it is sent, as a modem with echo does. */
async function openPort() {
  const { SerialPort } = load('serialport');
  await SerialPort.list().catch((error) => {
    // A system without udev has no list.
    if (error.code !== 'ENOENT') throw error;
  });
  const far = spawn('python3', ['-c', echo], { stdio: ['pipe', 'pipe', 'inherit'] });
  const path = await new Promise((resolve) =>
    far.stdout.once('data', (line) => resolve(String(line).trim())),
  );
  const answer = await new Promise((resolve, reject) => {
    const port = new SerialPort({ path, baudRate: 115_200 }, (error) => (error ? reject(error) : undefined));
    let said = '';
    port.on('data', (part) => {
      said += part;
      if (said.endsWith('\n')) port.close(() => resolve(said));
    });
    port.write('AT\n');
  });
  far.stdin.end();
  if (answer !== 'AT\n') throw new Error(`it answered ${JSON.stringify(answer)}`);
}
const echo = `
import os, pty, select, sys, tty
near, far = pty.openpty()
tty.setraw(far)
print(os.ttyname(far), flush=True)
while True:
    ready, _, _ = select.select([near, sys.stdin], [], [])
    if sys.stdin in ready: break
    os.write(near, os.read(near, 100))
`;

/**
 * A library that is not staged whole is missed here, and not when somebody first prints a poster. In this process: an emulator
 * starts no other program of its machine. The file lies where its imports are looked up among the staged libraries.
 */
async function loadLibraries() {
  const { dependencies } = load('../../package.json');
  symlinkSync(join(home, 'node_modules'), join(scratch, 'node_modules'));
  const file = join(scratch, 'load.mjs');
  writeFileSync(
    file,
    Object.keys(dependencies)
      .map((name) => `import ${JSON.stringify(name)};\n`)
      .join(''),
  );
  await import(pathToFileURL(file).href);
}

async function tryAll() {
  for (const attempt of [openDatabase, hearDatagram, openPort, loadLibraries]) {
    trying = attempt.name;
    await attempt();
  }
  clearTimeout(late);
  rmSync(scratch, { recursive: true });
}

function fail(why) {
  rmSync(scratch, { recursive: true, force: true });
  process.stderr.write(`build-deb: the staged program cannot ${words[trying]}: ${why}\n`);
  process.exit(1);
}
const words = {
  openDatabase: 'open a database',
  hearDatagram: 'send a message to the service manager',
  openPort: 'open a serial port',
  loadLibraries: 'load its libraries',
};
tryAll().catch((error) => fail(error.message.split('\n')[0]));
