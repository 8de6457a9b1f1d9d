import { describe, expect, it } from 'vitest';
import { ruleFor, withRule } from '../../../src/cli/setup/service.ts';

const modem = { id: '2c7c:0125', position: '1-1.2', serial: null, hasTwin: false };
const byKind = 'ATTRS{idVendor}=="2c7c", ATTRS{idProduct}=="0125"';

describe('the udev rule of a line', () => {
  it.each([
    ['its kind', modem, byKind],
    ['its serial number', { ...modem, serial: '0123ABCD' }, `${byKind}, ATTRS{serial}=="0123ABCD"`],
    ['its kind, where the serial number would be a pattern', { ...modem, serial: '*"' }, byKind],
    ['its socket, where two are alike', { ...modem, hasTwin: true }, 'KERNELS=="1-1.2", SUBSYSTEMS=="usb"'],
  ])('a udev rule of setup recognises the modem by %s', (_, found, which) => {
    expect(ruleFor('line1', found)).toBe(`${which}, ENV{VISITLOG_LINE}="line1"`);
  });

  it("a udev rule of setup replaces the line's old one, and keeps the others", () => {
    const first = withRule('', 'line1', ruleFor('line1', modem));
    expect(first.split('\n')[0]).toMatch(/^# /);
    const second = withRule(first, 'line2', ruleFor('line2', { ...modem, hasTwin: true }));
    const third = withRule(second, 'line1', ruleFor('line1', { ...modem, serial: 'A1' }));
    expect(third.split('\n').filter((row) => row !== '' && !row.startsWith('#'))).toEqual([
      'KERNELS=="1-1.2", SUBSYSTEMS=="usb", ENV{VISITLOG_LINE}="line2"',
      `${byKind}, ATTRS{serial}=="A1", ENV{VISITLOG_LINE}="line1"`,
    ]);
    expect(withRule(third, 'line1', ruleFor('line1', { ...modem, serial: 'A1' }))).toBe(third);
  });
});
