import { isCarrierPort } from '../../base/carrier-port.ts';
import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { followWire } from '../../daemon/wire/follow-wire.ts';
import { longestTraceMs, type WireMessage } from '../../daemon/wire/wire-message.ts';
import { type Destination, finishAfter } from '../../export/to/destination.ts';
import { type LinesWords, linesWords } from '../../words/commands/lines.ts';
import { type Configured, configured } from '../configured.ts';
import { recordAct, startOf, withAudit } from '../officer/act.ts';
import { openOutput, requireOutside } from '../officer/officer-file.ts';
import { type Invocation, isTerminal, writeLine } from '../shell.ts';
import { type Disguise, LineDisguiser } from './disguise-line.ts';
import { asTheyAre, masked } from './mask.ts';
import { Transcript } from './transcript.ts';
import { type WireLine, WireLines } from './wire-lines.ts';

interface TraceFlags {
  readonly save?: string;
  readonly force?: boolean;
  readonly reveal?: boolean;
  readonly reason?: string;
}

/** More than a modem says in ten minutes at 115,200 baud. */
const mostSavedOctets = 16 * 1_048_576;

/** Shows what a line's gateway and modem say to each other, until Ctrl-C, or for ten minutes. */
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
  if (isCarrierPort(line.port)) throw fault('wire.carrier', { line: name });
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
    const trace = new Trace(session, name, isShown ? (reveal ? asTheyAre : masked) : null);
    if (save === undefined) await trace.follow(socket, null);
    else await trace.saveTo(await openOutput(shell, save, force), socket, save);
    return { rows: trace.lines, complete: true };
  });
  return exitCode.done;
}

/** A trace under way. */
class Trace {
  /** Lines of the wire so far. */
  lines = 0;
  readonly #session: Configured;
  readonly #line: string;
  readonly #words: LinesWords['trace'];
  readonly #shown: LineDisguiser | null;
  readonly #assembled = new WireLines();
  #lostLines = 0;

  /** `disguise`: null if nothing is shown. */
  constructor(session: Configured, line: string, disguise: Disguise | null) {
    this.#session = session;
    this.#line = line;
    this.#words = linesWords[session.shell.language].trace;
    this.#shown = disguise && new LineDisguiser(disguise);
  }

  async follow(statusSocket: string, transcript: Transcript | null): Promise<void> {
    const { shell } = this.#session;
    const beganMs = shell.clock.monotonicMs();
    await this.#say(this.#words.begins(this.#line));
    await followWire({
      statusSocket,
      line: this.#line,
      restart: transcript !== null,
      signal: shell.signal,
      tell: (message) => this.#tell(message, transcript),
    });
    for (const line of this.#assembled.end()) await this.#show(line);
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
        Buffer.from(transcript.text(`${this.#line}, recorded by visitlog lines trace`)),
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
    for (const line of this.#assembled.add(message)) await this.#show(line);
    if (message.source === 'opened' || message.source === 'closed')
      await this.#showRow(message.atMs, '-', this.#words[message.source]);
  }

  async #show(line: WireLine): Promise<void> {
    if (line.text === '') return;
    this.lines += 1;
    if (this.#shown === null) return;
    const text = this.#shown[line.by](line.text);
    await this.#showRow(line.atMs, line.by === 'host' ? '>' : '<', text.replaceAll('\u001b', '␛'));
  }

  #showRow(atMs: number, sign: string, text: string): Promise<void> {
    if (this.#shown === null) return Promise.resolve();
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
