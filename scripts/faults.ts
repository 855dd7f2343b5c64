/**
 * What the built site holds out against, counted: `npm run faults [kinds]`, where kinds are of kills, devices,
 * reloads, tabs, disks, files (all). Each search that was disturbed must find the front of the same search left in peace; files and
 * addresses are those of test/core/run-file/mutants.test.ts, ten thousand of each. Prints tried, held and lost.
 */
import { spawnSync } from 'node:child_process';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { preview } from 'vite';
import { chromiumFlags } from './chromium.ts';
import { ensureChromium } from './ensure-chromium.ts';

const recipe =
  'dataset=digits&seed=3&generations=6&proposals=10&accepted=4&imagesPerChild=1200&imagesPerSeed=640&imagesFinal=3000&imagesDistilled=64&backend=wasm&workers=2';
/** WebGPU on an emulated device is slow: a smaller search. */
const webgpuRecipe =
  'dataset=digits&seed=3&generations=6&proposals=8&accepted=2&imagesPerChild=96&imagesPerSeed=64&imagesFinal=192&imagesDistilled=32&backend=webgpu&workers=1';
const goals = { kills: 100, devices: 20, reloads: 10, tabs: 10, disks: 10 } as const;
type Kind = keyof typeof goals;
const recipeOf = (kind: Kind) => (kind === 'devices' ? webgpuRecipe : recipe);

const executablePath = ensureChromium();
const site = await preview({ preview: { host: '127.0.0.1', port: 0 }, logLevel: 'silent' });
const address = site.resolvedUrls!.local[0]!;
const browser = await chromium.launch({
  executablePath,
  args: [...chromiumFlags, '--disable-gpu-process-crash-limit', '--disable-domain-blocking-for-3d-apis'],
});

/** Hears what the page signals to whoever drives it. */
const listener = () => {
  const heard = { generations: 0, ended: '' };
  Object.assign(globalThis, { heard });
  addEventListener('lemonade', (event) => {
    const { kind } = (event as CustomEvent<{ kind: string }>).detail;
    if (kind === 'generation') heard.generations++;
    else heard.ended = kind;
  });
};

async function openSearch(context: BrowserContext, kind: Kind): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript(listener);
  await page.goto(`${address}#${recipeOf(kind)}`);
  return page;
}

const press = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).first().click({ timeout: 60_000 });
const heard = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { heard: { generations: number; ended: string } }).heard);
const sleep = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

async function until(
  page: Page,
  holds: (state: Awaited<ReturnType<typeof heard>>) => boolean,
): Promise<void> {
  for (let waited = 0; waited < 240_000; waited += 200) {
    const state = await heard(page);
    if (state.ended === 'failed') throw new Error('the search failed');
    if (holds(state)) return;
    await sleep(200);
  }
  throw new Error('nothing happened for four minutes');
}

/** Members of the last front, with their objectives, and that no network was evaluated twice. */
async function frontOf(page: Page): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Save run')]);
  const { readFile } = await import('node:fs/promises');
  const run = JSON.parse(await readFile(await download.path(), 'utf8')) as {
    networks: { id: number; objectives: unknown; onFront: boolean }[];
    events: { type: string; network?: number }[];
  };
  const evaluated = run.events.filter(({ type }) => type === 'evaluated').map(({ network }) => network);
  if (new Set(evaluated).size !== evaluated.length) throw new Error('a network was evaluated twice');
  return JSON.stringify(
    run.networks.filter(({ onFront }) => onFront).map(({ id, objectives }) => [id, objectives]),
  );
}

/** Goes on with the stored run after the page was loaded again. */
async function goOn(page: Page): Promise<void> {
  await press(page, 'Continue the run');
}

/** Disturbs a search until it has ended, at most `most` times; the number of times. */
const disturbances: Readonly<
  Record<Kind, (page: Page, context: BrowserContext, most: number) => Promise<readonly [number, Page]>>
