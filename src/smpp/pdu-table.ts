/*
 * The PDUs of SMPP 3.4 (Short Message Peer-to-Peer Protocol Specification v3.4, issue 1.2) that pass on the link of a
 * receiver or a transceiver, each as the standard's table of its fields, in order.
 */

/** A mandatory parameter: an unsigned integer, a C-octet string of at most `most` octets with its NUL, or octets. */
export type Field<Name extends string = string> =
  | { readonly name: Name; readonly kind: 'integer' }
  | { readonly name: Name; readonly kind: 'text'; readonly most: number }
  /** As many octets as the integer before it says (`sm_length`). */
  | { readonly name: Name; readonly kind: 'counted' };

const integer = <const Name extends string>(name: Name) => ({ name, kind: 'integer' }) as const;
const text = <const Name extends string>(name: Name, most: number) => ({ name, kind: 'text', most }) as const;
const counted = <const Name extends string>(name: Name) => ({ name, kind: 'counted' }) as const;

/** §4.1.3, §4.1.5: the same for a receiver and a transceiver. */
const bind = [
  text('system_id', 16),
  text('password', 9),
  text('system_type', 13),
  integer('interface_version'),
  integer('addr_ton'),
  integer('addr_npi'),
  text('address_range', 41),
] as const;

const bindAnswer = [text('system_id', 16)] as const;

const addresses = [
  text('service_type', 6),
  integer('source_addr_ton'),
  integer('source_addr_npi'),
  text('source_addr', 65),
  integer('dest_addr_ton'),
  integer('dest_addr_npi'),
  text('destination_addr', 65),
] as const;

/** §4.6.1. The standard allows addresses of 21 octets here; carriers that route by name send longer ones. */
const deliver = [
  ...addresses,
  integer('esm_class'),
  integer('protocol_id'),
  integer('priority_flag'),
  text('schedule_delivery_time', 17),
  text('validity_period', 17),
  integer('registered_delivery'),
  integer('replace_if_present_flag'),
  integer('data_coding'),
  integer('sm_default_msg_id'),
  counted('short_message'),
] as const;

/** §4.7.1: some centres deliver with it. */
const data = [
  ...addresses,
  integer('esm_class'),
  integer('registered_delivery'),
  integer('data_coding'),
] as const;

const messageId = [text('message_id', 65)] as const;

/** §4.12.1. It has no answer. */
const alert = [
  integer('source_addr_ton'),
  integer('source_addr_npi'),
  text('source_addr', 65),
  integer('esme_addr_ton'),
  integer('esme_addr_npi'),
  text('esme_addr', 65),
] as const;

/** Every command with its id (§5.1.2.1). */
export const commands = {
  generic_nack: { id: 0x8000_0000, fields: [] },
  bind_receiver: { id: 0x0000_0001, fields: bind },
  bind_receiver_resp: { id: 0x8000_0001, fields: bindAnswer },
  bind_transceiver: { id: 0x0000_0009, fields: bind },
  bind_transceiver_resp: { id: 0x8000_0009, fields: bindAnswer },
  unbind: { id: 0x0000_0006, fields: [] },
  unbind_resp: { id: 0x8000_0006, fields: [] },
  deliver_sm: { id: 0x0000_0005, fields: deliver },
  deliver_sm_resp: { id: 0x8000_0005, fields: messageId },
  data_sm: { id: 0x0000_0103, fields: data },
  data_sm_resp: { id: 0x8000_0103, fields: messageId },
  enquire_link: { id: 0x0000_0015, fields: [] },
  enquire_link_resp: { id: 0x8000_0015, fields: [] },
  alert_notification: { id: 0x0000_0102, fields: alert },
} as const satisfies Readonly<Record<string, { readonly id: number; readonly fields: readonly Field[] }>>;

export type CommandName = keyof typeof commands;

type FieldValue<F extends Field> = F['kind'] extends 'integer'
  ? number
  : F['kind'] extends 'text'
    ? string
    : Uint8Array;

/** The mandatory parameters of a command, by the standard's names. */
export type FieldsOf<C extends CommandName> = {
  readonly [F in (typeof commands)[C]['fields'][number] as F['name']]: FieldValue<F>;
};

const namesById = new Map<number, CommandName>(
  Object.entries(commands).map(([name, { id }]) => [id, name as CommandName]),
);

export function commandOf(id: number): CommandName | null {
  return namesById.get(id) ?? null;
}

/** Values of `command_status` (§5.1.3) that this link sends, or tells apart. */
export const commandStatus = {
  ok: 0x00,
  invalidMessageLength: 0x01,
  invalidCommandLength: 0x02,
  invalidCommandId: 0x03,
  wrongBindState: 0x04,
  alreadyBound: 0x05,
  systemError: 0x08,
  bindFailed: 0x0d,
  invalidPassword: 0x0e,
  invalidSystemId: 0x0f,
  throttled: 0x58,
  /** ESME_RX_T_APPN: the receiver cannot take it now; the centre tries again later. */
  receiverTemporary: 0x64,
  invalidOptionalStream: 0xc0,
  invalidParameterLength: 0xc2,
} as const;

/** Optional parameters (§5.3.2) that have a meaning for a text; all others are passed over. */
export const tag = {
  callbackNumber: 0x0381,
  destinationPort: 0x020b,
  messagePayload: 0x0424,
  messageState: 0x0427,
  sarReference: 0x020c,
  sarTotal: 0x020e,
  sarSequence: 0x020f,
  sourcePort: 0x020a,
} as const;
