import type { LineState } from '../../modem/line-report.ts';

/** What a line's part of the status line is made of. */
export interface LineSummary {
  readonly name: string;
  readonly state: LineState;
  readonly reason: string | null;
  readonly operator: string | null;
  /** 0 to 5; null where it is not known. */
  readonly bars: number | null;
  readonly textsToday: number;
  /** Texts that the register has refused and that wait in the modem. */
  readonly waiting: number;
}

/** `line1: SKTelecom, 4 of 5 bars, 312 texts today; line2: absent, looking every 30 s`; `remarks` come first. */
export function statusLine(lines: readonly LineSummary[], remarks: readonly string[] = []): string {
  return [...remarks, ...lines.map((line) => `${line.name}: ${describe(line)}`)].join('; ');
}

function describe(line: LineSummary): string {
  const { state, reason, operator, bars, textsToday, waiting } = line;
  const because = reason === null ? '' : ` (${reason})`;
  switch (state) {
    case 'ready':
      return [
        operator ?? 'no operator yet',
        ...(bars === null ? [] : [`${bars} of 5 bars`]),
        `${counted(textsToday, 'text')} today`,
        ...(reason === null ? [] : [`alarm ${reason}`]),
      ].join(', ');
    case 'absent':
      return `absent${because}, looking every 30 s`;
    case 'opening':
    case 'waking':
    case 'setting-up':
      return 'being set up';
    case 'waiting-for-sim':
      return `waiting for its SIM${because}, asking again`;
    case 'pin-needed':
      return `a person is needed${because}`;
    case 'holding':
      return `${counted(waiting, 'text')} held on the modem${because}, trying again`;
    case 'resyncing':
      return 'not answering, being understood anew';
    case 'recovering':
      return `recovering${because}`;
    case 'stopped':
      return 'stopped';
  }
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
