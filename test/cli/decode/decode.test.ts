import { describe, expect, it } from 'vitest';
import { visitlog } from '../../support/program.ts';

const deliver = '07912180958729F6040B911614171777F700009930925161958003C16010';

describe('visitlog decode', () => {
  it('decode prints one JSON object for a PDU, with its keys in the specified order', async () => {
    const { code, stdout, stderr } = await visitlog(['decode', deliver]);
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual({
      type: 'deliver',
      smsc: '+12085978926',
      sender: '+61417171777',
      sender_type: 'international',
      sent_at: '1999-03-29T15:16:59+02:00',
      pid: 0,
      dcs: 0,
      alphabet: 'gsm7',
      class: null,
      text: 'AAA',
      data: null,
      concat: null,
      ports: null,
      language: null,
      callback: null,
    });
    expect(Object.keys(JSON.parse(stdout)).slice(0, 5)).toEqual([
      'type',
      'smsc',
      'sender',
      'sender_type',
      'sent_at',
    ]);
  });

  it('decode reads lines of standard input, continues after a bad one, and ends with 1', async () => {
    const { code, stdout } = await visitlog(['decode'], `${deliver}\r\n\nnonsense\n07\n${deliver}`);
    const objects = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(objects.map((object) => object.type ?? object.error.code)).toEqual([
      'deliver',
      'pdu.hex',
      'pdu.truncated',
      'deliver',
    ]);
    expect(stdout.split('\n').slice(1, 3)).toEqual([
      '{"error":{"code":"pdu.hex","message":"pdu: not pairs of hexadecimal digits","octet":0}}',
      '{"error":{"code":"pdu.truncated","message":"smsc: 1 octet wanted, 0 left","octet":1}}',
    ]);
    expect(code).toBe(1);
  });

  it('decode --no-smsc reads a bare TPDU', async () => {
    const bare = deliver.slice(16);
    expect(JSON.parse((await visitlog(['decode', '--no-smsc', bare])).stdout).text).toBe('AAA');
    const announced = await visitlog(['decode', '--length', String(bare.length / 2), bare]);
    expect(JSON.parse(announced.stdout)).toMatchObject({ text: 'AAA', smsc: null });
  });

  it('visitlog without a command shows its commands, with exit 2', async () => {
    const { code, stderr } = await visitlog([]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^Usage: visitlog/);
    expect(stderr).not.toContain('error [');
  });

  it.each([
    [['decode', '--length', 'x', deliver], 'usage.invalid-argument'],
    [['decode', '--lenght', '9', deliver], 'usage.unknown-option'],
    [['decdoe'], 'usage.unknown-command'],
  ])('decode refuses %j in one line, with exit 2', async (args, id) => {
    const { code, stdout, stderr } = await visitlog(args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(`visitlog: error [${id}]`);
  });
});
