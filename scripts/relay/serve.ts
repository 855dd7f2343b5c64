import { createServer, type Server } from 'node:http';
import sirv from 'sirv';
import { Relay, relayLimits, type RelayLimits } from './rooms.ts';

export interface Served {
  /** The address of this computer itself. */
  readonly port: number;
  readonly close: () => Promise<void>;
}

/**
 * Serves the built site in `folder` together with a relay: the page may then speak to its own origin only, as on any other
 * host. Fails where the port is taken.
 */
export function serveWithRelay(
  folder: string,
  { host, port }: { readonly host: string; readonly port: number },
  limits: RelayLimits = relayLimits,
): Promise<Served> {
  const files = sirv(folder, { etag: true });
  const relay = new Relay(limits);
  const server: Server = createServer((request, response) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'no-referrer');
    files(request, response, () => {
      response.statusCode = 404;
      response.end('Not found');
    });
  });
  server.on('upgrade', relay.upgrade);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address ? address.port : port,
        close: () =>
          new Promise<void>((done) => {
            relay.close();
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
}
