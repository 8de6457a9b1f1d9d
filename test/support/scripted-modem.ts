import type { Clock } from '../../src/base/clock.ts';
import type { OpenTransport, Transport } from '../../src/modem/port/transport.ts';

/** Lines, each sent between line ends; nothing; or lines after a while. */
type ScriptedAnswer =
  | readonly string[]
  | 'silence'
  | { readonly afterMs: number; readonly lines: readonly string[] };

type AnswerRule = (command: string) => ScriptedAnswer | undefined;

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

/** A modem that answers from a table with just enough for a session; a test changes the answers. */
export interface ScriptedModem {
  readonly open: OpenTransport;
  /** The commands, without line end and ESC. */
  readonly sent: readonly string[];
  readonly opens: number;
  readonly closes: number;
  /** The content of each memory: slot → PDU. */
  readonly held: Readonly<Record<string, Map<number, string>>>;
  /** Answers matching commands instead of the table, `times` times. */
  on(pattern: RegExp, answer: ScriptedAnswer | AnswerRule, times?: number): void;
  /** Stores a text; announces it unless `silent`. Returns the slot. */
  store(pdu: string, where?: { memory?: string; slot?: number; silent?: boolean }): number;
  /** Sends octets as they are. */
  say(raw: string): void;
  /** Sends a line between line ends. */
  tell(line: string): void;
  /** Resets its settings, as at power-up, without a notification. */
  forget(): void;
  /** The port goes away; opening fails with `code` until `replug`. */
  unplug(code?: string): void;
  replug(): void;
  /** Forgets the commands so far. */
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
  return new TableModem(options);
}

interface OpenPort {
  receive?: (bytes: Uint8Array) => void;
  ended?: (why: Error | null) => void;
}

class TableModem implements ScriptedModem {
  sent: string[] = [];
  opens = 0;
  closes = 0;
  readonly held: Record<string, Map<number, string>> = {};
  readonly #options: ScriptedModemOptions;
  readonly #capacities: Readonly<Record<string, number>>;
  readonly #names: readonly string[];
  readonly #rules: { pattern: RegExp; answer: ScriptedAnswer | AnswerRule; left: number }[] = [];
  readonly #settings;
  /** mem1, mem2, mem3 of AT+CPMS. */
  #memories: readonly string[];
  /** The error code of opening while the port is away. */
  #unplugged: string | null = null;
  #connection: OpenPort | null = null;
  #input = '';

