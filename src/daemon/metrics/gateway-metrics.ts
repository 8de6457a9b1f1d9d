import { type Metric, one, oneOf, seconds } from './metric.ts';

/** What is measured of the gateway as a whole. */
export const gatewayMetrics: readonly Metric[] = [
  {
    name: 'visitlog_build_info',
    help: 'The version of visitlog and of its runtime; always 1.',
    type: 'gauge',
    read: ({ status, process }) => [
      { value: 1, labels: { version: status.version, runtime: process.runtime } },
    ],
  },
  {
    name: 'visitlog_status',
    help: '1 for the state of the gateway: well, degraded or down; 0 for the others.',
    type: 'gauge',
    read: ({ status }) => oneOf(['well', 'degraded', 'down'], status.status, 'status'),
  },
  {
    name: 'visitlog_reason',
    help: '1 for each reason why the gateway is not well, by its code; line is empty if it concerns no line.',
    type: 'gauge',
    read: ({ status }) =>
      status.reasons.map(({ code, line, severity }) => ({
        value: 1,
        labels: { code, line: line ?? '', severity },
      })),
  },
  {
    name: 'visitlog_observed_timestamp_seconds',
    help: 'When these metrics were read.',
    type: 'gauge',
    read: ({ status }) => one(seconds(status.at)),
  },
  {
    name: 'visitlog_commit_duration_seconds',
    help: 'Time to write a listing of texts to disk.',
    type: 'histogram',
    read: ({ counters }) => counters.commit,
  },
  {
    name: 'visitlog_text_delay_seconds',
    help: 'From the network timestamp of a text until it was on disk.',
    type: 'histogram',
    read: ({ counters }) => counters.endToEnd,
  },
  {
    name: 'visitlog_register_rows',
    help: 'Rows in the register, by kind.',
    type: 'gauge',
    read: ({ status: { register } }) =>
      register === null
        ? []
        : (['visits', 'unresolved', 'undecodable', 'notices'] as const).map((kind) => ({
            value: register[kind],
            labels: { kind },
          })),
  },
  {
    name: 'visitlog_register_waiting_parts',
    help: 'Segments of long texts that wait for the rest of their text.',
    type: 'gauge',
    read: ({ status }) => (status.register === null ? [] : one(status.backlog.parts)),
  },
  {
    name: 'visitlog_register_keys_missing',
    help: 'Hours that have rows and no key: their rows cannot be read.',
    type: 'gauge',
    read: ({ status }) => one(status.register?.keyless_hours),
  },
  {
    name: 'visitlog_register_oldest_record_age_seconds',
    help: 'Age of the oldest hour that has a row.',
    type: 'gauge',
    read: ({ status: { at, register } }) => {
      const oldest = seconds(register?.oldest_at);
      return one(oldest === null ? null : (seconds(at) ?? 0) - oldest);
    },
  },
  {
    name: 'visitlog_register_database_bytes',
    help: 'Size of the database file.',
    type: 'gauge',
    read: ({ status }) => one(status.register?.database_bytes),
  },
  {
    name: 'visitlog_register_wal_bytes',
    help: 'Size of the write-ahead log.',
    type: 'gauge',
    read: ({ status }) => one(status.register?.wal_bytes),
  },
  {
    name: 'visitlog_sweep_state',
    help: '1 for the state of the sweep, 0 for the others.',
    type: 'gauge',
    read: ({ status }) => oneOf(['idle', 'sweeping', 'waiting', 'failing'], status.sweep?.state, 'state'),
  },
  {
    name: 'visitlog_sweep_last_timestamp_seconds',
    help: 'When the last complete sweep began.',
    type: 'gauge',
    read: ({ status }) => one(seconds(status.sweep?.last_at)),
  },
  {
    name: 'visitlog_sweep_lag_seconds',
    help: 'How long the sweep is overdue.',
    type: 'gauge',
    read: ({ status }) => one(status.sweep?.lag_s),
  },
  {
    name: 'visitlog_keyring_keys',
    help: 'Hours that have a key.',
    type: 'gauge',
    read: ({ status }) => one(status.keyring?.keys),
  },
  {
    name: 'visitlog_keyring_slots',
    help: 'Hours that the keyring has room for.',
    type: 'gauge',
    read: ({ status }) => one(status.keyring?.slots),
  },
  {
    name: 'visitlog_audit_state',
    help: '1 for the state of the audit log, 0 for the others.',
    type: 'gauge',
    read: ({ status }) => oneOf(['whole', 'lost', 'broken', 'failing'], status.audit?.state, 'state'),
  },
  {
    name: 'visitlog_audit_rows',
    help: 'Number of the last row of the audit log.',
    type: 'gauge',
    read: ({ status }) => one(status.audit?.rows),
  },
  {
    name: 'visitlog_audit_anchored_rows',
    help: 'Number of the last row of the audit log that an anchor covers.',
    type: 'gauge',
    read: ({ status }) => one(status.audit?.anchored),
  },
  {
    name: 'visitlog_audit_verified_timestamp_seconds',
    help: 'When the gateway last checked the whole audit log.',
    type: 'gauge',
    read: ({ status }) => one(seconds(status.audit?.verified_at)),
  },
  {
    name: 'visitlog_clock_state',
    help: '1 for the state of the clock of the machine, 0 for the others.',
    type: 'gauge',
    read: ({ status }) =>
      oneOf(
        ['sound', 'corrected', 'behind', 'ahead', 'leapt', 'contradicted'],
        status.clock?.standing,
        'state',
      ),
  },
  {
    name: 'visitlog_clock_leap_seconds',
    help: 'Difference between the clock and the time expected from the sweep before.',
    type: 'gauge',
    read: ({ status }) => one(status.clock?.leap_s),
  },
  {
    name: 'visitlog_clock_synchronised',
    help: '1 while a time service keeps the clock of the machine, else 0.',
    type: 'gauge',
    read: ({ status: { clock } }) =>
      one(clock === null || clock.synchronised === null ? null : Number(clock.synchronised)),
  },
  {
    name: 'visitlog_clock_agrees_with_network',
    help: '1 if the time of texts has agreed with the clock within a week, and nobody has set the clock since; else 0.',
    type: 'gauge',
    read: ({ status: { clock } }) => one(clock === null ? null : Number(clock.agrees_with_network)),
  },
  {
    name: 'visitlog_disk_state',
    help: '1 for how much room the disk has left, 0 for the others; full: texts stay on their modems.',
    type: 'gauge',
    read: ({ status }) => oneOf(['roomy', 'low', 'full'], status.disk?.state, 'state'),
  },
  {
    name: 'visitlog_disk_free_bytes',
    help: 'Room left on the file system of the register.',
    type: 'gauge',
    read: ({ status }) => one(status.disk?.free_bytes),
  },
  {
    name: 'visitlog_disk_size_bytes',
    help: 'Size of this file system.',
    type: 'gauge',
    read: ({ status }) => one(status.disk?.total_bytes),
  },
  {
    name: 'visitlog_central_state',
    help: '1 for the state of the way to the central register, 0 for the others; no sample on a host that is no site of one.',
    type: 'gauge',
    read: ({ status }) =>
      oneOf(['connecting', 'forwarding', 'idle', 'waiting', 'failing'], status.central?.state, 'state'),
  },
  {
    name: 'visitlog_central_stuck_seconds',
    help: 'How long nothing could go to the central register; 0 while it can.',
    type: 'gauge',
    read: ({ status }) => one(status.central?.stuck_s),
  },
  {
    name: 'visitlog_central_waiting_rows',
    help: 'Rows that have not gone to the central register.',
    type: 'gauge',
    read: ({ status }) => one(status.central?.waiting),
  },
  {
    name: 'visitlog_central_oldest_waiting_age_seconds',
    help: 'Age of the oldest hour that has such a row.',
    type: 'gauge',
    read: ({ status: { at, central } }) => {
      const oldest = seconds(central?.oldest_at);
      return one(oldest === null ? null : (seconds(at) ?? 0) - oldest);
    },
  },
  {
    name: 'visitlog_central_forwarded_rows_total',
    help: 'Rows that have gone to the central register since the start.',
    type: 'counter',
    read: ({ status }) => one(status.central?.forwarded),
  },
  {
    name: 'visitlog_central_replicated',
    help: '1 while a synchronous standby has what is sent, too, else 0.',
    type: 'gauge',
    read: ({ status: { central } }) =>
      one(central === null || central.replicated === null ? null : Number(central.replicated)),
  },
  {
    name: 'visitlog_central_places_age_seconds',
    help: 'How long ago the copy of the central register’s places was known to be the latest; no sample without a copy.',
    type: 'gauge',
    read: ({ status }) => one(status.central?.places?.age_s),
  },
  {
    name: 'visitlog_holder_state',
    help: '1 for the state of this holder of a central register, 0 for the others; no sample on another host.',
    type: 'gauge',
    read: ({ status }) => oneOf(['starting', 'holding', 'waiting', 'failing'], status.holder?.state, 'state'),
  },
  {
    name: 'visitlog_holder_published_ahead_seconds',
    help: 'For how long ahead gateways have keys of this holder; below 0 if they have none.',
    type: 'gauge',
    read: ({ status: { at, holder } }) => {
      const until = seconds(holder?.published_until);
      return one(until === null ? null : until - (seconds(at) ?? 0));
    },
  },
  {
    name: 'visitlog_holder_foreign_keys',
    help: 'Hours for which a key is published in the name of this holder that is not its own.',
    type: 'gauge',
    read: ({ status }) => one(status.holder?.foreign_hours),
  },
];
