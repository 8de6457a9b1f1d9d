/** The `port` of a line whose texts `visitlog ingest` brings. */
export const ingestPort = 'ingest:';

/** Whether `visitlog ingest` brings a line's texts, and neither a modem nor a carrier's link. */
export function isIngestPort(port: string): boolean {
  return port === ingestPort;
}

/** The memory of texts that `visitlog ingest` brought: their sender holds them until they are answered. */
export const ingestMemory = 'ingest';
