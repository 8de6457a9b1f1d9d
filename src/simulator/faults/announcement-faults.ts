import { editLines, type FaultPlay, type FaultPlays, occasionsOf } from './fault-play.ts';

const cmti = /^\+CMTI: "(\w+)",(-?\d+)$/;

function editCmti(edit: (memory: string, index: string) => readonly string[]) {
  return (lines: readonly string[]): readonly string[] => {
    const match = cmti.exec(lines[0] ?? '');
    return match ? edit(match[1] ?? '', match[2] ?? '') : lines;
  };
}

const cmtiLost: FaultPlay<'cmti-lost'> = (_device, values, random) => {
  const isDue = occasionsOf(values, random);
  return { notice: editCmti((memory, index) => (isDue() ? [] : [`+CMTI: "${memory}",${index}`])) };
};

const cmtiOtherMem: FaultPlay<'cmti-other-mem'> = (_device, values, random) => {
  const isDue = occasionsOf(values, random);
  const other = (memory: string): string => (memory === 'SM' ? 'ME' : 'SM');
  return {
    notice: editCmti((memory, index) => [`+CMTI: "${isDue() ? other(memory) : memory}",${index}`]),
  };
};

const cmtiNoIndex: FaultPlay<'cmti-no-index'> = (_device, values, random) => {
  const isDue = occasionsOf(values, random);
  return {
    notice: editCmti((memory, index) => {
      if (!isDue()) return [`+CMTI: "${memory}",${index}`];
      return [random.chance(0.5) ? `+CMTI: "${memory}",-1` : '+CMTI: ,-1'];
    }),
  };
};

const cdsiTrap: FaultPlay<'cdsi-trap'> = (device, values, random) => {
  const isDue = occasionsOf(values, random);
  return {
    stored(_text, memory, index) {
      if (isDue()) device.notify(`+CDSI: "${memory}",${index}`);
    },
  };
};

/** The slot that the next text would get is announced as well, and stays empty: no text of the network is lost by it. */
const textLost: FaultPlay<'text-lost'> = (device, values, random) => {
  const isDue = occasionsOf(values, random);
  return {
    stored(_text, memory, index) {
      if (isDue()) device.notify(`+CMTI: "${memory}",${index + 1}`);
    },
  };
};

const urcOnOtherPort: FaultPlay<'urc-on-other-port'> = (device, values) => {
  // A text that is handed over directly is no notification: without it the text would be lost at the modem.
  if (values.says === 'nothing')
    return { notice: (lines) => (/^\+C(?:MT|DS):/.test(lines[0] ?? '') ? lines : []) };
  const move = (): void => {
    device.settings.noticePort = 'second';
  };
  return {
    started: move,
    booted: move,
    before(exchange) {
      const cured = /\^PORTSEL=1|\+QURCCFG="URCPORT","USBAT"/i.test(exchange.line);
      if (cured) device.settings.noticePort = exchange.port.role;
    },
    after(exchange) {
      if (device.settings.noticePort === 'second')
        editLines(exchange, (line) => line.replace('"urcport","usbat"', '"urcport","usbmodem"'));
    },
    stop() {
      device.settings.noticePort = 'at';
    },
  };
};

export const announcementFaults = {
  'cmti-lost': cmtiLost,
  'cmti-other-mem': cmtiOtherMem,
  'cmti-no-index': cmtiNoIndex,
  'cdsi-trap': cdsiTrap,
  'text-lost': textLost,
  'urc-on-other-port': urcOnOtherPort,
} satisfies FaultPlays;