  constructor(options: ScriptedModemOptions) {
    this.#options = options;
    this.#capacities = options.memories ?? { ME: 23, SM: 20 };
    this.#names = Object.keys(this.#capacities);
    for (const name of this.#names) this.held[name] = new Map();
    const readMemory = this.#names[0] ?? 'ME';
    this.#settings = { cmgf: '0', cnmi: '0,0,0,0,0', echo: '1', pin: '', readMemory };
    this.#memories = [readMemory, readMemory, readMemory];
  }

  readonly open: OpenTransport = async () => {
    this.opens += 1;
    if (this.#unplugged !== null) throw Object.assign(new Error('not there'), { code: this.#unplugged });
    const connection: OpenPort = {};
    this.#connection = connection;
    this.#input = '';
    return this.#transportOf(connection);
  };

  on(pattern: RegExp, answer: ScriptedAnswer | AnswerRule, times = Number.POSITIVE_INFINITY): void {
    this.#rules.push({ pattern, answer, left: times });
  }

  store(pdu: string, where: { memory?: string; slot?: number; silent?: boolean } = {}): number {
    const name = where.memory ?? this.#memories[2] ?? '';
    const memory = this.held[name];
    if (!memory) throw new Error(`no memory ${name}`);
    let slot = where.slot ?? this.#options.firstSlot ?? 0;
    while (where.slot === undefined && memory.has(slot)) slot += 1;
    memory.set(slot, pdu);
    const isAnnounced = !where.silent && this.#settings.cnmi.split(',')[1] === '1';
    if (isAnnounced) this.tell(`+CMTI: "${name}",${slot}`);
    return slot;
  }

  say(raw: string): void {
    const connection = this.#connection;
    const bytes = Buffer.from(raw, 'latin1');
    const reads = this.#options.chop ? this.#options.chop(bytes) : [bytes];
    this.#options.clock.after(this.#options.latencyMs ?? 0, () => {
      for (const read of reads) if (this.#connection === connection) connection?.receive?.(read);
    });
  }

  tell(line: string): void {
    this.#sayLines([line]);
  }

  forget(): void {
    Object.assign(this.#settings, { cmgf: '0', cnmi: '0,0,0,0,0', echo: '1' });
    this.#memories = this.#memories.map(() => this.#names[0] ?? 'ME');
  }

  unplug(code = 'ENOENT'): void {
    this.#unplugged = code;
    const ended = this.#connection?.ended;
    this.#connection = null;
    ended?.(Object.assign(new Error('gone'), { code: 'EIO' }));
  }

  replug(): void {
    this.#unplugged = null;
  }

  clearSent(): void {
    this.sent = [];
  }

  set(option: 'cmgf' | 'cnmi' | 'echo' | 'pin' | 'readMemory', value: string): void {
    if (option === 'readMemory') this.#memories = [value, ...this.#memories.slice(1)];
    this.#settings[option] = value;
  }

  #transportOf(connection: OpenPort): Transport {
    return {
      write: async (bytes) => {
        if (this.#connection !== connection) throw Object.assign(new Error('gone'), { code: 'EIO' });
        this.#type(Buffer.from(bytes).toString('latin1'));
      },
      onBytes(receive) {
        connection.receive = receive;
      },
      onClose(ended) {
        connection.ended = ended;
      },
      close: async () => {
        this.closes += 1;
        if (this.#connection === connection) this.#connection = null;
      },
    };
  }

  #type(text: string): void {
    for (const character of text) {
      if (character === '\r') {
        const command = this.#input.replaceAll('\u001b', '');
        if (this.#settings.echo === '1') this.say(`${this.#input}\r`);
        this.#input = '';
        this.sent.push(command);
        this.#respond(command);
      } else this.#input += character;
    }
  }

  #respond(command: string): void {
    const answer = this.#answerByRule(command) ?? this.#answerByTable(command);
    if (answer === 'silence') return;
    if ('afterMs' in answer) this.#options.clock.after(answer.afterMs, () => this.#sayLines(answer.lines));
    else this.#sayLines(answer);
  }

  #sayLines(lines: readonly string[]): void {
    this.say(lines.map((line) => `\r\n${line}\r\n`).join(''));
  }

  /** The newest rule that matches wins. */
  #answerByRule(command: string): ScriptedAnswer | undefined {
    for (const rule of [...this.#rules].reverse()) {
      if (rule.left <= 0 || !rule.pattern.test(command)) continue;
      const answer = typeof rule.answer === 'function' ? rule.answer(command) : rule.answer;
      if (answer === undefined) continue;
      rule.left -= 1;
      return answer;
    }
    return undefined;
  }

  #answerByTable(command: string): ScriptedAnswer {
    const fixed = this.#fixedAnswers()[command];
    if (fixed) return fixed;
    if (command === 'ATE0' || command === 'ATQ0V1E0') {
      this.#settings.echo = '0';
      return ['OK'];
    }
    if (command === 'AT+CMGL=4') return this.#list();
    const [, name, value = ''] = /^AT\+(CMG[RDF]|CPMS|CNMI|CPIN|CMEE|CSMS)=(.*)$/.exec(command) ?? [];
    return name === undefined ? ['ERROR'] : this.#assign(name, value);
  }

