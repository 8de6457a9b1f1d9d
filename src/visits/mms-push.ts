/** WAP push, connectionless, plain and secure (WAP-259-WDP, Appendix B). */
const pushPorts = [2948, 2949];

const contentType = Uint8Array.from('application/vnd.wap.mms-message', (letter) => letter.charCodeAt(0));
/** The same as a well-known number (0x3E) in WSP's short-integer form. */
const contentTypeCode = 0xbe;
const pushType = 0x06;

/**
 * Whether 8-bit data announces an MMS: it goes to the WAP push port, or, where a modem has lost the ports, it is a
 * WSP push with the MMS content type (transaction id, 0x06, header length, content type …).
 */
export function isMmsPush(destinationPort: number | null, data: Uint8Array | null): boolean {
  if (destinationPort !== null && pushPorts.includes(destinationPort)) return true;
  if (data === null) return false;
  return (data[1] === pushType && data[3] === contentTypeCode) || indexOf(data, contentType) >= 0;
}

function indexOf(data: Uint8Array, wanted: Uint8Array): number {
  for (let at = 0; at + wanted.length <= data.length; at += 1) {
    let length = 0;
    while (length < wanted.length && data[at + length] === wanted[length]) length += 1;
    if (length === wanted.length) return at;
  }
  return -1;
}
