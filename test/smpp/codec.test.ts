import { describe, expect, it } from 'vitest';
import { decodePdu, encodePdu } from '../../src/smpp/codec.ts';
import { commands } from '../../src/smpp/pdu-table.ts';

const hex = (text: string) => Buffer.from(text.replace(/\s+/g, ''), 'hex');

/** Laid out octet by octet by the tables of SMPP 3.4, chapter 4. */
const vectors = [
  {
    name: 'bind_receiver (§4.1.3)',
    octets: `0000002F 00000001 00000000 00000001 534D50503354455354 00 7365637265743038 00 5355424D495431 00 34 01 01 00`,
    pdu: {
      command: 'bind_receiver',
      sequence: 1,
      fields: {
        system_id: 'SMPP3TEST',
        password: 'secret08',
        system_type: 'SUBMIT1',
        interface_version: 0x34,
        addr_ton: 1,
        addr_npi: 1,
        address_range: '',
      },
    },
  },
  {
    name: 'bind_transceiver_resp (§4.1.6) with sc_interface_version',
    octets: `0000001A 80000009 00000000 00000002 534D5343 00 0210 0001 34`,
    pdu: {
      command: 'bind_transceiver_resp',
      sequence: 2,
      fields: { system_id: 'SMSC' },
      optionals: new Map([[0x0210, hex('34')]]),
    },
  },
  {
    name: 'bind_receiver_resp that refuses, without a body',
    octets: `00000010 80000001 0000000E 00000003`,
    pdu: { command: 'bind_receiver_resp', status: 14, sequence: 3, fields: { system_id: '' } },
  },
  {
    name: 'deliver_sm (§4.6.1) with a header and an optional parameter',
    octets: `00000052 00000005 00000000 0000002A 00 02 01 3031303535353030313233 00 02 01 30333133323432393030 00
      40 00 00 00 00 00 00 00 00 11 050003A50201 30333133323432313134 0A 020A 0002 1F90 1501 0001 FF`,
    pdu: {
      command: 'deliver_sm',
      sequence: 42,
      fields: {
        service_type: '',
        source_addr_ton: 2,
        source_addr_npi: 1,
        source_addr: '01055500123',
        dest_addr_ton: 2,
        dest_addr_npi: 1,
        destination_addr: '0313242900',
        esm_class: 0x40,
        protocol_id: 0,
        priority_flag: 0,
        schedule_delivery_time: '',
        validity_period: '',
        registered_delivery: 0,
        replace_if_present_flag: 0,
        data_coding: 0,
        sm_default_msg_id: 0,
        short_message: hex('050003A50201 30333133323432313134 0A'),
      },
      optionals: new Map([
        [0x020a, hex('1F90')],
        [0x1501, hex('FF')],
      ]),
    },
  },
  {
    name: 'deliver_sm_resp (§4.6.2)',
    octets: `00000011 80000005 00000000 0000002A 00`,
    pdu: { command: 'deliver_sm_resp', sequence: 42, fields: { message_id: '' } },
  },
  {
    name: 'enquire_link (§4.11.1)',
    octets: `00000010 00000015 00000000 7FFFFFFF`,
    pdu: { command: 'enquire_link', sequence: 0x7fff_ffff, fields: {} },
  },
  {
    name: 'unbind (§4.2.1)',
    octets: `00000010 00000006 00000000 00000009`,
    pdu: { command: 'unbind', sequence: 9, fields: {} },
  },
  {
    name: 'generic_nack (§4.3.1)',
    octets: `00000010 80000000 00000003 00000000`,
    pdu: { command: 'generic_nack', status: 3, sequence: 0, fields: {} },
  },
  {
    name: 'data_sm (§4.7.1)',
    octets: `00000030 00000103 00000000 00000005 00 01 01 383231 00 01 01 333130 00 00 00 00 0424 000A 30333133323432313134`,
    pdu: {
      command: 'data_sm',
      sequence: 5,
      fields: {
        service_type: '',
        source_addr_ton: 1,
        source_addr_npi: 1,
        source_addr: '821',
        dest_addr_ton: 1,
        dest_addr_npi: 1,
        destination_addr: '310',
        esm_class: 0,
        registered_delivery: 0,
        data_coding: 0,
      },
      optionals: new Map([[0x0424, Buffer.from('0313242114')]]),
    },
  },
] as const;

