import type { OpenTransport, Transport } from '../../modem/port/transport.ts';
import type { SimulatedModem } from '../../simulator/modem.ts';
import type { HostSide } from '../../simulator/port.ts';

/** A simulated modem's AT port as the gateway's sessions want it, without a socket in between. */
export function simulatedTransport(modem: SimulatedModem): OpenTransport {
  return async () => transportOf(modem.attach());
}

function transportOf(host: HostSide): Transport {
  let open = true;
  return {
    async write(bytes) {
      if (!open || host.write(bytes)) return;
      await new Promise<void>((resolve) => host.onDrain(resolve));
    },
    onBytes: (receive) => host.onBytes((bytes) => open && receive(bytes)),
    onClose: (ended) => host.onHangup(() => open && ended(null)),
    async close() {
      open = false;
      host.close();
    },
  };
}
