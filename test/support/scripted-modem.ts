import type { Clock } from '../../src/base/clock.ts';
import type { OpenTransport, Transport } from '../../src/modem/port/transport.ts';

/** Lines, each sent between line ends; nothing at all; or something later. */
export type Answer =
  | readonly string[]
  | 'silence'
  | { readonly afterMs: number; readonly lines: readonly string[] };

type Rule = (command: string) => Answer | undefined;

export interface ScriptedModemOptions {
  readonly clock: Clock;
  readonly maker?: string;
  readonly model?: string;
  readonly firmware?: string;
  readonly imei?: string;
  readonly iccid?: string;
  /** Memories and how many slots they have. */
  readonly memories?: Readonly<Record<string, number>>;
  readonly firstSlot?: number;
  readonly indication?: string;
  /** Cuts what is sent into reads. */
  readonly chop?: (bytes: Uint8Array) => Uint8Array[];
  readonly latencyMs?: number;
}

/** A modem that answers by table: just enough for a session, and whatever a test makes of it. */
export interface ScriptedModem {
  readonly open: OpenTransport;
  /** Commands as they came, without line end and ESC. */
  readonly sent: readonly string[];
  readonly opens: number;
  readonly closes: number;
  /** What each memory holds: slot → PDU. */
  readonly held: Readonly<Record<string, Map<number, string>>>;
  /** Answers commands that match, before the table does, `times` times. */
  on(pattern: RegExp, answer: Answer | Rule, times?: number): void;
  /** Stores a text; announces it unless `silent`. Returns the slot. */
  store(pdu: string, where?: { memory?: string; slot?: number; silent?: boolean }): number;
  /** Sends octets as they are. */
  say(raw: string): void;
  /** Sends a line between line ends. */
  tell(line: string): void;
  /** Forgets its settings, as at power-up, without a word. */
  forget(): void;
  /** The port goes away; opening fails with `code` until `replug`. */
  unplug(code?: string): void;
  replug(): void;
  /** From now on the commands are recorded anew. */
  clearSent(): void;
  set(option: 'cmgf' | 'cnmi' | 'echo' | 'pin' | 'readMemory', value: string): void;
}

/** PDU-like hexadecimal that differs by `n`: an empty SMSC field and a TPDU of 24 octets. */
export function pduOf(n: number): string {
  return `00040B910100${n.toString(16).toUpperCase().padStart(36, '0')}`;
}

export function lengthOf(pdu: string): number {
  return pdu.length / 2 - 1 - Number.parseInt(pdu.slice(0, 2), 16);
}

