import { openSync, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';

/*
 * Sends only what must cross the wire: `node bare-host.js LINK`. It lists after each notification and deletes what it
 * listed; it decodes and stores nothing. Its time is that of the modem, the terminal and the wire.
 */

const setUp = ['ATE0', 'AT+CMGF=0', 'AT+CPMS="ME","ME","ME"', 'AT+CNMI=2,1,0,0,0'];
const terminal = openSync(process.argv[2] ?? '', 'r+');
const final = /\r\n(?:OK|ERROR|\+CM[ES] ERROR: [^\r]*)\r\n/;
let heard = '';
let notified = false;
let answered: ((text: string) => void) | null = null;
let wake: (() => void) | null = null;

new ReadStream(terminal).on('data', (bytes: Buffer) => {
  heard += bytes.toString('latin1');
  if (answered && final.test(heard)) {
    const answer = answered;
    const text = heard;
    heard = '';
    answered = null;
    answer(text);
  } else if (!answered && heard.includes('+CMTI')) {
    heard = '';
    notified = true;
    wake?.();
  }
});

function ask(command: string): Promise<string> {
  return new Promise((resolve) => {
    answered = (text) => {
      notified ||= text.includes('+CMTI');
      resolve(text);
    };
    writeSync(terminal, `${command}\r`);
  });
}

for (const command of setUp) await ask(command);
for (;;) {
  notified = false;
  const listing = await ask('AT+CMGL=4');
  const slots = [...listing.matchAll(/\+CMGL: (\d+)/g)].map(([, slot]) => slot);
  for (const slot of slots) await ask(`AT+CMGD=${slot}`);
  if (slots.length > 1 || notified || heard.includes('+CMTI')) continue;
  await new Promise<void>((resolve) => {
    wake = resolve;
  });
}
