import { join } from 'node:path';
import type { Inventory } from '../modem/discovery/inventory.ts';
import type { Holder, Holders } from '../modem/discovery/port-holders.ts';

/** The process of the gateway that works on this register; null if there is none, or if this user cannot see it. */
export function gatewayPid(holders: Holders, dataDir: string): number | null {
  return holders.of(join(dataDir, 'gateway.lock'))[0]?.pid ?? null;
}

/** The inventory with the gateway named `visitlog`: its lock identifies it, whatever the name of its runtime. */
export function withGateway(inventory: Inventory, dataDir: string): Inventory {
  const pid = gatewayPid(inventory.holders, dataDir);
  const named = (holder: Holder) => (holder.pid === pid ? { ...holder, name: 'visitlog' } : holder);
  const { holders } = inventory;
  return {
    ...inventory,
    holders: { ...holders, of: (path) => holders.of(path).map(named) },
    devices: inventory.devices.map((device) => ({
      ...device,
      ports: device.ports.map((port) => ({ ...port, holders: port.holders.map(named) })),
    })),
  };
}
