import { isSupernet, pathCount, positions } from '../../architecture/supernet.ts';
import { supernets } from '../../architecture/supernets.ts';
import { crowdingDistances } from '../../metrics/crowding.ts';
import type { Random } from '../../random.ts';
import { normaliseAll } from '../bounds.ts';
import type { NetworkId } from '../events.ts';
import type { Finalist } from '../finalists.ts';
import { contenders, frontOf } from '../front.ts';
import type { NetworkRecord } from '../network-record.ts';
import { oneShotSizes } from '../recipe.ts';
import { bornIn, networkOf, type SearchState } from '../state.ts';
import type { Draft, Strategy } from '../strategy.ts';
import { binaryTournament, ranked } from './nsga2.ts';
import { noDensity, takeFirst } from './take-first.ts';

/** Paths kept of each supernet. [ours] */
const alive = 8;
/** Of a child that crosses two paths, and of a choice that is drawn anew (Guo et al. 2019: one half, 0.1). */
const crossed = 0.5;
const mutated = 0.1;

/** The number of the path that `record` is; null for a supernet. */
const pathOfRecord = ({ chain: [step] }: NetworkRecord): number | null =>
  step?.operator === 'remove' && 'path' in step ? step.path : null;

/** The nearest one above that is a path of a supernet: a member of the front that was trained on is one itself. */
function bornAsPath(state: SearchState, record: NetworkRecord): NetworkRecord {
  let one = record;
  while (pathOfRecord(one) === null && one.parent !== null) one = networkOf(state, one.parent);
  return one;
}

const isPath = (state: SearchState, record: NetworkRecord): boolean =>
  pathOfRecord(bornAsPath(state, record)) !== null;

const digit = (path: number, position: number) => (path >> (2 * position)) & 3;

/** A path each of whose choices is one of two paths', or drawn anew. */
function offspring(a: number, b: number, random: Random): number {
  const crosses = random.next() < crossed;
  let path = 0;
  for (let position = 0; position < positions; position++) {
    const inherited = digit(crosses && random.next() < 0.5 ? b : a, position);
    path += (random.next() < mutated ? random.integer(4) : inherited) << (2 * position);
  }
  return path;
}

const draftOf = (parent: NetworkId, path: number): Draft => ({
  parent,
  chain: [{ operator: 'remove', variant: 'path', path }],
});

const supernetsIn = (state: SearchState): readonly NetworkRecord[] =>
  bornIn(state, 0).filter(({ status, architecture }) => status === 'evaluated' && isSupernet(architecture));

/** The paths among `ids`, those of each supernet for themselves: errors with other shared weights do not compare. [ours] */
const familiesIn = (state: SearchState, ids: readonly NetworkId[]): readonly (readonly NetworkRecord[])[] =>
  supernetsIn(state)
    .map(({ id }) =>
      ids
        .map((path) => networkOf(state, path))
        .filter((one) => isPath(state, one) && bornAsPath(state, one).parent === id),
    )
    .filter((paths) => paths.length > 0);

/** More paths than a generation evaluates, as some are the same network, and some lie beyond the caps. */
function composed(state: SearchState, random: Random): readonly Draft[] {
  const trained = supernetsIn(state);
  const last = state.generation + 1 > state.recipe.generations;
  if (last || trained.length === 0) return [];
  const families = familiesIn(state, state.population).map((paths) => ranked(state, paths));
  // The path of all first choices is what the supernet itself answers as: with it evaluated, that has nothing of its own.
  const first = families.length === 0 ? trained.map(({ id }) => draftOf(id, 0)) : [];
  const drawn = Array.from({ length: 10 * oneShotSizes.paths }, () => {
    if (families.length === 0) return draftOf(random.pick(trained).id, random.integer(pathCount));
    const members = random.pick(families);
    const [a, b] = [0, 1].map(() => bornAsPath(state, networkOf(state, binaryTournament(members, random))));
    return draftOf(a!.parent!, offspring(pathOfRecord(a!)!, pathOfRecord(b!)!, random));
  });
  return [...first, ...drawn];
}

/**
 * Paths have no curves of their own to say what they will gain: the least crowded of each supernet's front, in turn, have
 * even shares. [ours]
 */
function evenlyShared(state: SearchState): readonly Finalist[] {
  const { candidates, bounds, recipe } = state;
  const pathOfCandidate = (index: number) => networkOf(state, candidates[index]!.parent);
  const turns = supernetsIn(state).flatMap(({ id }) => {
    const indices = [...candidates.keys()].filter(
      (index) => bornAsPath(state, pathOfCandidate(index)).parent === id,
    );
    const crowding = crowdingDistances(
      indices.map((index) => normaliseAll(pathOfCandidate(index).objectives, bounds)),
    );
    return indices
      .map((index, place) => ({ index, crowding: crowding[place]! }))
      .sort((a, b) => (a.crowding === b.crowding ? a.index - b.index : b.crowding - a.crowding))
      .map(({ index }, turn) => ({ index, turn }));
  });
  const chosen = turns
    .sort((a, b) => a.turn - b.turn || a.index - b.index)
    .slice(0, recipe.finalists)
    .sort((a, b) => a.index - b.index);
  const images = Math.max(1, Math.floor(recipe.imagesFinal / Math.max(1, chosen.length)));
  return chosen.map(({ index }) => ({ proposal: candidates[index]!.proposal, images }));
}

/**
 * Single-path one-shot search (Guo et al. 2019): supernets are trained with one uniformly drawn path a batch; NSGA-II
 * looks for paths that are good with the shared weights as they are, BN statistics computed anew; the fronts are trained on.
 * Ours: two supernets, so that sizes spread, each with a population of its own; how the images are shared out; that the front goes on from the shared
 * weights, where the paper trains the best path from scratch. Supernets stay in the population, as paths start from them.
 */
export const oneShot: Strategy = {
  key: 'one-shot',
  usesApproximate: true,
  screens: false,
  chainLength: () => ({ min: 1, max: 1 }),
  density: noDensity('one-shot search holds tournaments'),
  parents: () => [],
  compose: composed,
  finalists: evenlyShared,
  trainsOn: (state) => familiesIn(state, state.population).flatMap((paths) => frontOf(state, paths)),
  accept: takeFirst,
  selectSurvivors(state) {
    const all = contenders(state, state.population).map(({ id }) => id);
    const kept = familiesIn(state, all).flatMap((paths) => ranked(state, paths).slice(0, alive));
    return [...supernetsIn(state).map(({ id }) => id), ...kept.map(({ id }) => id).sort((a, b) => a - b)];
  },
  family: (shape, classes, options) => supernets(shape, classes, options),
};
