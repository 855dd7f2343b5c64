import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { vi } from 'vitest';
import { findWebKit } from '../../scripts/engines.ts';
import type { EngineBrowser } from './engine-browser.ts';

/** A display of its own for the browser's window, and its name. */
async function startDisplay(path: string): Promise<{ display: string; server: ChildProcess }> {
  const server = spawn(path, ['-displayfd', '1', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [number] = (await once(server.stdout!, 'data', { signal: AbortSignal.timeout(10_000) })) as [Buffer];
  return { display: `:${String(number).trim()}`, server };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

/** One command of W3C WebDriver; throws what the driver says where it fails. */
async function command<T>(address: string, method: 'GET' | 'POST' | 'DELETE', body?: unknown): Promise<T> {
  const answer = await fetch(address, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { value } = (await answer.json()) as { value: T & { message?: string } };
  if (!answer.ok) throw new Error(`${address}: ${value.message}`);
  return value;
}

/** WebKitGTK, Safari's engine: its package's small browser, driven over W3C WebDriver. */
export async function startWebKit(): Promise<EngineBrowser> {
  const paths = findWebKit()!;
  const { display, server } = await startDisplay(paths.display);
  const port = await freePort();
  const driver = spawn(paths.driver, [`--port=${port}`], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: display, NO_AT_BRIDGE: '1' },
  });
  const end = () => [driver, server].forEach((child) => child.kill());
  try {
    const root = `http://127.0.0.1:${port}`;
    await vi.waitUntil(
      () =>
        command(`${root}/status`, 'GET').then(
          () => true,
          () => false,
        ),
      10_000,
    );
    const { sessionId } = await command<{ sessionId: string }>(`${root}/session`, 'POST', {
      capabilities: {
        alwaysMatch: { 'webkitgtk:browserOptions': { binary: paths.browser, args: ['--automation'] } },
      },
    });
    const session = `${root}/session/${sessionId}`;
    return {
      open: (url) => command(`${session}/url`, 'POST', { url }),
      evaluate: (script, argument) =>
        command(`${session}/execute/sync`, 'POST', {
          script: `return (${String(script)})(arguments[0])`,
          args: [argument ?? null],
        }),
      close: async () => {
        await command(session, 'DELETE').finally(end);
      },
    };
  } catch (error) {
    end();
    throw error;
  }
}
