import { tempRegister } from '../temp-register.ts';
import type { ContractBench } from './contract-bench.ts';
import { intakeContract } from './intake-contract.ts';
import { recordsContract } from './records-contract.ts';

async function sqlite(temp = tempRegister()): Promise<ContractBench> {
  const register = temp.open();
  return {
    intake: register,
    records: register,
    clock: temp.clock,
    settle: async () => {},
    async reopen() {
      await register.close();
      return sqlite(temp);
    },
  };
}

intakeContract('SQLite', () => sqlite());
recordsContract('SQLite', () => sqlite());
