import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { button, frontOf, listen, saveRun, untilFinished, type SavedRun } from './page.ts';

/** Seconds on one core; generations of four, so that several devices have something to do. */
export const shortSearch =
  'dataset=digits&seed=3&generations=3&proposals=12&accepted=4&imagesPerChild=640&imagesPerSeed=320&imagesFinal=1920&imagesDistilled=64&backend=wasm&workers=1';

/** A page that runs the search of `hash` with a room open at its relay, and its join link. */
export async function hostOf(
  context: BrowserContext,
  site: string,
  hash: string,
): Promise<{ host: Page; link: string }> {
  const host = await context.newPage();
  await listen(host);
  await host.goto(`${site}#${hash}`);
  await button(host, 'Devices').click();
  await button(host, 'Invite devices').click();
  await expect(host.getByText('The room is open.')).toBeVisible();
  return { host, link: await host.getByRole('dialog').locator('code').innerText() };
}

export async function lend(context: BrowserContext, link: string, name: string, lies = false): Promise<Page> {
  const page = await context.newPage();
  if (lies)
    await page.addInitScript(() => {
      const { stringify } = JSON;
      JSON.stringify = ((value: { message?: { kind?: string; objectives?: object } }) => {
        if (value?.message?.kind === 'result') value.message.objectives = { error: 0.001 };
        return stringify(value);
      }) as typeof stringify;
    });
  await page.goto(link);
  await page.getByLabel('Name to show there').fill(name);
  await button(page, 'Lend this tab').click();
  return page;
}

export const isReady = (page: Page) =>
  expect(page.getByText('self-test passed')).toBeVisible({ timeout: 90_000 });

/** The run's file, once its search has ended; as long as the test may take. */
export async function runOf(host: Page): Promise<SavedRun> {
  await untilFinished(host, 0);
  return (await saveRun(host)).run;
}

/** The run of the same search that no other device trains along. */
export async function alone(context: BrowserContext, site: string, hash: string): Promise<SavedRun> {
  const page = await context.newPage();
  await listen(page);
  await page.goto(`${site}#${hash}&autoplay=1`);
  const run = await runOf(page);
  await page.close();
  return run;
}

/** What must be the same whoever trained: the front, and every network's numbers. */
export const foundIn = (run: SavedRun) => ({
  front: frontOf(run),
  networks: run.networks.map(({ objectives }) => objectives),
});

/** The host's panel. */
export const panelOf = (host: Page): Locator =>
  host.getByRole('dialog', { name: 'Devices that train along' });

/** The line of the device `name` in the host's panel. */
export const rowOf = (host: Page, name: string): Locator =>
  panelOf(host).getByRole('listitem').filter({ hasText: name }).first();

/** Every address that a page of `context` asks for from now on, those of sockets too. */
export function recordAddresses(context: BrowserContext): readonly string[] {
  const asked: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  const listenTo = (page: Page) => page.on('websocket', (socket) => asked.push(socket.url()));
  context.pages().forEach(listenTo);
  context.on('page', listenTo);
  return asked;
}

/** Of `asked`, what is not at the host of `site`. */
export const elsewhere = (asked: readonly string[], site: string): readonly string[] =>
  asked.filter((url) => !/^(data|blob):/.test(url) && new URL(url).host !== new URL(site).host);

export const evaluatedBy = (run: SavedRun) =>
  run.events.filter(({ type }) => type === 'evaluated') as readonly {
    readonly network: number;
    readonly device?: string;
  }[];

interface Recorded {
  peers: RTCPeerConnection[];
  channels: RTCDataChannel[];
  configurations: unknown[];
}

/** For a page before its scripts: keeps every peer connection that it makes, and with what. */
export function recordPeers(): void {
  const world = globalThis as unknown as Recorded & { RTCPeerConnection: typeof RTCPeerConnection };
  [world.peers, world.channels, world.configurations] = [[], [], []];
  world.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      world.configurations.push(configuration);
      world.peers.push(this);
    }
    override createDataChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel {
      const channel = super.createDataChannel(label, options);
      world.channels.push(channel);
      return channel;
    }
  };
}

/** For a page before its scripts: a browser in which WebRTC is switched off. */
export function withoutWebRtc(): void {
  delete (globalThis as { RTCPeerConnection?: unknown }).RTCPeerConnection;
}

/**
 * Open data channels of pages that were recorded. Fails where a connection had any server, or an address that is not the
 * computer's own.
 */
export async function directly(pages: readonly Page[]): Promise<number> {
  let open = 0;
  for (const page of pages) {
    const { configurations, candidates, channels } = await page.evaluate(async () => {
      const world = globalThis as unknown as Recorded;
      const reports = await Promise.all(world.peers.map((peer) => peer.getStats()));
      const all = reports.flatMap(
        (report) => [...report.values()] as { type: string; candidateType: string }[],
      );
      return {
        configurations: world.configurations,
        candidates: all.flatMap(({ type, candidateType }) =>
          type === 'local-candidate' ? [candidateType] : [],
        ),
        channels: world.channels.map(({ readyState }) => readyState),
      };
    });
    for (const configuration of configurations) expect(configuration).toEqual({ iceServers: [] });
    expect(candidates.length).toBeGreaterThan(0);
    expect(candidates.every((type) => type === 'host')).toBe(true);
    open += channels.filter((state) => state === 'open').length;
  }
  return open;
}
