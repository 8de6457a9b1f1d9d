/*
 * The tables of SMPP 3.4, issue 1.2, as they stand in its chapters 4 and 5, and a check of octets against them. It shares
 * nothing with the codec: a wrong row there is not wrong here as well.
 */

/** Size in octets; of a C-octet string the most, with its NUL; `sm` as many as the octet before says (`sm_length`). */
type Row =
  | readonly [name: string, type: 'Integer', size: number]
  | readonly [string, 'C-Octet', number]
  | readonly [string, 'Octet', 'sm'];

const bindRows: readonly Row[] = [
  ['system_id', 'C-Octet', 16],
  ['password', 'C-Octet', 9],
  ['system_type', 'C-Octet', 13],
  ['interface_version', 'Integer', 1],
  ['addr_ton', 'Integer', 1],
  ['addr_npi', 'Integer', 1],
  ['address_range', 'C-Octet', 41],
];

const dataRows = (addressOctets: number): readonly Row[] => [
  ['service_type', 'C-Octet', 6],
  ['source_addr_ton', 'Integer', 1],
  ['source_addr_npi', 'Integer', 1],
  ['source_addr', 'C-Octet', addressOctets],
  ['dest_addr_ton', 'Integer', 1],
  ['dest_addr_npi', 'Integer', 1],
  ['destination_addr', 'C-Octet', addressOctets],
  ['esm_class', 'Integer', 1],
];

interface Table {
  readonly clause: string;
  readonly id: number;
  readonly rows: readonly Row[];
  /** A refusal has the header alone. */
  readonly isBareIfRefused?: boolean;
  readonly hasOptionals?: boolean;
}

export const tables: Readonly<Record<string, Table>> = {
  bind_receiver: { clause: '4.1.3', id: 0x0000_0001, rows: bindRows },
  bind_receiver_resp: {
    ...{ clause: '4.1.4', id: 0x8000_0001, rows: [['system_id', 'C-Octet', 16]] },
    ...{ isBareIfRefused: true, hasOptionals: true },
  },
  bind_transceiver: { clause: '4.1.5', id: 0x0000_0009, rows: bindRows },
  bind_transceiver_resp: {
    ...{ clause: '4.1.6', id: 0x8000_0009, rows: [['system_id', 'C-Octet', 16]] },
    ...{ isBareIfRefused: true, hasOptionals: true },
  },
  unbind: { clause: '4.2.1', id: 0x0000_0006, rows: [] },
  unbind_resp: { clause: '4.2.2', id: 0x8000_0006, rows: [] },
  generic_nack: { clause: '4.3.1', id: 0x8000_0000, rows: [] },
  deliver_sm: {
    clause: '4.6.1',
    id: 0x0000_0005,
    hasOptionals: true,
    rows: [
      ...dataRows(21),
      ['protocol_id', 'Integer', 1],
      ['priority_flag', 'Integer', 1],
      // 1: "must be set to NULL".
      ['schedule_delivery_time', 'C-Octet', 1],
      ['validity_period', 'C-Octet', 1],
      ['registered_delivery', 'Integer', 1],
      ['replace_if_present_flag', 'Integer', 1],
      ['data_coding', 'Integer', 1],
      ['sm_default_msg_id', 'Integer', 1],
      ['sm_length', 'Integer', 1],
      ['short_message', 'Octet', 'sm'],
    ],
  },
  deliver_sm_resp: {
    ...{ clause: '4.6.2', id: 0x8000_0005, rows: [['message_id', 'C-Octet', 1]] },
    isBareIfRefused: true,
  },
  data_sm: {
    clause: '4.7.1',
    id: 0x0000_0103,
    hasOptionals: true,
    rows: [...dataRows(65), ['registered_delivery', 'Integer', 1], ['data_coding', 'Integer', 1]],
  },
  data_sm_resp: {
    ...{ clause: '4.7.2', id: 0x8000_0103, rows: [['message_id', 'C-Octet', 65]] },
    ...{ isBareIfRefused: true, hasOptionals: true },
  },
  enquire_link: { clause: '4.11.1', id: 0x0000_0015, rows: [] },
  enquire_link_resp: { clause: '4.11.2', id: 0x8000_0015, rows: [] },
  alert_notification: {
    clause: '4.12.1',
    id: 0x0000_0102,
    hasOptionals: true,
    rows: [
      ['source_addr_ton', 'Integer', 1],
      ['source_addr_npi', 'Integer', 1],
      ['source_addr', 'C-Octet', 65],
      ['esme_addr_ton', 'Integer', 1],
      ['esme_addr_npi', 'Integer', 1],
      ['esme_addr', 'C-Octet', 65],
    ],
  },
};

