import { readdirSync, readFileSync } from 'node:fs';

/** Of USER_HZ, which is 100 on every Linux that Node runs on. */
const msPerTick = 10;

export interface Use {
  readonly cpuMs: number;
  readonly rssMiB: number;
}

/** What a process and its children use: CPU since their start, memory at the moment. */
export function useOf(pid: number): Use {
  const parts = [pid, ...childrenOf(pid)].map(useOfOne);
  return {
    cpuMs: parts.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    rssMiB: parts.reduce((sum, { rssMiB }) => sum + rssMiB, 0),
  };
}

function useOfOne(pid: number): Use {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  const [, kB = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return { cpuMs: (Number(fields[11]) + Number(fields[12])) * msPerTick, rssMiB: Number(kB) / 1_024 };
}

function childrenOf(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
  return children.flatMap((child) => [child, ...childrenOf(child)]);
}
