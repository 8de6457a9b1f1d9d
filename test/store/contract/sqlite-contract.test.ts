import { type TempRegister, tempRegister } from '../temp-register.ts';
import { layAsBefore } from '../visits-before.ts';
import type { ContractBench } from './contract-bench.ts';
import { intakeContract } from './intake-contract.ts';
import { recordsContract } from './records-contract.ts';

type Settle = (temp: TempRegister) => void;

async function sqlite(settle: Settle = () => {}, temp = tempRegister()): Promise<ContractBench> {
  const register = temp.open();
  return {
    intake: register,
    records: register,
    clock: temp.clock,
    settle: async () => settle(temp),
    async reopen() {
      await register.close();
      return sqlite(settle, temp);
    },
  };
}

intakeContract('SQLite', () => sqlite());
recordsContract('SQLite', () => sqlite());
recordsContract('SQLite, of visits as they lay before,', () => sqlite(layAsBefore));
