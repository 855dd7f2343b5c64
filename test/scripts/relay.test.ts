import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { relayLimits, type RelayLimits } from '../../scripts/relay/rooms.ts';
import { serveWithRelay, type Served } from '../../scripts/relay/serve.ts';

const room = 'ab'.repeat(16);
const tag = (digit: number) => String(digit).repeat(16);
const open: { served: Served; sockets: WebSocket[] }[] = [];

async function relay(limits: Partial<RelayLimits> = {}) {
  const served = await serveWithRelay(
    'public',
    { host: '127.0.0.1', port: 0 },
    { ...relayLimits, ...limits },
  );
  const sockets: WebSocket[] = [];
  open.push({ served, sockets });
  const connect = (query: string, headers: Record<string, string> = {}) => {
    const socket = new WebSocket(`ws://127.0.0.1:${served.port}/relay?${query}`, { headers });
    sockets.push(socket);
    const heard: string[] = [];
    socket.on('message', (data, isBinary) =>
      heard.push(isBinary ? (data as Buffer).toString('latin1') : JSON.stringify(JSON.parse(String(data)))),
    );
    const ended = new Promise<string>((resolve) => {
      socket.on('error', (error) => resolve(error.message));
      socket.on('close', () => resolve('closed'));
    });
    return { socket, heard, ended, opened: new Promise((resolve) => socket.on('open', resolve)) };
  };
  return {
    served,
    host: (token = tag(7), headers?: Record<string, string>) =>
      connect(`room=${room}&role=host&token=${token}`, headers),
    device: (digit: number, of = room) => connect(`room=${of}&role=device&tag=${tag(digit)}`),
    connect,
  };
}

afterEach(async () => {
  for (const { served, sockets } of open.splice(0)) {
    for (const socket of sockets) socket.terminate();
    await served.close();
  }
});

describe('the relay', () => {
  it('passes bytes between a host and its devices, and says who came and went', async () => {
    const { host: newHost, device } = await relay();
    const first = device(1);
    await first.opened;
    await expect.poll(() => first.heard).toEqual(['{"host":false}']);
    const host = newHost();
    await expect.poll(() => host.heard).toEqual([`{"joined":"${tag(1)}"}`]);
    await expect.poll(() => first.heard.at(-1)).toBe('{"host":true}');
    const second = device(2);
    await expect.poll(() => host.heard.at(-1)).toBe(`{"joined":"${tag(2)}"}`);
    first.socket.send(Buffer.from('from one'));
    await expect.poll(() => host.heard.at(-1)).toBe(`${tag(1)}from one`);
    host.socket.send(Buffer.from(`${tag(2)}for two`));
    await expect.poll(() => second.heard.at(-1)).toBe('for two');
    expect(first.heard).not.toContain('for two');
    host.socket.send(JSON.stringify({ turnOut: tag(1) }));
    expect(await first.ended).toBe('closed');
    await expect.poll(() => host.heard.at(-1)).toBe(`{"left":"${tag(1)}"}`);
    host.socket.terminate();
    await expect.poll(() => second.heard.at(-1)).toBe('{"host":false}');
  });

  it('lets a host come back, and nobody else in its place', async () => {
    const { host, device } = await relay();
    const before = host(tag(7));
    await before.opened;
    const one = device(1);
    await one.opened;
    expect(await host(tag(8)).ended).toContain('409');
    const again = host(tag(7));
    await expect.poll(() => again.heard).toEqual([`{"joined":"${tag(1)}"}`]);
    expect(await before.ended).toBe('closed');
    one.socket.send(Buffer.from('still here'));
    await expect.poll(() => again.heard.at(-1)).toBe(`${tag(1)}still here`);
  });

  it('refuses pages of other sites, other paths and names that are none', async () => {
    const { host, connect, served } = await relay();
    expect(await host(tag(7), { Origin: 'https://elsewhere.example' }).ended).toContain('403');
    const own = host(tag(7), { Origin: `http://127.0.0.1:${served.port}` });
    await own.opened;
    expect(await connect('room=x&role=host&token=y').ended).toContain('404');
    expect(await connect(`room=${room}&role=king&token=${tag(1)}`).ended).toContain('404');
  });

  it('limits rooms, devices and messages', async () => {
    const { host, device } = await relay({ rooms: 1, devicesPerRoom: 1, messageBytes: 1000 });
    const teacher = host();
    await teacher.opened;
    const one = device(1);
    await one.opened;
    expect(await device(2).ended).toContain('503');
    expect(await device(3, 'cd'.repeat(16)).ended).toContain('503');
    one.socket.send(Buffer.alloc(1001));
    expect(await one.ended).toBe('closed');
    await expect.poll(() => teacher.heard.at(-1)).toBe(`{"left":"${tag(1)}"}`);
    const another = device(2);
    await another.opened;
  });

  it('reads no faster than its limit from one who sends too much, and loses nothing', async () => {
    const { host, device } = await relay({ bytesPerSecond: 100_000 });
    const teacher = host();
    await teacher.opened;
    const one = device(1);
    await one.opened;
    const began = performance.now();
    for (let i = 0; i < 6; i++) one.socket.send(Buffer.alloc(100_000, i));
    await expect.poll(() => teacher.heard.filter((each) => each.length > 1000)).toHaveLength(6);
    // Four seconds' worth at once, the rest at its rate.
    expect(performance.now() - began).toBeGreaterThan(900);
  });

  it('serves the site beside it', async () => {
    const { served } = await relay();
    const answer = await fetch(`http://127.0.0.1:${served.port}/toys.json`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await fetch(`http://127.0.0.1:${served.port}/../package.json`)).status).toBe(404);
  });
});