export function createScriptedModem(options: ScriptedModemOptions): ScriptedModem {
  const { clock } = options;
  const capacities = options.memories ?? { ME: 23, SM: 20 };
  const names = Object.keys(capacities);
  const held: Record<string, Map<number, string>> = {};
  for (const name of names) held[name] = new Map();
  const rules: { pattern: RegExp; answer: Answer | Rule; left: number }[] = [];
  const settings = { cmgf: '0', cnmi: '0,0,0,0,0', echo: '1', pin: '', readMemory: names[0] ?? 'ME' };
  let memories = [settings.readMemory, settings.readMemory, settings.readMemory];
  let sent: string[] = [];
  let opens = 0;
  let closes = 0;
  let unplugged: string | null = null;
  let wire: { receive?: (bytes: Uint8Array) => void; ended?: (why: Error | null) => void } | null = null;
  let input = '';

  const open: OpenTransport = async () => {
    opens += 1;
    if (unplugged !== null) throw Object.assign(new Error('not there'), { code: unplugged });
    const mine: typeof wire = {};
    wire = mine;
    input = '';
    const transport: Transport = {
      async write(bytes) {
        if (wire !== mine) throw Object.assign(new Error('gone'), { code: 'EIO' });
        take(Buffer.from(bytes).toString('latin1'));
      },
      onBytes(receive) {
        mine.receive = receive;
      },
      onClose(ended) {
        mine.ended = ended;
      },
      async close() {
        closes += 1;
        if (wire === mine) wire = null;
      },
    };
    return transport;
  };

  function take(text: string): void {
    for (const char of text) {
      if (char === '\r') {
        const command = input.replaceAll('\u001b', '');
        if (settings.echo === '1') say(`${input}\r`);
        input = '';
        sent.push(command);
        respond(command);
      } else input += char;
    }
  }

  function respond(command: string): void {
    const answer = ruled(command) ?? table(command);
    if (answer === 'silence') return;
    if ('afterMs' in answer) clock.after(answer.afterMs, () => sendLines(answer.lines));
    else sendLines(answer);
  }

  function ruled(command: string): Answer | undefined {
    for (const rule of [...rules].reverse()) {
      if (rule.left <= 0 || !rule.pattern.test(command)) continue;
      const answer = typeof rule.answer === 'function' ? rule.answer(command) : rule.answer;
      if (answer === undefined) continue;
      rule.left -= 1;
      return answer;
    }
    return undefined;
  }

  function sendLines(lines: readonly string[]): void {
    say(lines.map((line) => `\r\n${line}\r\n`).join(''));
  }

  function say(raw: string): void {
    const mine = wire;
    const bytes = Buffer.from(raw, 'latin1');
    const reads = options.chop ? options.chop(bytes) : [bytes];
    clock.after(options.latencyMs ?? 0, () => {
      for (const read of reads) if (wire === mine) mine?.receive?.(read);
    });
  }

  function rooms(): string {
    return memories.map((name) => `"${name}",${held[name]?.size ?? 0},${capacities[name] ?? 0}`).join(',');
  }

  function table(command: string): Answer {
    const exact = exactly[command];
    if (exact) return exact();
    const match = /^AT\+(CMG[RDF]|CPMS|CNMI|CPIN|CMEE|CSMS)=(.*)$/.exec(command);
    return match ? assign(match[1] ?? '', match[2] ?? '') : ['ERROR'];
  }

  const exactly: Record<string, () => Answer> = {
    AT: () => ['OK'],
    ATE0: () => quiet(),
    ATQ0V1E0: () => quiet(),
    'AT+CGMI': () => [options.maker ?? 'Acme', 'OK'],
    'AT+CGMM': () => [options.model ?? 'A1', 'OK'],
    'AT+CGMR': () => [options.firmware ?? '1.0', 'OK'],
    'AT+CGSN': () => [options.imei ?? '350000000000017', 'OK'],
    'AT+CFUN?': () => ['+CFUN: 1', 'OK'],
    'AT+CPIN?': () => [settings.pin === '' ? '+CPIN: READY' : '+CPIN: SIM PIN', 'OK'],
    'AT+CCID': () => [`+CCID: "${options.iccid ?? '8982000000000000017'}"`, 'OK'],
    'AT+CIMI': () => ['450000000000017', 'OK'],
    'AT+CMGF?': () => [`+CMGF: ${settings.cmgf}`, 'OK'],
    'AT+CPMS=?': () => {
      const list = `(${names.map((name) => `"${name}"`).join(',')})`;
      return [`+CPMS: ${list},${list},${list}`, 'OK'];
    },
    'AT+CPMS?': () => [`+CPMS: ${rooms()}`, 'OK'],
    'AT+CSMS?': () => ['+CSMS: 0,1,1,1', 'OK'],
    'AT+CNMI?': () => [`+CNMI: ${settings.cnmi}`, 'OK'],
    'AT+CNMI=?': () => [`+CNMI: ${options.indication ?? '(0-2),(0-3),(0,2),(0-2),(0,1)'}`, 'OK'],
    'AT+CSQ': () => ['+CSQ: 17,99', 'OK'],
    'AT+CREG?': () => ['+CREG: 0,1', 'OK'],
    'AT+CEREG?': () => ['+CEREG: 0,0', 'OK'],
    'AT+CPAS': () => ['+CPAS: 0', 'OK'],
    'AT+CMEE?': () => ['+CMEE: 1', 'OK'],
    'AT+COPS?': () => ['+COPS: 0,0,"Operator",2', 'OK'],
    'AT+CMGL=4': () => {
      if (settings.cmgf === '1') return ['ERROR'];
      const slots = [...(held[memories[0] ?? ''] ?? [])].sort(([a], [b]) => a - b);
      return [...slots.flatMap(([slot, pdu]) => [`+CMGL: ${slot},0,,${lengthOf(pdu)}`, pdu]), 'OK'];
    },
  };

  function quiet(): Answer {
    settings.echo = '0';
    return ['OK'];
  }

  function assign(name: string, value: string): Answer {
    const memory = held[memories[0] ?? ''];
    const slot = Number.parseInt(value, 10);
    switch (name) {
      case 'CMGR': {
        const pdu = memory?.get(slot);
        return pdu === undefined ? ['OK'] : [`+CMGR: 0,,${lengthOf(pdu)}`, pdu, 'OK'];
      }
      case 'CMGD':
        memory?.delete(slot);
        return ['OK'];
      case 'CMGF':
        settings.cmgf = value;
        return ['OK'];
      case 'CNMI':
        settings.cnmi = value;
        return ['OK'];
      case 'CPMS': {
        const wanted = value.replaceAll('"', '').split(',');
        if (wanted.some((each) => !names.includes(each))) return ['+CMS ERROR: 302'];
        memories = memories.map((each, place) => wanted[place] ?? each);
        return [`+CPMS: ${rooms().replaceAll(/"[A-Z]+",/g, '')}`, 'OK'];
      }
      case 'CPIN':
        if (value !== `"${settings.pin}"`) return ['+CME ERROR: 16'];
        settings.pin = '';
        return ['OK'];
      default:
        return ['OK'];
    }
  }

  return {
    open,
    get sent() {
      return sent;
    },
    get opens() {
      return opens;
    },
    get closes() {
      return closes;
    },
    held,
    on(pattern, answer, times = Infinity) {
      rules.push({ pattern, answer, left: times });
    },
    store(pdu, where = {}) {
      const name = where.memory ?? memories[2] ?? '';
      const memory = held[name];
      if (!memory) throw new Error(`no memory ${name}`);
      let slot = where.slot ?? options.firstSlot ?? 0;
      while (where.slot === undefined && memory.has(slot)) slot += 1;
      memory.set(slot, pdu);
      if (!where.silent && settings.cnmi.split(',')[1] === '1') sendLines([`+CMTI: "${name}",${slot}`]);
      return slot;
    },
    say,
    tell: (line) => sendLines([line]),
    forget() {
      Object.assign(settings, { cmgf: '0', cnmi: '0,0,0,0,0', echo: '1' });
      memories = memories.map(() => names[0] ?? 'ME');
    },
    unplug(code = 'ENOENT') {
      unplugged = code;
      const ended = wire?.ended;
      wire = null;
      ended?.(Object.assign(new Error('gone'), { code: 'EIO' }));
    },
    replug() {
      unplugged = null;
    },
    clearSent() {
      sent = [];
    },
    set(option, value) {
      if (option === 'readMemory') memories = [value, ...memories.slice(1)];
      settings[option] = value;
    },
  };
}
