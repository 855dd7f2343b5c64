/**
 * The site together with a relay, for a class or a laboratory:
 *   npm run relay                                  this computer only
 *   npm run relay -- --host 0.0.0.0 --port 8080    the whole local network
 * Devices open the join link that the run's screen shows under "Devices".
 */
import { existsSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { parseArgs } from 'node:util';
import { serveWithRelay } from './relay/serve.ts';

const { values } = parseArgs({
  options: {
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '5180' },
    folder: { type: 'string', default: 'dist' },
  },
});
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(`--port ${values.port} is no port: name a whole number up to 65535.`);
  process.exit(1);
}
if (!existsSync(`${values.folder}/index.html`)) {
  console.error(`There is no built site in ${values.folder}: run "npm run build" first.`);
  process.exit(1);
}

const everywhere = ['0.0.0.0', '::'].includes(values.host);
const addresses = everywhere
  ? Object.values(networkInterfaces())
      .flatMap((each) => each ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address }) => address)
  : [values.host];

try {
  const served = await serveWithRelay(values.folder, { host: values.host, port });
  console.log('The playground, with a relay:');
  for (const address of addresses) console.log(`  http://${address}:${served.port}/`);
  console.log('Open one of these, press Devices, and let the others open the link shown there.');
  if (!everywhere) console.log('Only this computer reaches it. For a class: npm run relay -- --host 0.0.0.0');
} catch (error) {
  const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  console.error(
    taken
      ? `Port ${port} is taken: name another with --port.`
      : `The relay could not start: ${(error as Error).message}`,
  );
  process.exit(1);
}
