import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

interface MadeUpInterface {
  /** Without one the interface has no terminal. */
  readonly tty?: string;
  /** bInterfaceClass and bInterfaceProtocol; `ff` by default. */
  readonly class?: string;
  readonly protocol?: string;
  readonly driver?: string;
}

interface MadeUpStick {
  readonly position: string;
  /** `2c7c:0125` */
  readonly id: string;
  /** Counts up with each plugging-in. */
  readonly devnum?: number;
  readonly maker?: string;
  readonly model?: string;
  readonly serial?: string;
  readonly interfaces: readonly MadeUpInterface[];
}

/** A machine's file trees in a folder for temporary files, as its kernel and its udev would show them. */
export interface MadeUpMachine {
  readonly root: string;
  /** Plugs a stick in; its terminals' numbers are `188:<number of the tty>`. */
  plug(stick: MadeUpStick): void;
  unplug(position: string): void;
  /** A link under /dev/serial. */
  link(kind: 'by-id' | 'by-path', name: string, tty: string): void;
  /** A process with what it has open. */
  process(pid: number, name: string, command: string, open?: readonly string[]): void;
  file(path: string, text: string, mode?: number): void;
  /** A symbolic link at a path of the machine to a path outside it. */
  point(path: string, target: string): void;
  remove(): void;
}

export function makeMachine(): MadeUpMachine {
  const root = mkdtempSync(join(tmpdir(), 'visitlog-machine-'));
  const ttysOf = new Map<string, string[]>();
  const usbBus = 'sys/devices/pci0000:00/0000:00:14.0/usb1';

  function file(path: string, text: string, mode = 0o644): void {
    const at = join(root, path);
    mkdirSync(dirname(at), { recursive: true });
    writeFileSync(at, text, { mode });
  }

  function point(path: string, target: string): void {
    const at = join(root, path);
    mkdirSync(dirname(at), { recursive: true });
    rmSync(at, { force: true });
    symlinkSync(target, at);
  }

  function inside(path: string, target: string): void {
    point(path, relative(dirname(join(root, path)), join(root, target)));
  }

  function addInterface(stick: MadeUpStick, folder: string, one: MadeUpInterface, number: number): void {
    const name = `${stick.position}:1.${number}`;
    const at = `${folder}/${name}`;
    file(`${at}/bInterfaceNumber`, `${number.toString(16).padStart(2, '0')}\n`);
    file(`${at}/bInterfaceClass`, `${one.class ?? 'ff'}\n`);
    file(`${at}/bInterfaceProtocol`, `${one.protocol ?? 'ff'}\n`);
    inside(`sys/bus/usb/devices/${name}`, at);
    const driver = one.driver ?? 'option';
    mkdirSync(join(root, `sys/bus/usb/drivers/${driver}`), { recursive: true });
    inside(`${at}/driver`, `sys/bus/usb/drivers/${driver}`);
    if (one.tty === undefined) return;
    const terminal = `${at}/${one.tty}/tty/${one.tty}`;
    file(`${terminal}/dev`, `188:${one.tty.replace(/\D/g, '')}\n`);
    inside(`sys/class/tty/${one.tty}`, terminal);
    ttysOf.set(stick.position, [...(ttysOf.get(stick.position) ?? []), one.tty]);
  }

  return {
    root,
    plug(stick) {
      const folder = `${usbBus}/${stick.position}`;
      const [vendor = '', product = ''] = stick.id.split(':');
      const devnum = stick.devnum ?? 7;
      const attributes = {
        idVendor: vendor,
        idProduct: product,
        busnum: '1',
        devnum: String(devnum),
        dev: `189:${devnum - 1}`,
        manufacturer: stick.maker,
        product: stick.model,
        serial: stick.serial,
      };
      for (const [name, value] of Object.entries(attributes))
        if (value !== undefined) file(`${folder}/${name}`, `${value}\n`);
      inside(`sys/bus/usb/devices/${stick.position}`, folder);
      stick.interfaces.forEach((one, number) => {
        addInterface(stick, folder, one, number);
      });
    },
    unplug(position) {
      for (const tty of ttysOf.get(position) ?? []) rmSync(join(root, 'sys/class/tty', tty), { force: true });
      ttysOf.delete(position);
      rmSync(join(root, usbBus, position), { recursive: true, force: true });
      rmSync(join(root, 'sys/bus/usb/devices', position), { force: true });
    },
    link: (kind, name, tty) => point(`dev/serial/${kind}/${name}`, `../../${tty}`),
    process(pid, name, command, open = []) {
      file(`proc/${pid}/comm`, `${name}\n`);
      file(`proc/${pid}/cmdline`, `${command.split(' ').join('\0')}\0`);
      mkdirSync(join(root, `proc/${pid}/fd`), { recursive: true });
      open.forEach((path, fd) => {
        point(`proc/${pid}/fd/${fd + 3}`, path);
      });
    },
    file,
    point,
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** An EC25 as the kernel shows it: positions, diagnosis, AT, modem. */
export function ec25(position: string, firstTty: number, more: Partial<MadeUpStick> = {}): MadeUpStick {
  return {
    position,
    id: '2c7c:0125',
    maker: 'Quectel',
    model: 'EC25',
    interfaces: [0, 1, 2, 3].map((number) => ({ tty: `ttyUSB${firstTty + number}` })),
    ...more,
  };
}
