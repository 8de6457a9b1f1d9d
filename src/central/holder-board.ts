import type { HourBoard } from '../store/holder/holder-pass.ts';
import type { PublishedHour } from '../store/holder/published-hour.ts';
import type { Ask } from './records/central-reader.ts';

/** The board of hours in the central register. */
export function boardOver(ask: Ask): HourBoard {
  return {
    read: (holder, firstHour, lastHour) =>
      ask<PublishedHour>(
        `SELECT holder, hour, public_key AS "publicKey", signature FROM visitlog.hour_keys
         WHERE holder = $1 AND hour BETWEEN $2 AND $3 ORDER BY hour`,
        [holder, firstHour, lastHour],
      ),
    async add(hours) {
      await ask('SELECT visitlog.publish_hours($1, $2, $3)', [
        hours.map(({ hour }) => hour),
        hours.map(({ publicKey }) => publicKey),
        hours.map(({ signature }) => signature),
      ]);
    },
  };
}
