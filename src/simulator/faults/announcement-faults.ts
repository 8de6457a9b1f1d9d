import { editLines, every, type Fault, occasionsOf, times } from './fault.ts';

const cmti = /^\+CMTI: "(\w+)",(-?\d+)$/;

function editCmti(edit: (memory: string, index: string) => readonly string[]) {
  return (lines: readonly string[]): readonly string[] => {
    const match = cmti.exec(lines[0] ?? '');
    return match ? edit(match[1] ?? '', match[2] ?? '') : lines;
  };
}

const cmtiLost: Fault = {
  slug: 'cmti-lost',
  row: 'C3',
  about: 'texts are stored and never announced',
  parameters: [every('1', 'announcements'), times()],
  create(_machine, values, random) {
    const isDue = occasionsOf(values, random);
    return { notice: editCmti((memory, index) => (isDue() ? [] : [`+CMTI: "${memory}",${index}`])) };
  },
};

const cmtiOtherMem: Fault = {
  slug: 'cmti-other-mem',
  row: 'C1',
  about: 'announcements name another memory than the one that the text is in',
  parameters: [every('1', 'announcements'), times()],
  create(_machine, values, random) {
    const isDue = occasionsOf(values, random);
    const other = (memory: string): string => (memory === 'SM' ? 'ME' : 'SM');
    return {
      notice: editCmti((memory, index) => [`+CMTI: "${isDue() ? other(memory) : memory}",${index}`]),
    };
  },
};

const cmtiNoIndex: Fault = {
  slug: 'cmti-no-index',
  row: 'C2',
  about: 'announcements say -1, or no memory at all',
  parameters: [every('2', 'announcements'), times()],
  create(_machine, values, random) {
    const isDue = occasionsOf(values, random);
    return {
      notice: editCmti((memory, index) => {
        if (!isDue()) return [`+CMTI: "${memory}",${index}`];
        return [random.chance(0.5) ? `+CMTI: "${memory}",-1` : '+CMTI: ,-1'];
      }),
    };
  },
};

const cdsiTrap: Fault = {
  slug: 'cdsi-trap',
  row: 'C17',
  about: 'a delivery report is announced at the index of a visitor’s text',
  parameters: [every('3', 'texts'), times()],
  create(machine, values, random) {
    const isDue = occasionsOf(values, random);
    return {
      stored(_text, memory, index) {
        if (isDue()) machine.notify(`+CDSI: "${memory}",${index}`);
      },
    };
  },
};

const urcOnOtherPort: Fault = {
  slug: 'urc-on-other-port',
  row: 'A7',
  about: 'commands are answered here, notifications come on another port until that is changed',
  parameters: [],
  create(machine) {
    const move = (): void => {
      machine.settings.noticePort = 'second';
    };
    return {
      started: move,
      booted: move,
      before(exchange) {
        const cured = /\^PORTSEL=1|\+QURCCFG="URCPORT","USBAT"/i.test(exchange.line);
        if (cured) machine.settings.noticePort = exchange.port.role;
      },
      after(exchange) {
        if (machine.settings.noticePort === 'second')
          editLines(exchange, (line) => line.replace('"urcport","usbat"', '"urcport","usbmodem"'));
      },
      stop() {
        machine.settings.noticePort = 'at';
      },
    };
  },
};

export const announcementFaults: readonly Fault[] = [
  cmtiLost,
  cmtiOtherMem,
  cmtiNoIndex,
  cdsiTrap,
  urcOnOtherPort,
];
