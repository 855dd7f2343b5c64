import * as v from 'valibot';
import type { Architecture } from '../architecture/types.ts';
import type { Morphism } from '../morphisms/morphism.ts';
import type { NetworkId, SearchEvent } from '../search/events.ts';
import { networkProblem } from '../search/network-problem.ts';
import { objectiveKeys, type ObjectiveKey, type ObjectiveValues } from '../search/objectives.ts';
import type { Problem } from '../search/problem.ts';
import { formatRecipe } from '../search/recipe-parse.ts';
import { LogFold } from './fold.ts';
import type { NetworkView, RunView } from './view.ts';

/*
 * A run as short as a link needs it: of each network only what made it and what was measured of it, and of each
 * generation the counts of the whole run. Everything else follows from the architectures (digest-log.ts). Networks
 * keep their numbers, so that who sends a link and who opens it speak of the same ones.
 */

/** Version of the format. A link without a version holds a log of networks that were numbered anew. */
export const digestVersion = 2;

/**
 * Which networks a digest has: all that were evaluated; those that were on the front after any generation, with their
 * ancestors, so that every front is whole; the last front and its ancestors. Starting networks always.
 */
export type DigestScope = 'all' | 'fronts' | 'last-front';
export const digestScopes: readonly DigestScope[] = ['all', 'fronts', 'last-front'];

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const values = v.record(v.picklist(objectiveKeys), v.pipe(v.number(), v.finite()));

const networkSchema = v.strictTuple([
  /** Its number in the run. */
  v.pipe(count, v.minValue(1), v.maxValue(1e6)),
  /** Its parent's, 0 for none. */
  count,
  /** For a child the morphisms, for a starting network its architecture; checked as those of a file are. */
  v.unknown(),
  /** What does not follow from its architecture. */
  values,
  /** Images of its own training. */
  count,
  /** Images that its ancestors saw, less what its parent and its ancestors saw. */
  v.pipe(v.number(), v.safeInteger()),
  /** Seconds since the run began when it was evaluated, and seconds of its training. */
  amount,
  amount,
]);

const generationSchema = v.strictObject({
  /** Its networks in the order of their numbers. */
  n: v.array(networkSchema),
  /** At its end, of the whole run: seconds, networks evaluated, proposed, images seen, seconds of training. */
  t: v.strictTuple([amount, count, count, count, amount]),
  /** Its hypervolume, where that is not the one of the networks that are here. */
  h: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  /** It has not competed: the run was stopped before. */
  o: v.exactOptional(v.literal(1)),
});

export const runDigestSchema = v.strictObject({
  v: v.literal(digestVersion),
  k: v.picklist(digestScopes),
  /** The recipe as in an address. */
  r: v.pipe(v.string(), v.maxLength(4000)),
  /** Lowest and highest value of each objective, in the recipe's order. */
  b: v.array(v.strictTuple([v.pipe(v.number(), v.finite()), v.pipe(v.number(), v.finite())])),
  g: v.pipe(v.array(generationSchema), v.minLength(1)),
  /** Why the search ended; absent while it goes on. */
  f: v.exactOptional(v.picklist(['budget', 'time', 'stopped'])),
});

export type RunDigest = v.InferOutput<typeof runDigestSchema>;
type DigestNetwork = v.InferOutput<typeof networkSchema>;

const rounded = (x: number, digits: number): number => Number(x.toFixed(digits));

/** With the ancestors of all. */
function withAncestors(view: RunView, ids: Iterable<NetworkId>): ReadonlySet<NetworkId> {
  const kept = new Set<NetworkId>();
  for (const member of ids)
    for (let id: NetworkId | null = member; id !== null && !kept.has(id);) {
      kept.add(id);
      id = view.networks.get(id)?.parent ?? null;
    }
  return kept;
}

function keptOf(view: RunView, scope: DigestScope): ReadonlySet<NetworkId> {
  const evaluated = [...view.networks.values()].filter(({ status }) => status === 'evaluated');
  if (scope === 'all') return new Set(evaluated.map(({ id }) => id));
  const starts = evaluated.filter(({ parent }) => parent === null).map(({ id }) => id);
  const earlier = scope === 'fronts' ? view.generations.flatMap(({ outcome }) => outcome?.front ?? []) : [];
  return withAncestors(view, [...starts, ...earlier, ...view.front]);
}

/** What of its values does not follow from its layers. */
function measuredOf({ architecture, objectives }: NetworkView, problem: Problem): ObjectiveValues {
  const cheap = problem.cheap(architecture);
  return Object.fromEntries(
    Object.entries(objectives).filter(([key, value]) => cheap[key as ObjectiveKey] !== value),
  );
}

const seen = ({ ownImages, inheritedImages }: NetworkView): number => ownImages + inheritedImages;

/**
 * The digest of a log, up to the end of its last generation that has competed, or to its end where the search has
 * ended; null before the first. Failed networks are left out: they are on no front and nobody descends from them.
 */
export function digestOf(
  events: readonly SearchEvent[],
  scope: DigestScope,
  problem: Problem = networkProblem,
): RunDigest | null {
  const finished = events.findLast((event) => event.type === 'finished');
  const last = finished ? events.length - 1 : events.findLastIndex(({ type }) => type === 'competed');
  const log = events.slice(0, last + 1);
  const fold = new LogFold(problem);
  const whole = fold.at(log, log.length);
  if (!whole || whole.front.length === 0) return null;
  const at = new Map<NetworkId, number>();
  const ends: number[] = [];
  log.forEach((event, index) => {
    if (event.type === 'evaluated') at.set(event.network, event.seconds);
    if (event.type === 'competed') ends[event.generation] = index + 1;
  });
  const kept = keptOf(whole, scope);
  const told = (view: RunView): RunDigest['g'][number]['t'] => {
    const evaluated = [...view.networks.values()].filter(({ status }) => status !== 'training');
    const trainSeconds = evaluated.reduce((sum, network) => sum + network.trainSeconds, 0);
    const { seconds, trainedCount, proposedCount, imagesSeen } = view;
    return [rounded(seconds, 1), trainedCount, proposedCount, imagesSeen, rounded(trainSeconds, 1)];
  };
  const rowOf = (network: NetworkView): DigestNetwork => {
    const { id, architecture, chain, ownImages, inheritedImages, trainSeconds } = network;
    const parent = network.parent === null ? undefined : whole.networks.get(network.parent);
    const made: Architecture | readonly Morphism[] = parent ? chain : architecture;
    const inherited = inheritedImages - (parent ? seen(parent) : 0);
    const seconds = [rounded(at.get(id)!, 1), rounded(trainSeconds, 1)] as const;
    return [id, parent?.id ?? 0, made, measuredOf(network, problem), ownImages, inherited, ...seconds];
  };
  const generations = whole.generations.flatMap(({ generation, trained, outcome }) => {
    const rows = trained.filter((id) => kept.has(id)).map((id) => rowOf(whole.networks.get(id)!));
    if (!outcome && rows.length === 0 && generation > 0) return [];
    const isLast = outcome === null || outcome === whole.generations.at(-1)!.outcome;
    const t = told(fold.at(log, isLast ? log.length : ends[generation]!)!);
    const h = scope === 'last-front' && outcome ? { h: rounded(outcome.hypervolume, 6) } : {};
    return [{ n: rows, t, ...h, ...(outcome ? {} : { o: 1 as const }) }];
  });
  return {
    ...{ v: digestVersion, k: scope, r: formatRecipe(whole.recipe) },
    b: whole.bounds.map(({ low, high }) => [low, high]),
    g: generations,
    ...(finished ? { f: finished.reason } : {}),
  };
}
