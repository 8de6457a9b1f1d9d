import { type Payload, septetsOf, type UserData } from '../../src/sms/user-data.ts';

/** Decoded user data, to be encoded again after any header. */
export function payloadOf(userData: UserData): Payload {
  return userData.septets === null ? { octets: userData.octets } : { septets: septetsOf(userData) };
}
