import { AppError, fault, systemCodeOf } from '../base/errors.ts';
import type { PostgresHost } from '../base/postgres-url.ts';

/** SQLSTATEs (PostgreSQL, Appendix A) that a person can do something about. */
const states = [
  { pattern: /^(?:28P01|28000)$/, code: 'central.login' },
  { pattern: /^3D000$/, code: 'central.no-database' },
  { pattern: /^(?:3F000|42P01|42883)$/, code: 'central.no-schema' },
  { pattern: /^42501$/, code: 'central.no-right' },
  { pattern: /^53100$/, code: 'central.disk-full' },
  { pattern: /^25006$/, code: 'central.no-primary' },
] as const;

/** Codes of TLS in Node, and of OpenSSL's certificate checks. */
const ofTls = /^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|EPROTO)/;

/**
 * The fault that stands for an error of the connection or of the server; an `AppError` passes. The server's own message is
 * left out: it may quote the row.
 */
export function centralError(thrown: unknown, host: PostgresHost): AppError {
  if (thrown instanceof AppError) return thrown;
  const cause = systemCodeOf(thrown);
  const at = `${host.host}:${host.port}`;
  const known = cause === null ? undefined : states.find(({ pattern }) => pattern.test(cause));
  if (known !== undefined) return fault(known.code, { host: at }, { cause: thrown });
  if (cause !== null && ofTls.test(cause))
    return fault('central.tls', { host: at, problem: cause }, { cause: thrown });
  if (isOfLogin(thrown)) return fault('central.login', { host: at }, { cause: thrown });
  if (isWithoutTls(thrown)) return fault('central.tls', { host: at, problem: 'no TLS' }, { cause: thrown });
  // Class 57: the server is being stopped or started, or was killed; class 08: the connection.
  const isGone = cause === null || !isOfServer(thrown) || /^(?:57P|08)/.test(cause);
  if (isGone) return fault('central.unreachable', { host: at, cause }, { cause: thrown });
  return fault('central.failed', { host: at, cause }, { cause: thrown });
}

/** A system's code such as EPIPE has the form of an SQLSTATE; what a server says has a severity. */
function isOfServer(thrown: unknown): boolean {
  return typeof (thrown as { severity?: unknown }).severity === 'string';
}

/** The library has no code for what goes wrong with a password that is not there, nor for a server without TLS. */
function isOfLogin(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.message.startsWith('SASL');
}

function isWithoutTls(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.message === 'The server does not support SSL connections';
}
