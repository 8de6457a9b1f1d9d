import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { installedVersion } from './installed.ts';
import type { Receiver } from './receiver.ts';

/** smsd of the SMS Server Tools 3 (Debian package smstools), tuned: no pauses, only receiving, the listing as its way to read. */
export const smstools: Receiver = {
  name: 'smstools',
  keeps: 'a file each, not synced',
  version: () => installedVersion('/usr/sbin/smsd', ['-V']),
  start(link, folder) {
    const file = `${folder}/smsd.conf`;
    for (const box of ['outgoing', 'checked', 'failed', 'incoming', 'sent']) mkdirSync(`${folder}/${box}`);
    writeFileSync(file, configText(link, folder));
    const process = [`-c${file}`, `-p${folder}/smsd.pid`, `-i${folder}/smsd.working`, '-t'];
    return spawn('/usr/sbin/smsd', process, { stdio: 'ignore' });
  },
};

const configText = (link: string, folder: string): string => `devices = GSM1
logfile = ${folder}/smsd.log
loglevel = 3
delaytime = 0
delaytime_mainprocess = 0
blocktime = 1
outgoing = ${folder}/outgoing
checked = ${folder}/checked
failed = ${folder}/failed
incoming = ${folder}/incoming
sent = ${folder}/sent

[GSM1]
device = ${link}
baudrate = 115200
init = ATE0
incoming = high
outgoing = no
check_memory_method = 5
communication_delay = 0
send_delay = 0
signal_quality_ber_ignore = yes
poll_faster = 0
rtscts = no
`;
