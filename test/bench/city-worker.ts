import { parentPort } from 'node:worker_threads';
import { type HourTask, sealHour } from './city-sealing.ts';

parentPort?.on('message', (task: HourTask) => {
  const made = sealHour(task);
  const parts = [made.venues, made.seconds, made.ids, made.delaysMs, made.tags, made.sealed];
  parentPort?.postMessage(
    made,
    parts.map(({ buffer }) => buffer as ArrayBuffer),
  );
});
