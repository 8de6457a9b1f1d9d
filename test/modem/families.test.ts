import { describe, expect, it } from 'vitest';
import { familyOf } from '../../src/modem/families.ts';

describe('the family of a modem', () => {
  it.each([
    ['huawei', 'E173', 'huawei'],
    ['SIMCOM_Ltd', 'SIMCOM_SIM800L', 'sim800'],
    ['SIMCOM_Ltd', 'SIMCOM_SIM900', 'sim800'],
    ['SIMCOM INCORPORATED', 'SIMCOM_SIM7600G-H', 'sim7600'],
    ['SIMCOM INCORPORATED', 'A7670E-FASE', 'sim7600'],
    ['Quectel', 'EC25', 'ec25'],
    ['ZTE CORPORATION', 'MF190', 'zte'],
    ['ZTE INCORPORATED', 'K3565-Z', 'zte'],
    ['WAVECOM MODEM', 'MULTIBAND', 'generic'],
    [null, null, 'generic'],
  ])('the family of a modem %s %s is %s', (maker, model, family) => {
    expect(familyOf(maker, model).name).toBe(family);
  });
});
