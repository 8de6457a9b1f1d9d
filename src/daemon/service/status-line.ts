import type { LineOfStatus, Reason } from '../status/status-object.ts';

/** What the status line is made of. */
export interface Summary {
  readonly reasons: readonly Pick<Reason, 'code' | 'line'>[];
  readonly lines: readonly LineSummary[];
}

type LineSummary = Pick<LineOfStatus, 'name' | 'state' | 'reason' | 'operator' | 'waiting'> & {
  readonly signal: Pick<NonNullable<LineOfStatus['signal']>, 'bars'> | null;
  readonly texts: Pick<LineOfStatus['texts'], 'today'>;
};

/**
 * `line1: SKTelecom, 4 of 5 bars, 312 texts today; line2: absent, looking every 30 s`. What is amiss with the whole
 * stands first: `disk.low; line1: …`.
 */
export function statusLine({ reasons, lines }: Summary): string {
  const common = reasons.filter(({ line }) => line === null).map(({ code }) => code);
  return [...common, ...lines.map((line) => `${line.name}: ${describe(line)}`)].join('; ');
}

function describe(line: LineSummary): string {
  const { state, reason, operator, signal, texts, waiting } = line;
  const because = reason === null ? '' : ` (${reason})`;
  switch (state) {
    case 'ready':
      return [
        operator ?? 'no operator yet',
        ...(signal === null ? [] : [`${signal.bars} of 5 bars`]),
        `${counted(texts.today, 'text')} today`,
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
