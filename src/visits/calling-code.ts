/**
 * Country codes in use (ITU-T E.164, list of assigned codes): one digit, two, or three. A table of its own, because to
 * mask a number no more has to be known of a country than how long its code is.
 */
const assigned =
  /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|2(?:1[1-368]|[2346]\d|5[0-8]|9[01789])|3(?:5\d|7\d|8[0-35-79])|42[013]|5[09]\d|6(?:[78]\d|9[0-2])|8(?:00|08|5[02356]|7[08]|8[01236-8])|9(?:6[0-8]|7[0-79]|9[2-68]))/;

/** The country code of a number in E.164 (`+8613800000000` has `86`), or null where none is assigned. */
export function callingCodeOf(e164: string): string | null {
  return assigned.exec(e164.slice(1))?.[0] ?? null;
}
