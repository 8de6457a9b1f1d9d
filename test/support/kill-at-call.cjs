/*
 * Preloaded into the program: ends it by SIGKILL right before its nth call (KILL_AT) that changes or syncs a file's name or
 * content, so that a test can end it at each of them in turn.
 */
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');

let left = Number(process.env.KILL_AT);
for (const name of ['fsyncSync', 'renameSync', 'rmSync', 'mkdirSync', 'writeSync', 'writeFileSync']) {
  const call = fs[name];
  fs[name] = (...args) => {
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
    return call(...args);
  };
}
syncBuiltinESMExports();
