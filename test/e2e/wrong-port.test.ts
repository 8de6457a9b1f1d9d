import { createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { start, visitlog } from '../support/program.ts';
import { makeWorkspace } from '../support/workspace.ts';

/** Serves every connection on this machine at a port of the system's choice. */
async function serve(act: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    act(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

describe('a gateway at a wrong port', () => {
  it('E13 wrong-port: a serial server that says why it closes is shown with its words by status, log and metrics', async () => {
    const workspace = makeWorkspace();
    const port = await serve((socket) => socket.end('Port 7000 already in use\r\n'));
    workspace.configure(`tcp://127.0.0.1:${port}`);
    const gateway = start(['--config', workspace.configFile, 'run']);
    onTestFinished(async () => {
      if (gateway.child.exitCode === null) await gateway.kill();
      workspace.remove();
    });
    const logged = await gateway.line((line) => line.includes('"event":"line.wrong-port"'));
    expect(JSON.parse(logged)).toMatchObject({
      level: 'warn',
      line: 'line1',
      reason: 'port.not-modem',
      heard: 'Port **** already in use',
    });
    const ask = (...more: string[]) => visitlog(['--config', workspace.configFile, 'status', ...more]);
    const shown = await ask();
    expect(shown.code).not.toBe(0);
    expect(shown.stdout).toContain('not a modem at the port, port.not-modem');
    expect(shown.stdout.replaceAll(/\s+/g, ' ')).toContain('it says "Port **** already in use"');
    expect(shown.stdout).toContain('line1: something else than a modem is at its port');
    const status = JSON.parse((await ask('--json')).stdout);
    expect(status.lines[0]).toMatchObject({ state: 'wrong-port', heard: 'Port **** already in use' });
    expect(status.reasons[0]).toMatchObject({ code: 'line.wrong-port', detail: 'port.not-modem' });
    expect((await ask('--metrics')).stdout).toContain(
      'visitlog_line_state{line="line1",state="wrong-port"} 1',
    );
  });
});
