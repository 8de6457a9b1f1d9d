import { afterEach, describe, expect, it } from 'vitest';
import { encodePdu } from '../../src/smpp/codec.ts';
import { type CommandName, commands, type Field } from '../../src/smpp/pdu-table.ts';
import { type CarrierBench, startCarrierBench } from '../support/carrier-bench.ts';
import { departuresOf, tables } from './standard.ts';

/** Where our table is wider than the standard's: what it reads and the standard would refuse. */
const wider: Readonly<Record<string, number>> = {
  'deliver_sm source_addr': 65,
  'deliver_sm destination_addr': 65,
  'deliver_sm schedule_delivery_time': 17,
  'deliver_sm validity_period': 17,
  'deliver_sm_resp message_id': 65,
};

let bench: CarrierBench | null = null;
afterEach(async () => {
  await bench?.close();
  bench = null;
});

describe('the PDUs of SMPP and the tables of the standard', () => {
  it('are the same commands', () => {
    const ids = (of: Readonly<Record<string, { readonly id: number }>>) =>
      Object.entries(of)
        .map(([name, { id }]) => `${name} ${id}`)
        .sort();
    expect(ids(commands)).toEqual(ids(tables));
  });

  it.each(Object.entries(tables))('have the same parameters, types and sizes: %s', (name, { rows }) => {
    const ours = (commands[name as CommandName].fields as readonly Field[]).flatMap((field) =>
      field.kind === 'integer'
        ? [[field.name, 'Integer', 1]]
        : field.kind === 'text'
          ? [[field.name, 'C-Octet', field.most]]
          : [
              ['sm_length', 'Integer', 1],
              [field.name, 'Octet', 'sm'],
            ],
    );
    const theirs = rows.map(([field, type, size]) => [field, type, wider[`${name} ${field}`] ?? size]);
    expect(ours).toEqual(theirs);
  });

  it.each(Object.keys(tables) as CommandName[])('%s is written by them, octet by octet', (name) => {
    const texts = (commands[name].fields as readonly Field[]).flatMap((field) =>
      field.kind === 'text'
        ? [[field.name, field.most < 17 ? 'x'.repeat(field.most - 1) : 'x'.repeat(20)]]
        : [],
    );
    const fields = { ...Object.fromEntries(texts), schedule_delivery_time: '', validity_period: '' };
    const given = name === 'deliver_sm_resp' ? {} : fields;
    expect(departuresOf(encodePdu(name, { sequence: 1, fields: given }))).toEqual([]);
    expect(departuresOf(encodePdu(name, { sequence: 0x7fff_ffff }))).toEqual([]);
  });

  it('a check by them sees each octet that is missing and each that is too many', () => {
    const pdu = encodePdu('bind_receiver', { sequence: 1, fields: { system_id: 'visitlog' } });
    for (let length = 17; length < pdu.length; length += 1) {
      const cut = Buffer.from(pdu.subarray(0, length));
      cut.writeUInt32BE(length, 0);
      expect(departuresOf(cut), String(length)).not.toEqual([]);
    }
    const more = Buffer.concat([pdu, Buffer.alloc(1)]);
    expect(departuresOf(more)).toEqual(['command_length is 31', '1 octets behind the last parameter']);
    expect(departuresOf(encodePdu('enquire_link', { sequence: 0x8000_0000 }))).toEqual([
      'sequence_number is 2147483648',
    ]);
  });

  it.each([[], ['unknown-command'], ['huge-length'], ['unbinds'], ['cut-short'], ['receipts']])(
    'hold for everything that the gateway says on a link with %s',
    async (...faults) => {
      bench = await startCarrierBench({ faults });
      await bench.text(12, 300);
      await bench.until(() => bench?.smsc.left() === 0, 600_000);
      await bench.clock.advance(30_000);
      await bench.stop();
      expect(bench.written.length).toBeGreaterThan(10);
      expect(bench.written.flatMap(departuresOf)).toEqual([]);
    },
  );
});