> = {
  async kills(page, _context, most) {
    let count = 0;
    while (count < most && (await heard(page)).ended === '') {
      await sleep(3000);
      for (const worker of page.workers()) {
        const name = await worker.evaluate(() => self.name).catch(() => '');
        if (name !== 'trainer' || Math.random() < 0.5) continue;
        await worker.evaluate(() => self.close()).catch(() => {});
        count++;
        break;
      }
    }
    return [count, page];
  },
  async devices(page, _context, most) {
    let count = 0;
    const session = await browser.newBrowserCDPSession();
    while (count < most && (await heard(page)).ended === '') {
      await sleep(4000 + 3000 * Math.random());
      if ((await heard(page)).ended !== '') break;
      await session.send('Browser.crashGpuProcess').catch(() => {});
      count++;
    }
    return [count, page];
  },
  async reloads(page, _context, most) {
    let count = 0;
    while (count < most && (await heard(page)).ended === '') {
      await sleep(3000 + 2000 * Math.random());
      if ((await heard(page)).ended !== '') break;
      await page.goto('about:blank');
      await page.goto(`${address}#${recipe}`);
      await goOn(page);
      count++;
    }
    return [count, page];
  },
  async tabs(page, context, most) {
    let count = 0;
    let current = page;
    while (count < most && (await heard(current)).ended === '') {
      const next = await openSearch(context, 'tabs');
      await next.getByText(/ runs in another tab\.$/).waitFor({ timeout: 60_000 });
      count++;
      // Every second one takes the run over.
      if (count % 2 === 0 && (await heard(current)).ended === '') {
        await press(next, 'Go on here instead');
        await current.getByText(/this run goes on in another tab now/).waitFor({ timeout: 60_000 });
        await current.close();
        current = next;
      } else await next.close();
      await sleep(1000);
    }
    return [count, current];
  },
  async disks(page, context, most) {
    let count = 0;
    const session = await context.newCDPSession(page);
    const { origin } = new URL(address);
    while (count < most && (await heard(page)).ended === '') {
      const { usage } = await session.send('Storage.getUsageAndQuota', { origin });
      await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + 20_000 });
      await sleep(2500);
      await session.send('Storage.overrideQuotaForOrigin', { origin });
      count++;
      await sleep(2500);
    }
    return [count, page];
  },
};

/** The front that the search of this kind finds when nothing disturbs it. */
async function peaceful(kind: Kind): Promise<string> {
  const context = await browser.newContext();
  const page = await openSearch(context, kind);
  await press(page, 'Play');
  await until(page, ({ ended }) => ended === 'finished');
  const front = await frontOf(page);
  await context.close();
  return front;
}

const wanted = process.argv.slice(2);
const isWanted = (kind: string) => wanted.length === 0 || wanted.includes(kind);
const rows: string[] = [];

for (const kind of Object.keys(goals) as Kind[]) {
  if (!isWanted(kind)) continue;
  const expected = await peaceful(kind);
  let [tried, lost] = [0, 0];
  const reasons: string[] = [];
  while (tried < goals[kind]) {
    const context = await browser.newContext();
    let count = 0;
    try {
      const first = await openSearch(context, kind);
      await press(first, 'Play');
      await until(first, ({ generations }) => generations >= 1);
      const [done, page] = await disturbances[kind](first, context, goals[kind] - tried);
      count = done;
      await until(page, ({ ended }) => ended === 'finished');
      if ((await frontOf(page)) !== expected) throw new Error('another front');
    } catch (error) {
      lost += Math.max(1, count);
      reasons.push(error instanceof Error ? error.message.split('\n')[0]! : String(error));
    }
    tried += Math.max(1, count);
    await context.close();
  }
  rows.push(
    `${kind}: ${tried} tried, ${tried - lost} held, ${lost} lost${reasons.length > 0 ? ` (${reasons.join('; ')})` : ''}`,
  );
  console.log(rows.at(-1));
}

await browser.close();
await site.close();

if (isWanted('files')) {
  const { status } = spawnSync(
    'npx',
    ['vitest', 'run', '--project', 'unit', 'test/core/run-file/mutants.test.ts'],
    {
      stdio: 'inherit',
      env: { ...process.env, FAULTS: '10000' },
    },
  );
  rows.push(
    `files and addresses: 10000 of each tried, ${status === 0 ? 'all held' : 'see above for those lost'}`,
  );
}
console.log(`\n${rows.join('\n')}`);
process.exitCode = rows.some((row) => /[1-9]\d* lost|for those lost/.test(row)) ? 1 : 0;