  #fixedAnswers(): Readonly<Record<string, readonly string[]>> {
    const { maker, model, firmware, imei, iccid, indication } = this.#options;
    const { pin, cmgf, cnmi } = this.#settings;
    const list = `(${this.#names.map((name) => `"${name}"`).join(',')})`;
    return {
      AT: ['OK'],
      'AT+CGMI': [maker ?? 'Acme', 'OK'],
      'AT+CGMM': [model ?? 'A1', 'OK'],
      'AT+CGMR': [firmware ?? '1.0', 'OK'],
      'AT+CGSN': [imei ?? '350000000000017', 'OK'],
      'AT+CFUN?': ['+CFUN: 1', 'OK'],
      'AT+CPIN?': [pin === '' ? '+CPIN: READY' : '+CPIN: SIM PIN', 'OK'],
      'AT+CCID': [`+CCID: "${iccid ?? '8982000000000000017'}"`, 'OK'],
      'AT+CIMI': ['450000000000017', 'OK'],
      'AT+CMGF?': [`+CMGF: ${cmgf}`, 'OK'],
      'AT+CPMS=?': [`+CPMS: ${list},${list},${list}`, 'OK'],
      'AT+CPMS?': [`+CPMS: ${this.#counts()}`, 'OK'],
      'AT+CSMS?': ['+CSMS: 0,1,1,1', 'OK'],
      'AT+CNMI?': [`+CNMI: ${cnmi}`, 'OK'],
      'AT+CNMI=?': [`+CNMI: ${indication ?? '(0-2),(0-3),(0,2),(0-2),(0,1)'}`, 'OK'],
      'AT+CSQ': ['+CSQ: 17,99', 'OK'],
      'AT+CREG?': ['+CREG: 0,1', 'OK'],
      'AT+CEREG?': ['+CEREG: 0,0', 'OK'],
      'AT+CPAS': ['+CPAS: 0', 'OK'],
      'AT+CMEE?': ['+CMEE: 1', 'OK'],
      'AT+COPS?': ['+COPS: 0,0,"Operator",2', 'OK'],
    };
  }

  #list(): readonly string[] {
    if (this.#settings.cmgf === '1') return ['ERROR'];
    const slots = [...(this.#readMemory() ?? [])].sort(([a], [b]) => a - b);
    return [...slots.flatMap(([slot, pdu]) => [`+CMGL: ${slot},0,,${lengthOf(pdu)}`, pdu]), 'OK'];
  }

  #assign(name: string, value: string): readonly string[] {
    const slot = Number.parseInt(value, 10);
    switch (name) {
      case 'CMGR': {
        const pdu = this.#readMemory()?.get(slot);
        return pdu === undefined ? ['OK'] : [`+CMGR: 0,,${lengthOf(pdu)}`, pdu, 'OK'];
      }
      case 'CMGD':
        this.#readMemory()?.delete(slot);
        return ['OK'];
      case 'CMGF':
        this.#settings.cmgf = value;
        return ['OK'];
      case 'CNMI':
        this.#settings.cnmi = value;
        return ['OK'];
      case 'CPMS': {
        const wanted = value.replaceAll('"', '').split(',');
        if (wanted.some((each) => !this.#names.includes(each))) return ['+CMS ERROR: 302'];
        this.#memories = this.#memories.map((each, place) => wanted[place] ?? each);
        return [`+CPMS: ${this.#counts().replaceAll(/"[A-Z]+",/g, '')}`, 'OK'];
      }
      case 'CPIN':
        if (value !== `"${this.#settings.pin}"`) return ['+CME ERROR: 16'];
        this.#settings.pin = '';
        return ['OK'];
      default:
        return ['OK'];
    }
  }

  #readMemory(): Map<number, string> | undefined {
    return this.held[this.#memories[0] ?? ''];
  }

  #counts(): string {
    return this.#memories
      .map((name) => `"${name}",${this.held[name]?.size ?? 0},${this.#capacities[name] ?? 0}`)
      .join(',');
  }
}
