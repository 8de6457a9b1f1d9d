import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { installedVersion } from './installed.ts';
import type { Receiver } from './receiver.ts';

/**
 * gammu-smsd (Debian package gammu-smsd), tuned: nothing asked but for texts, files as its simplest store. Once with
 * the second between two looks that it has by itself, once without: then it asks its modem all the time.
 */
export const gammuSmsd = gammuWith('gammu-smsd', 1);
export const gammuSmsdPauseless = gammuWith('gammu-smsd, no pause', 0);

function gammuWith(name: string, loopSleepS: number): Receiver {
  return {
    name,
    keeps: `a file each, not synced; LoopSleep = ${loopSleepS}`,
    version: () => installedVersion('gammu-smsd', ['--version']),
    start(link, folder) {
      const file = `${folder}/gammu-smsdrc`;
      for (const box of ['inbox', 'outbox', 'sent', 'error']) mkdirSync(`${folder}/${box}`);
      writeFileSync(file, configText(link, folder, loopSleepS));
      return spawn('gammu-smsd', ['--config', file], { stdio: 'ignore' });
    },
  };
}

const configText = (link: string, folder: string, loopSleepS: number): string => `[gammu]
port = ${link}
connection = at
logformat = nothing

[smsd]
service = files
logfile = ${folder}/gammu.log
debuglevel = 0
loopsleep = ${loopSleepS}
receivefrequency = 0
statusfrequency = 0
checksecurity = 0
checkbattery = 0
checksignal = 0
checknetwork = 0
hangupcalls = 0
send = false
inboxpath = ${folder}/inbox/
outboxpath = ${folder}/outbox/
sentsmspath = ${folder}/sent/
errorsmspath = ${folder}/error/
`;
