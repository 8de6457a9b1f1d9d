/** What is used of it. */
declare module 'unix-dgram' {
  interface DatagramSocket {
    bind(path: string): void;
    send(
      octets: Buffer,
      offset: number,
      length: number,
      path: string,
      done: (error?: Error & { readonly code?: string | number }) => void,
    ): void;
    on(event: 'error', listener: (error: Error) => void): void;
    close(): void;
  }
  export function createSocket(type: 'unix_dgram', listener?: (octets: Buffer) => void): DatagramSocket;
  const library: { readonly createSocket: typeof createSocket };
  export default library;
}
