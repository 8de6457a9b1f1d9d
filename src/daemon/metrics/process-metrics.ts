import { type Metric, one, seconds } from './metric.ts';

/** What the process costs, under the names that every client library gives. */
export const processMetrics: readonly Metric[] = [
  {
    name: 'process_start_time_seconds',
    help: 'When the gateway was started.',
    type: 'gauge',
    read: ({ status }) => one(seconds(status.since)),
  },
  {
    name: 'process_cpu_seconds_total',
    help: 'Processor time of the gateway.',
    type: 'counter',
    read: ({ process }) => one(process.cpuSeconds),
  },
  {
    name: 'process_resident_memory_bytes',
    help: 'Memory of the gateway.',
    type: 'gauge',
    read: ({ process }) => one(process.residentBytes),
  },
  {
    name: 'process_open_fds',
    help: 'Files, sockets and ports that the gateway has open.',
    type: 'gauge',
    read: ({ process }) => one(process.openFiles),
  },
  {
    name: 'nodejs_heap_size_used_bytes',
    help: 'Part of the memory that the program has in use.',
    type: 'gauge',
    read: ({ process }) => one(process.heapUsedBytes),
  },
];
