/** A carrier's centre, as a line's `port` names it. */
export interface LinkAddress {
  readonly host: string;
  readonly port: number;
  readonly isSecure: boolean;
}

/** Reads `smpp://host:port` or `smpps://host:port`; null for anything else. */
export function parseLinkAddress(text: string): LinkAddress | null {
  const match = /^(smpps?):\/\/(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})$/.exec(text);
  const host = match?.[2] ?? match?.[3];
  const port = Number(match?.[4]);
  if (!host || port < 1 || port > 65_535) return null;
  return { host, port, isSecure: match?.[1] === 'smpps' };
}

/** Whether a line's `port` names a carrier's centre, and not a modem. */
export function isCarrierPort(port: string): boolean {
  return /^smpps?:\/\//.test(port);
}

/** The memory by which the register knows a carrier's texts, so that one is taken once although it comes again. */
export const carrierMemory = 'smpp';

/** What stands before the octets of a carrier's PDU that cannot be read, in the register. */
export const unreadableMark = 'smpp:';