/** The size of an optional parameter's value (§5.3.2): exactly, or from … to. */
const optionalSizes: Readonly<Record<number, readonly [from: number, to: number]>> = {
  30: [1, 65],
  516: [2, 2],
  522: [2, 2],
  523: [2, 2],
  524: [2, 2],
  526: [1, 1],
  527: [1, 1],
  528: [1, 1],
  897: [4, 19],
  1058: [1, 1],
  1060: [0, 65_535],
  1063: [1, 1],
};

/** How these octets differ from the table of their PDU, each as a sentence. */
export function departuresOf(pdu: Buffer): string[] {
  const id = pdu.readUInt32BE(4);
  const [name, table] = Object.entries(tables).find(([, each]) => each.id === id) ?? [];
  if (name === undefined || table === undefined) return [`command_id is ${id.toString(16)}`];
  const status = pdu.readUInt32BE(8);
  const said = departuresOfHeader(pdu, name === 'generic_nack');
  if (table.isBareIfRefused && status !== 0 && pdu.length === 16) return said;
  const body = readRows(pdu, table.rows);
  said.push(...body.said);
  if (body.at === null) return said;
  if (body.at < pdu.length && !table.hasOptionals)
    return [...said, `${pdu.length - body.at} octets behind the last parameter`];
  return [...said, ...departuresOfOptionals(pdu, body.at)];
}

function departuresOfHeader(pdu: Buffer, isNack: boolean): string[] {
  const said: string[] = [];
  if (pdu.readUInt32BE(0) !== pdu.length) said.push(`command_length is ${pdu.readUInt32BE(0)}`);
  const isRequest = pdu.readUInt32BE(4) < 0x8000_0000;
  if (isRequest && pdu.readUInt32BE(8) !== 0) said.push('a request has a command_status');
  const sequence = pdu.readUInt32BE(12);
  // §4.3.1: of what could not be read, it is NULL.
  if (sequence < (isNack ? 0 : 1) || sequence > 0x7fff_ffff) said.push(`sequence_number is ${sequence}`);
  return said;
}

/** `at`: where the optional parameters begin; null if the rows are not whole. */
function readRows(
  pdu: Buffer,
  rows: readonly Row[],
): { readonly said: readonly string[]; readonly at: number | null } {
  const said: string[] = [];
  let at = 16;
  for (const [field, type, size] of rows) {
    const end =
      type === 'Integer' ? at + size : type === 'C-Octet' ? pdu.indexOf(0, at) + 1 : at + (pdu[at - 1] ?? 0);
    if (end === 0) return { said: [...said, `${field} has no end`], at: null };
    if (end > pdu.length) return { said: [...said, `${field} runs past the end`], at: null };
    if (type === 'C-Octet' && end - at > size) said.push(`${field} has ${end - at} octets`);
    at = end;
  }
  return { said, at };
}

function departuresOfOptionals(pdu: Buffer, from: number): string[] {
  const said: string[] = [];
  for (let at = from; at < pdu.length; ) {
    if (at + 4 > pdu.length) return [...said, 'half an optional parameter'];
    const tag = pdu.readUInt16BE(at);
    const length = pdu.readUInt16BE(at + 2);
    const [least, most] = optionalSizes[tag] ?? [0, 65_535];
    if (length < least || length > most) said.push(`parameter ${tag.toString(16)} has ${length} octets`);
    at += 4 + length;
    if (at > pdu.length) return [...said, `parameter ${tag.toString(16)} runs past the end`];
  }
  return said;
}
