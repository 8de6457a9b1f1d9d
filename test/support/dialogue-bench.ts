import type { Command } from '../../src/at/command.ts';
import { dueMs, startDialogue, step } from '../../src/at/dialogue.ts';
import type { CommandOutcome, DialogueEvent, DialogueState, Effect } from '../../src/at/dialogue-state.ts';

/** Feeds events to the pure dialogue on a clock of its own, and collects the effects. */
interface DialogueBench {
  readonly state: DialogueState;
  readonly nowMs: number;
  readonly written: string[];
  readonly answers: string[];
  readonly outcomes: CommandOutcome[];
  readonly notified: string[];
  readonly directs: { header: string; body: string }[];
  readonly effects: Effect[];
  counted(what: string): number;
  send(command: Command): void;
  lines(...lines: string[]): void;
  feed(event: DialogueEvent): void;
  /** Lets time pass, with the ticks that fall due in it. */
  pass(ms: number): void;
  /** Answers the wake-up and the probes, so that commands may be sent. */
  sync(): void;
}

export const imei = '350000000000017';

export function openDialogue(outstanding: readonly string[] = []): DialogueBench {
  let nowMs = 0;
  let state = startDialogue(nowMs, outstanding);
  const bench = {
    written: [] as string[],
    answers: [] as string[],
    outcomes: [] as CommandOutcome[],
    notified: [] as string[],
    directs: [] as { header: string; body: string }[],
    effects: [] as Effect[],
  };

  function feed(event: DialogueEvent): void {
    const next = step(state, event, nowMs);
    state = next.state;
    for (const effect of next.effects) {
      bench.effects.push(effect);
      if (effect.type === 'write') bench.written.push(effect.text.trim().replace('\u001b', ''));
      else if (effect.type === 'answer') bench.answers.push(effect.line);
      else if (effect.type === 'settle') bench.outcomes.push(effect.outcome);
      else if (effect.type === 'notify') bench.notified.push(effect.line);
      else if (effect.type === 'direct')
        bench.directs.push({ header: effect.header.line, body: effect.body });
    }
  }

  function pass(ms: number): void {
    const untilMs = nowMs + ms;
    for (;;) {
      const due = dueMs(state);
      if (due === null || due > untilMs) break;
      nowMs = Math.max(nowMs, due);
      feed({ type: 'tick' });
    }
    nowMs = untilMs;
  }

  function lines(...texts: string[]): void {
    for (const line of texts) {
      feed({ type: 'octets' });
      feed({ type: 'line', line });
    }
  }

  return {
    ...bench,
    get state() {
      return state;
    },
    get nowMs() {
      return nowMs;
    },
    counted: (what) =>
      bench.effects.filter((effect) => effect.type === 'count' && effect.what === what).length,
    send: (command) => feed({ type: 'send', command }),
    lines,
    feed,
    pass,
    sync() {
      pass(300);
      lines('OK');
      pass(300);
      lines(imei, 'OK', '+CSQ: 17,99', 'OK');
    },
  };
}
