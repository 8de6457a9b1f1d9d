import stringWidth from 'string-width';
import { isCarrierPort } from '../../base/carrier-port.ts';
import { type ExitCode, exitCode } from '../../base/errors.ts';
import { isIngestPort } from '../../base/ingest-port.ts';
import { printableJson } from '../../base/printable.ts';
import type { Config, LineConfig } from '../../config/config.ts';
import { loadConfig } from '../../config/load.ts';
import { askLines } from '../../daemon/status/ask-gateway.ts';
import type { LineOfStatus } from '../../daemon/status/status-object.ts';
import { type FoundModem, type FoundPort, surveyModems } from '../../doctor/survey-modems.ts';
import { isByIdentity } from '../../modem/modem-id.ts';
import { openSerial } from '../../modem/port/serial.ts';
import type { Language } from '../../words/bilingual.ts';
import { type LinesWords, linesWords } from '../../words/commands/lines.ts';
import { formatLine } from '../line-text.ts';
import { type Invocation, writeLine } from '../shell.ts';

/** A few short lines for each device. */
export function formatFoundModem(found: FoundModem, language: Language): string[] {
  const words = linesWords[language];
  const title = [found.maker, found.model].filter((part) => part !== null).join(' ') || words.nameless;
  const head = `${title}   ${words.socket(found.usb, found.position)}`;
  return [head, ...bodyOf(found, language).map((line) => `  ${line}`)];
}

function bodyOf(found: FoundModem, language: Language): string[] {
  const words = linesWords[language];
  const { labels } = words;
  const width = Math.max(...Object.values(labels).map((label) => stringWidth(label)));
  const row = (label: string, text: string) => `${label}${' '.repeat(width - stringWidth(label))}   ${text}`;
  if (found.kind === 'disk') return [words.disk, row(labels.do, words.install)];
  const { port, imei, iccid, imsi, line, gateway } = found;
  const sim = [...(iccid === null ? [] : [`iccid:${iccid}`]), ...(imsi === null ? [] : [`imsi:${imsi}`])];
  return [
    ...(port === null ? [] : [row(labels.port, port)]),
    ...(imei === null ? [] : [row(labels.imei, imei)]),
    ...(sim.length === 0 ? [] : [row(labels.sim, sim.join(', '))]),
    ...(line === null ? [] : [row(labels.line, line)]),
    ...(gateway === null ? [] : [row(labels.now, formatLine(gateway, language))]),
    ...found.ports.map((each, index) => row(index === 0 ? labels.ttys : '', portText(each, found, words))),
    ...noteOn(found, words),
  ];
}

function portText(port: FoundPort, found: FoundModem, words: LinesWords): string {
  return `${port.tty.padEnd(8)} ${stateText(port, found, words)}`;
}

function stateText({ state, by }: FoundPort, found: FoundModem, { states }: LinesWords): string {
  switch (state) {
    case 'taken':
      if (found.gateway !== null && by[0]?.name === 'visitlog') return states.ours;
      return states.taken(by.map(({ name, pid }) => `${name} (pid ${pid})`).join(', '));
    case 'unknown':
    case 'free':
      return found.answers === null ? states[state] : states.notAsked;
    default:
      return states[state];
  }
}

function noteOn({ kind, line }: FoundModem, words: LinesWords): string[] {
  if (kind === 'modem' || line !== null) return [];
  return [kind === 'bridge' ? words.bridge : words.stranger];
}

interface LinesFlags {
  readonly json?: boolean;
  readonly probe?: boolean;
}

export async function showLines({ shell, globals }: Invocation, flags: LinesFlags): Promise<ExitCode> {
  const { config } = await loadConfig({ file: globals.config, env: shell.env });
  const openPort = flags.probe ? openSerial : null;
  const gatewayLines = await askLines(config.status.socket);
  const found = await surveyModems({ config, clock: shell.clock, root: '/', openPort, gatewayLines });
  for (const device of found)
    await writeLine(
      shell.stdout,
      flags.json ? printableJson(device) : `${formatFoundModem(device, shell.language).join('\n')}\n`,
    );
  if (!flags.json)
    for (const line of closing(found, config, flags, { language: shell.language, gatewayLines }))
      await writeLine(shell.stdout, line);
  // A line behind a serial server is no device of this machine.
  return found.length === 0 && gatewayLines.length === 0 ? exitCode.nothing : exitCode.done;
}

function closing(
  found: readonly FoundModem[],
  config: Config,
  { probe }: LinesFlags,
  { language, gatewayLines }: { language: Language; gatewayLines: readonly LineOfStatus[] },
): string[] {
  const words = linesWords[language];
  const used = new Set(found.map(({ line }) => line));
  const elsewhere = config.lines.filter(({ name }) => !used.has(name));
  return [
    ...(found.length === 0 ? [words.none] : []),
    ...elsewhere.flatMap((line) => {
      const said = gatewayLines.find(({ name }) => name === line.name);
      return [
        `${line.name}: ${line.port}, ${whyElsewhere(line, probe === true, words)}`,
        ...(said
          ? [`  ${[nameOf(said), formatLine(said, language)].filter((part) => part !== '').join(', ')}`]
          : []),
      ];
    }),
    ...(probe || found.length === 0 ? [] : [words.hint]),
  ];
}

function nameOf({ maker, model }: LineOfStatus): string {
  return [maker, model].filter((part) => part !== null).join(' ');
}

function whyElsewhere({ port }: LineConfig, probed: boolean, words: LinesWords): string {
  if (port.startsWith('tcp:') || isCarrierPort(port)) return words.network;
  if (isIngestPort(port)) return words.ingest;
  if (isByIdentity(port) && !probed) return words.notLookedFor;
  return words.notFound;
}
