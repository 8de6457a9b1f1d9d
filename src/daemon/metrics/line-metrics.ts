import type { LineOfStatus, ProofOfStatus } from '../status/status-object.ts';
import { type Metric, type MetricFacts, oneOf, type Sample, seconds } from './metric.ts';

const states = [
  'absent',
  'wrong-port',
  'opening',
  'waking',
  'setting-up',
  'waiting-for-sim',
  'pin-needed',
  'ready',
  'unproven',
  'no-network',
  'holding',
  'resyncing',
  'recovering',
  'stopped',
] satisfies LineOfStatus['state'][];

/** One sample for each line of which the value is known. */
function ofLines(read: (line: LineOfStatus) => number | null | undefined) {
  return ({ status }: MetricFacts): Sample[] =>
    status.lines.flatMap((line) => {
      const value = read(line);
      return value === null || value === undefined ? [] : [{ value, labels: { line: line.name } }];
    });
}

function byLabel(read: (line: LineOfStatus) => Readonly<Record<string, number>>, label: string) {
  return ({ status }: MetricFacts): Sample[] =>
    status.lines.flatMap((line) =>
      Object.entries(read(line)).map(([name, value]) => ({
        value,
        labels: { line: line.name, [label]: name },
      })),
    );
}

function ofProofs(read: (proof: ProofOfStatus) => number | null) {
  return ({ status }: MetricFacts): Sample[] =>
    status.lines.flatMap((line) =>
      Object.entries(line.proofs).flatMap(([proof, report]) => {
        const value = read(report);
        return value === null ? [] : [{ value, labels: { line: line.name, proof } }];
      }),
    );
}

/** What is counted of each line. */
export const lineMetrics: readonly Metric[] = [
  {
    name: 'visitlog_texts_total',
    help: 'Texts in the register since the start, by what became of them.',
    type: 'counter',
    read: byLabel(
      ({ texts }) => ({
        visit: texts.visits,
        unresolved: texts.unresolved,
        undecodable: texts.undecodable,
        notice: texts.notices,
      }),
      'outcome',
    ),
  },
  {
    name: 'visitlog_parts_total',
    help: 'Segments of long texts that had to wait for the rest of their text.',
    type: 'counter',
    read: ofLines(({ texts }) => texts.parts),
  },
  {
    name: 'visitlog_texts_repeated_total',
    help: 'Texts that a modem showed again and the register had already.',
    type: 'counter',
    read: ofLines(({ texts }) => texts.known),
  },
  {
    name: 'visitlog_register_refusals_total',
    help: 'Listings that the register refused to take; their texts stay on the modem.',
    type: 'counter',
    read: ofLines(({ texts }) => texts.refusals),
  },
  {
    name: 'visitlog_line_state',
    help: '1 for the state that the line is in, 0 for each other.',
    type: 'gauge',
    read: ({ status }) =>
      status.lines.flatMap(({ name, state }) => oneOf(states, state, 'state', { line: name })),
  },
  {
    name: 'visitlog_line_proven',
    help: '1 for what the line has proven of its service within its time, else 0: sim, network, memory, notifications.',
    type: 'gauge',
    read: ofProofs(({ proven }) => Number(proven)),
  },
  {
    name: 'visitlog_line_proof_age_seconds',
    help: 'How long ago that was proven last; no sample if never since the last set-up, or disproved since.',
    type: 'gauge',
    read: ofProofs(({ age_s }) => age_s),
  },
  {
    name: 'visitlog_line_out_of_service_seconds',
    help: 'How long the line has not been receiving; 0 while it is.',
    type: 'gauge',
    read: ofLines((line) => line.out_of_service_s),
  },
  {
    name: 'visitlog_line_registered',
    help: '1 while the modem is registered with a network, else 0.',
    type: 'gauge',
    read: ofLines(({ registration }) =>
      registration === null ? null : Number(['home', 'roaming', 'sms-only'].includes(registration)),
    ),
  },
  {
    name: 'visitlog_line_signal_dbm',
    help: 'Received signal strength in dBm.',
    type: 'gauge',
    read: ofLines(({ signal }) => signal?.dbm),
  },
  {
    name: 'visitlog_line_signal_bars',
    help: 'Received signal strength from 0 to 5.',
    type: 'gauge',
    read: ofLines(({ signal }) => signal?.bars),
  },
  {
    name: 'visitlog_line_storage_used',
    help: 'Texts in the memory of the modem that new texts go to.',
    type: 'gauge',
    read: ofLines(({ storage }) => storage?.used),
  },
  {
    name: 'visitlog_line_storage_slots',
    help: 'Texts that this memory has room for.',
    type: 'gauge',
    read: ofLines(({ storage }) => storage?.total),
  },
  {
    name: 'visitlog_line_waiting_texts',
    help: 'Texts in the modem that the register has refused so far.',
    type: 'gauge',
    read: ofLines((line) => line.waiting),
  },
  {
    name: 'visitlog_line_direct_waiting_texts',
    help: 'Texts that came directly and that the register has refused so far; no modem holds them.',
    type: 'gauge',
    read: ofLines((line) => line.direct_waiting),
  },
  {
    name: 'visitlog_line_undeletable_slots',
    help: 'Slots of the modem whose text is in the register and cannot be deleted.',
    type: 'gauge',
    read: ofLines((line) => line.undeletable),
  },
  {
    name: 'visitlog_line_missing_texts_total',
    help: 'Texts that the modem has announced and that could not be found in any of its memories.',
    type: 'counter',
    read: ofLines((line) => line.missing),
  },
  {
    name: 'visitlog_line_last_text_timestamp_seconds',
    help: 'When the last text of the line was accepted.',
    type: 'gauge',
    read: ofLines((line) => seconds(line.last_text_at)),
  },
  {
    name: 'visitlog_line_alarm',
    help: '1 for each alarm of the line, by its code.',
    type: 'gauge',
    read: ({ status }) =>
      status.lines.flatMap(({ name, alarms }) =>
        alarms.map((alarm) => ({ value: 1, labels: { line: name, alarm } })),
      ),
  },
  {
    name: 'visitlog_line_resets_total',
    help: 'Resets of the modem, by step: radio, restart, hook (reset_command).',
    type: 'counter',
    read: byLabel(({ resets }) => resets, 'rung'),
  },
  {
    name: 'visitlog_line_reconnects_total',
    help: 'How often the port was opened again.',
    type: 'counter',
    read: ofLines((line) => line.reconnects),
  },
  {
    name: 'visitlog_line_deafness_total',
    help: 'How often a new registration brought texts to a line that had been quiet.',
    type: 'counter',
    read: ofLines((line) => line.deafness),
  },
  {
    name: 'visitlog_line_calls_total',
    help: 'Calls that rang the line and were hung up.',
    type: 'counter',
    read: ofLines((line) => line.calls),
  },
  {
    name: 'visitlog_at_commands_total',
    help: 'AT commands written to the modem.',
    type: 'counter',
    read: ofLines((line) => line.commands),
  },
];
