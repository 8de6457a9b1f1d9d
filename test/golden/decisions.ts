/** Vectors that we hold to be wrong: what they ask for, and why we do otherwise. */
export const disagreements: Readonly<Record<string, string>> = {
  'mm-24':
    'It asks for an error because TP-UDHI is set and TP-UDL is 0. The like (gammu-12) is stored by real modems and is to be read as an empty text: one rule for both, and no text lost to a flag.',
  'mm-25': 'As mm-24: TP-UDHI set, TP-UDL 0. Read as an empty text, like gammu-12.',
};

/** Vectors that a decoder may rightly read otherwise; here ours does as they say, for these reasons. */
export const decisions: Readonly<Record<string, string>> = {
  'pygsmmodem-24':
    'User data shorter than TP-UDL says is an error: the raw line is kept whole, half a number is none.',
  'pygsmmodem-25': 'TP-MTI 3 is read as a deliver, which then asks for compressed text: refused.',
  'pygsmmodem-28': 'The digit 1011 is # (TS 24.008 table 10.5.118).',
  'pymessaging-29': 'As pygsmmodem-24: the last octet is missing.',
  'warthog-21': 'TP-PI announces TP-PID and nothing is there: cut off, so an error.',
  'warthog-22': 'As warthog-21, TP-DCS.',
  'warthog-23': 'As warthog-21, TP-UDL.',
  'warthog-45': 'The filler is missing, but the length counts the digits.',
  'warthog-49': 'Two-digit years: 90–99 are 19xx, so 70 is 2070.',
  'warthog-50':
    'A semi-octet above 9 counts as 0 (TS 23.040 §9.2.3.11); the text must not be lost to a clock.',
  'warthog-51': 'As warthog-50.',
  'warthog-53': 'An escape at the end is shown as a space, as two escapes are.',
  'warthog-65': 'Half a surrogate pair becomes U+FFFD; what is before it stays.',
  'warthog-66': 'An odd octet at the end becomes U+FFFD; what is before it stays.',
  'androidcr-01':
    'DCS 95 is KS C 5601 with a class: the designated number is a Korean SIM, and the octets leave no doubt. Bits 3–2 must say 01 as in 84; other codes of the reserved groups stay 7 bit (synth-29, synth-30).',
  'luatos-11': 'TP-UDHI is clear: there is no header, whatever the octets look like. Nothing is guessed.',
  'luatos-12': 'As luatos-11.',
  'gecko-27': 'All septets of the address are shown, not only the printable one.',
  'smspdudecoder-01': 'Two-digit years: 98 is 1998.',
  'libosmocore-09': 'A zero 8th septet of an alphanumeric sender is padding, not an @.',
  'gammu-08': 'Bit 3 of group 1111 is reserved and not looked at; bit 2 clear is 7 bit.',
  'gammu-12': 'TP-UDL 0 is an empty text, header or not.',
  'devicegsm-06': 'An odd number of hexadecimal digits is a torn line: the raw line is kept.',
  'devicegsm-07': 'As devicegsm-06.',
  'devicegsm-08': 'As devicegsm-06.',
  'devicegsm-09': 'As devicegsm-06.',
  'gecko-28': 'As pygsmmodem-24: one octet short.',
  'legato-af-13': 'As pygsmmodem-24: twenty septets short.',
  'synth-05': 'Half a Korean character at the end becomes U+FFFD.',
  'synth-26': 'The reserved alphabet 11 is read as the default one (TS 23.038 §4).',
  'synth-29':
    'A reserved coding group is read as the default alphabet (TS 23.038 §4), 84 and its classes apart.',
  'synth-30': 'As synth-29.',
};
