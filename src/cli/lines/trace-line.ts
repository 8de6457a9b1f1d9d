import { isCarrierPort } from '../../base/carrier-port.ts';
import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { isIngestPort } from '../../base/ingest-port.ts';
import { followWire } from '../../daemon/wire/follow-wire.ts';
import { longestTraceMs, type WireMessage } from '../../daemon/wire/wire-message.ts';
import { type Destination, finishAfter } from '../../export/to/destination.ts';
import { type LinesWords, linesWords } from '../../words/commands/lines.ts';
import { type Configured, configured } from '../configured.ts';
import { recordAct, startOf, withAudit } from '../officer/act.ts';
import { openOutput, requireOutside } from '../officer/officer-file.ts';
import { type Invocation, isTerminal, writeLine } from '../shell.ts';
import { asTheyAre, masked } from './mask.ts';
import { Transcript } from './transcript.ts';
import { ModemWire, type ShownLine, type Wire } from './wire-lines.ts';

interface TraceFlags {
  readonly save?: string;
  readonly force?: boolean;
  readonly reveal?: boolean;
  readonly reason?: string;
}

/** More than a modem says in ten minutes at 115,200 baud. */
const mostSavedOctets = 16 * 1_048_576;

/** Shows what a line's gateway and its modem or carrier say to each other, until Ctrl-C, or for ten minutes. */
export async function traceLine(invocation: Invocation, name: string, flags: TraceFlags): Promise<ExitCode> {
  const { shell } = invocation;
  const session = await configured(invocation);
  const { config } = session;
  const { save, force = false, reveal = false, reason } = flags;
  const isShown = isTerminal(shell.stdout);
  if (!isShown && save === undefined) throw fault('wire.terminal');
  const { socket } = config.status;
  if (socket === null) throw fault('gateway.absent', { socket: '""' });
  const line = config.lines.find((each) => each.name === name);
  if (line === undefined) throw fault('wire.no-line', { line: name });
  if (isIngestPort(line.port)) throw fault('wire.ingest', { line: name });
  const isCarrier = isCarrierPort(line.port);
  if (isCarrier && save !== undefined) throw fault('wire.carrier', { line: name });
  if (save !== undefined) await requireOutside(shell, config.dataDir, save);
  const act = {
    command: 'lines trace',
    scope: { line: name, revealed: reveal, output: save === undefined ? 'terminal' : 'file' },
    purpose: { reason },
  } as const;
  if (reveal && !reason?.trim()) {
    await withAudit(session, async (audit) => audit.refused(startOf(shell, act), 'wire.no-reason'));
    throw fault('wire.no-reason');
  }
  await recordAct(session, act, async () => {
    const disguise = reveal ? asTheyAre : masked;
    const wire = isCarrier
      ? new (await import('./wire-pdus.ts')).WirePdus(disguise)
      : new ModemWire(disguise);
    const begins = linesWords[shell.language].trace[isCarrier ? 'beginsAtCarrier' : 'begins'](name);
    const trace = new Trace(session, { name, wire, isShown, begins });
    if (save === undefined) await trace.follow(socket, null);
    else await trace.saveTo(await openOutput(shell, save, force), socket, save);
    return { rows: trace.lines, complete: true };
  });
  return exitCode.done;
}

interface Traced {
  readonly name: string;
  readonly wire: Wire;
  /** Not if it goes to a file. */
  readonly isShown: boolean;
  readonly begins: string;
}

/** A trace under way. */
class Trace {
  /** Lines of the wire so far. */
  lines = 0;
  readonly #session: Configured;
  readonly #traced: Traced;
  readonly #words: LinesWords['trace'];
  #lostLines = 0;

  constructor(session: Configured, traced: Traced) {
    this.#session = session;
    this.#traced = traced;
    this.#words = linesWords[session.shell.language].trace;
  }

  async follow(statusSocket: string, transcript: Transcript | null): Promise<void> {
    const { shell } = this.#session;
    const beganMs = shell.clock.monotonicMs();
    await this.#say(this.#traced.begins);
    await followWire({
      statusSocket,
      line: this.#traced.name,
      restart: transcript !== null,
      signal: shell.signal,
      tell: (message) => this.#tell(message, transcript),
    });
    for (const line of this.#traced.wire.end()) await this.#show(line);
    if (shell.signal.aborted) return;
    const isOver = shell.clock.monotonicMs() - beganMs >= longestTraceMs - 1_000;
    await this.#say(isOver ? this.#words.over : this.#words.gatewayLeft);
  }

  /** A trace that has lost lines is not saved: it would be another dialogue. */
  async saveTo(destination: Destination, statusSocket: string, file: string): Promise<void> {
    const { shell } = this.#session;
    const transcript = new Transcript();
    await finishAfter(destination, async () => {
      await this.#say(this.#words.restarts);
      await this.follow(statusSocket, transcript);
      if (this.#lostLines > 0) throw fault('wire.lost', { lines: this.#lostLines });
      if (transcript.length > mostSavedOctets) throw fault('wire.too-long');
      if (transcript.isEmpty) throw fault('wire.nothing');
      await destination.write(
        Buffer.from(transcript.text(`${this.#traced.name}, recorded by visitlog lines trace`)),
      );
    });
    await writeLine(shell.stderr, `visitlog: ${this.#words.saved(file)}`);
  }

  async #tell(message: WireMessage, transcript: Transcript | null): Promise<void> {
    if ('lostLines' in message) {
      this.#lostLines += message.lostLines;
      await this.#say(this.#words.lost(message.lostLines));
      return;
    }
    if (transcript !== null && transcript.length <= mostSavedOctets) transcript.add(message);
    for (const line of this.#traced.wire.add(message)) await this.#show(line);
    if (message.source === 'opened' || message.source === 'closed')
      await this.#showRow(message.atMs, '-', this.#words[message.source]);
  }

  async #show({ atMs, by, text }: ShownLine): Promise<void> {
    this.lines += 1;
    await this.#showRow(atMs, by === 'host' ? '>' : '<', text);
  }

  #showRow(atMs: number, sign: string, text: string): Promise<void> {
    if (!this.#traced.isShown) return Promise.resolve();
    const { shell, zone } = this.#session;
    const time = zone.format(atMs).slice(11, 19);
    const thousandths = String(Math.floor(atMs % 1_000)).padStart(3, '0');
    return writeLine(shell.stdout, `${time}.${thousandths} ${sign} ${text}`);
  }

  /** What is not of the wire goes to standard error. */
  #say(text: string): Promise<void> {
    return writeLine(this.#session.shell.stderr, `visitlog: ${text}`);
  }
}