describe('the codec of SMPP', () => {
  it.each(vectors)('reads and writes $name', ({ octets, pdu }) => {
    const given = hex(octets);
    given.writeUInt32BE(given.length, 0);
    const decoded = decodePdu(given);
    expect(decoded).toEqual({ ok: true, pdu: { status: 0, optionals: new Map(), ...pdu } });
    if (!decoded.ok) return;
    const { command, status, sequence, fields, optionals } = decoded.pdu;
    expect(encodePdu(command, { status, sequence, fields, optionals } as never)).toEqual(given);
  });

  it('writes the lengths that the vectors say', () => {
    for (const { octets } of vectors.filter(
      ({ name }) => !name.startsWith('deliver_sm (') && !name.startsWith('data'),
    ))
      expect(hex(octets).readUInt32BE(0)).toBe(hex(octets).length);
  });

  it('refuses every PDU that is cut short anywhere, and reads none of it', () => {
    for (const { octets, name } of vectors) {
      const whole = hex(octets);
      for (let length = 16; length < whole.length; length += 1) {
        const cut = Buffer.from(whole.subarray(0, length));
        cut.writeUInt32BE(length, 0);
        const decoded = decodePdu(cut);
        // An answer may lack its body, and a PDU may end before any optional parameter.
        const isWhole =
          decoded.ok &&
          (length === 16 || name.includes('optional') || name.includes('sc_') || name.startsWith('data'));
        if (decoded.ok) expect(isWhole, `${name} ${length}`).toBe(true);
      }
    }
  });

  it('refuses a string without its end, one that is too long, and lengths that run past the end', () => {
    const status = (pdu: Buffer) => {
      pdu.writeUInt32BE(pdu.length, 0);
      const decoded = decodePdu(pdu);
      return decoded.ok ? null : [decoded.error.path, decoded.error.status];
    };
    const bind = encodePdu('bind_receiver', { sequence: 1, fields: { password: '123456789' } });
    expect(status(bind)).toEqual(['password', 0xc2]);
    const deliver = encodePdu('deliver_sm', { sequence: 1, fields: { short_message: Buffer.from('12') } });
    expect(status(Buffer.from(deliver.subarray(0, deliver.length - 1)))).toEqual(['short_message', 1]);
    expect(status(Buffer.concat([deliver, hex('020A 0003 1F90')]))).toEqual(['optional', 0xc0]);
    expect(status(Buffer.concat([deliver, hex('020A')]))).toEqual(['optional', 0xc0]);
    expect(status(Buffer.from(deliver.subarray(0, 18)))).toEqual(['source_addr_npi', 2]);
  });

  it('refuses a command that it does not know, and a length that is not that of the octets', () => {
    expect(decodePdu(hex('00000010 00010200 00000000 00000007'))).toEqual({
      ok: false,
      error: { id: 0x0001_0200, sequence: 7, status: 3, path: 'command' },
    });
    expect(decodePdu(hex('00000011 00000015 00000000 00000007'))).toMatchObject({
      error: { status: 2, path: 'command_length' },
    });
  });

  it('has each answer under the id of its command with the highest bit', () => {
    for (const [name, { id }] of Object.entries(commands)) {
      const answer = Object.entries(commands).find(([other]) => other === `${name}_resp`)?.[1];
      if (answer) expect(answer.id).toBe(id + 0x8000_0000);
    }
  });

  it('never throws for any octets', () => {
    let state = 1;
    const random = () => {
      state = (state * 48_271) % 0x7fff_ffff;
      return state;
    };
    for (let i = 0; i < 20_000; i += 1) {
      const base = hex(vectors[random() % vectors.length]?.octets ?? '');
      for (let n = 0; n < 3; n += 1) base[random() % base.length] = random() & 0xff;
      base.writeUInt32BE(base.length, 0);
      expect(() => decodePdu(base)).not.toThrow();
    }
  });
});
