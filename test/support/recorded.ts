import { join } from 'node:path';
import { dayMs } from '../../src/base/amounts.ts';
import { collect } from '../../src/base/batches.ts';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import type { VisitorText } from '../../src/simulator/visitors.ts';
import { openRegister } from '../../src/store/register.ts';
import type { Workspace } from './workspace.ts';

/** A register's content, or what it should be, as sorted lines that tests compare. */
export interface RegisterContent {
  /** Visitor, venue, and whether the text was web-sent: one line for each visit. */
  readonly visits: readonly string[];
  /** What became of each text that is no visit. */
  readonly texts: readonly string[];
}

/** All that a workspace's register holds, opened as an officer's command opens it. */
export async function recordedIn(workspace: Workspace, clock: Clock = systemClock): Promise<RegisterContent> {
  const register = openRegister({
    dataDir: workspace.dataDir,
    keyFile: join(workspace.dataDir, 'keyring'),
    retentionMs: 28 * dayMs,
    algorithm: 'aes-256-gcm',
    clock,
    role: 'reader',
  });
  try {
    const ever = { fromMs: 0, toMs: clock.wallMs() + dayMs };
    const visits = (await collect(register.visits(ever))).map((visit) =>
      visitLine(visit.visitor, visit.venue, visit.webSent),
    );
    const texts = (await collect(register.texts(ever))).map(({ kind, reason }) => textLine(kind, reason));
    return { visits: visits.sort(), texts: texts.sort() };
  } finally {
    register.close();
  }
}

/** What must be recorded once these have been sent: each exactly once. */
export function expectedOf(sent: readonly Pick<VisitorText, 'sender' | 'outcome'>[]): RegisterContent {
  const visits: string[] = [];
  const texts: string[] = [];
  for (const { sender, outcome } of sent) {
    if (outcome.kind === 'visits')
      for (const venue of outcome.venues) visits.push(visitLine(sender, venue, outcome.webSent));
    else texts.push(textLine(outcome.kind, outcome.kind === 'notice' ? outcome.notice : ''));
  }
  return { visits: visits.sort(), texts: texts.sort() };
}

const visitLine = (visitor: string, venue: string, webSent: boolean): string =>
  `${visitor} ${venue}${webSent ? ' web' : ''}`;
const textLine = (kind: string, reason: string): string => (kind === 'notice' ? `${kind} ${reason}` : kind);
