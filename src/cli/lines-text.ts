import type { FoundModem, FoundPort } from '../daemon/survey-modems.ts';

/** What `lines` prints for a person: a few short lines for each device. */
export function formatFoundModem(found: FoundModem): string[] {
  const title =
    [found.maker, found.model].filter((part) => part !== null).join(' ') || 'a device without a name';
  const head = `${title}   usb ${found.usb}, socket ${found.position}`;
  return [head, ...bodyOf(found).map((line) => `  ${line}`)];
}

function bodyOf(found: FoundModem): string[] {
  if (found.kind === 'disk')
    return ['plays a disk: it has no ports until its mode is switched', 'do     install usb-modeswitch'];
  const { port, imei, line } = found;
  return [
    ...(port === null ? [] : [`port   ${port}`]),
    ...(imei === null ? [] : [`imei   ${imei}`]),
    ...(line === null ? [] : [`line   ${line}`]),
    ...found.ports.map((each, index) => `${index === 0 ? 'ttys' : '    '}   ${portText(each, found)}`),
    ...noteOn(found),
  ];
}

function portText(port: FoundPort, found: FoundModem): string {
  return `${port.tty.padEnd(8)} ${stateText(port, found)}`;
}

function stateText({ state, by }: FoundPort, found: FoundModem): string {
  switch (state) {
    case 'answers':
      return 'answers';
    case 'silent':
      return 'opens, does not answer';
    case 'refused':
      return 'does not open: taken, or without right to it';
    case 'taken':
      return `taken by ${by.map(({ name, pid }) => `${name} (pid ${pid})`).join(', ')}`;
    case 'unknown':
      return found.answers === null ? 'not known to be taken (only root sees all)' : 'not asked';
    case 'free':
      return found.answers === null ? 'free' : 'not asked';
  }
}

function noteOn({ kind, line }: FoundModem): string[] {
  if (kind === 'modem' || line !== null) return [];
  return [
    kind === 'bridge'
      ? 'a serial bridge, anything may be behind it: asked once a [[line]] names it'
      : 'no maker of modems: left alone',
  ];
}
