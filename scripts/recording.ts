/**
 * Makes the recording of the first visit out of a saved run:
 *   npm run search -- --recipe "dataset=mnist&seed=7&generations=12&accepted=4&imagesPerChild=1000&backend=wasm&workers=2" --weights front --out run.json
 *   npx tsx scripts/recording.ts run.json
 * Writes under public/recordings: first-visit.json (recipe and log, part of the first paint, so shortened and no run file),
 * first-visit-whole.json (all of its log, for the lessons), first-visit-weights.json (the weights of the two that answer
 * a drawing, fetched when idle) and first-visit-front.json (those of the rest of the front, fetched when asked for).
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { SearchEvent } from '../src/core/search/events.ts';
import { parseRunFile } from '../src/core/run-file/parse.ts';
import { drawPair } from '../src/app/model/picks.ts';
import type { Recording } from '../src/app/model/recording.ts';
import { serialiseRunFile } from '../src/core/run-file/serialise.ts';

const folder = 'public/recordings';
const curvePoints = 2;
const note =
  'A real run, shortened for a quick first page: proposals that were not drawn and most points of the learning curves are left out, the rest of the numbers rounded.';

/** Part of the first paint, so only what is seen there: trained networks, sparse curves, generations. */
function shortened(events: readonly SearchEvent[]): readonly SearchEvent[] {
  const drawn = new Set(events.flatMap((event) => (event.type === 'accepted' ? [event.proposal] : [])));
  const totals = new Map<number, number>();
  for (const event of events)
    if (event.type === 'progress') totals.set(event.network, (totals.get(event.network) ?? 0) + 1);
  const counts = new Map<number, number>();
  const shown = events.filter((event) => {
    if (event.type === 'proposed') return drawn.has(event.proposal);
    if (event.type !== 'progress') return true;
    const count = counts.get(event.network) ?? 0;
    counts.set(event.network, count + 1);
    const total = totals.get(event.network)!;
    return count === total - 1 || count % Math.ceil(total / curvePoints) === 0;
  });
  return rounded(shown.map(withoutCosts).map(inHalfSeconds)) as readonly SearchEvent[];
}

/** Half a second is near enough; all alike, so that none comes before another that it followed. */
const inHalfSeconds = <T extends SearchEvent>(event: T): T => ({
  ...event,
  seconds: Math.round(2 * event.seconds) / 2,
});

/** Not shown before the first paint is over; and a curve is a line of some pixels there. */
function withoutCosts(event: SearchEvent): SearchEvent {
  if (event.type === 'progress')
    return { ...event, point: { ...event.point, loss: Number(event.point.loss.toPrecision(2)) } };
  if (event.type === 'evaluated') {
    const { forwardEquivalents: _, ...rest } = event;
    return rest;
  }
  if (event.type !== 'accepted') return event;
  const { effectiveCandidates: _, ...rest } = event;
  return rest;
}

/** Three significant digits are enough to look at; what the run claims (objectives, hypervolume) stays exact. */
function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? value : Number(value.toPrecision(3));
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== 'object' || value === null) return value;
  const exact = ['objectives', 'cheap', 'hypervolume', 'bounds', 'recipe'];
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, exact.includes(key) ? inner : rounded(inner)]),
  );
}

function main(path: string | undefined): void {
  if (!path) throw new Error('Usage: npx tsx scripts/recording.ts run.json');
  const opened = parseRunFile(readFileSync(path, 'utf8'));
  if (!opened.ok) throw new Error(JSON.stringify(opened.reason));
  const { weights = [], ...run } = opened.value.file;
  const front = run.networks.filter((network) => network.onFront);
  const pair = drawPair(front);
  if (!pair) throw new Error('The run has no front.');
  const shown = [pair.small.id, pair.best.id];
  const pairs = weights.filter(({ network }) => shown.includes(network));
  const others = weights.filter(({ network }) => !shown.includes(network));
  if (pairs.length + others.length !== front.length)
    throw new Error('The run has no weights of its front: --weights front');
  mkdirSync(folder, { recursive: true });
  const write = (name: string, text: string) => {
    writeFileSync(`${folder}/${name}`, text);
    console.log(`${folder}/${name}: ${text.length} bytes, ${gzipSync(text).length} gzip`);
  };
  const recording: Recording = { note, recipe: run.recipe, events: shortened(run.events) };
  write('first-visit.json', `${JSON.stringify(recording)}\n`);
  write('first-visit-whole.json', serialiseRunFile(run));
  write('first-visit-weights.json', `${JSON.stringify({ weights: pairs })}\n`);
  write('first-visit-front.json', `${JSON.stringify({ weights: others })}\n`);
}

main(process.argv[2]);
