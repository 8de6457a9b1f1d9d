/**
 * Which SIM has refused the PIN that is on file. The key is the SIM's ICCID, or `imei:` and the modem's IMEI
 * where the modem tells no ICCID before the PIN.
 */
export interface PinAttempts {
  failed(simKey: string): boolean;
  /** Durable before it returns: it is called before the PIN is sent. */
  remember(simKey: string): void;
  forget(simKey: string): void;
}
