import { crowdingDistances } from '../metrics/crowding.ts';
import { exclusiveHypervolume } from '../metrics/contribution.ts';
import { hypervolume, pointIn, referenceCoordinate } from '../metrics/hypervolume.ts';
import { isExact } from '../morphisms/catalog.ts';
import { normaliseAll } from './bounds.ts';
import { imagesBefore, searchStarts, totalImages } from './budget.ts';
import { cheapKeys } from './density.ts';
import type { Vector } from './dominance.ts';
import type { NetworkId, ProposalId } from './events.ts';
import { objectives, type ObjectiveKey, type ObjectiveValues } from './objectives.ts';
import type { Candidate, NetworkRecord } from './network-record.ts';
import { isOneShot } from './recipe.ts';
import { bornIn, networkOf, type SearchState } from './state.ts';

/*
 * The last generation has most of the images: it trains on members of the front and trains new children, those that are
 * expected to add most to the front's hypervolume. What is expected follows from two rules of thumb: error falls as a
 * power of the images seen, and with the size as it does along the front. [ours]
 */

/**
 * Validation error falls faster than its loss did before, as the rate falls to 0 too: this much more, and this many times
 * faster. Read off the curves of three networks on MNIST and Shapes; not tuned apart.
 */
const annealing = { more: 0.1, times: 1.3 } as const;
/** Exponents are kept within these; the second also where nothing is known. */
const exponents = { least: 0.1, unknown: 1, most: 2 } as const;
/** A curve is trusted up to so many times the images seen, and nothing is expected beyond. */
const trusted = 2.5;
/** A child is taken to gain half of what its size promises where it grows, and to lose half as much again where it shrinks. */
const doubt = { grown: 0.5, shrunk: 1.5 } as const;
/** What morphisms changed is learned first: an ordinary child's images are taken to leave the error so much larger. */
const disturbances = { exact: 0.2, approximate: 1 } as const;
/** At most so much of all is set aside for the lowest error, whatever else could be won. */
const mostToOne = 0.6;
/** The images are shared out in so many equal parts, */
const parts = 40;
/** and so many at once are looked at: what one part alone does not bring, several may. */
const looks = [1, 2, 4, 8] as const;
/** So many candidates, the most promising, are looked at again and again; fewer where hypervolumes are slow to find. */
const shortlist = (axes: number): number => (axes > 3 ? 12 : 40);

export interface Finalist {
  readonly proposal: ProposalId;
  readonly images: number;
}

/**
 * Slope of log error over log size along `front`: least squares, each member weighted by the images it was itself trained
 * on. Never above 0; 0 where there are no two sizes.
 */
function sizeSlope(front: readonly NetworkRecord[], error: ObjectiveKey, size: ObjectiveKey): number {
  const points = front.map(({ objectives: own, ownImages }) => ({
    x: Math.log(own[size] ?? 1),
    y: Math.log(Math.max(own[error] ?? 1, 1e-3)),
    weight: Math.max(1, ownImages),
  }));
  const total = points.reduce((sum, { weight }) => sum + weight, 0);
  const mean = (of: (point: (typeof points)[number]) => number) =>
    points.reduce((sum, point) => sum + point.weight * of(point), 0) / total;
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
  const spread = mean((point) => (point.x - x) ** 2);
  return spread > 1e-6 ? Math.min(0, mean((point) => (point.x - x) * (point.y - y)) / spread) : 0;
}

/** What a candidate's training is expected to give. */
interface Prospect {
  readonly proposal: ProposalId;
  /** Empty for a member of the front as it is. */
  readonly chain: Candidate['chain'];
  /** Images that it has in any case: see grantsOf. */
  readonly granted: number;
  /** Objectives after so many images more than those granted. */
  after(images: number): ObjectiveValues;
}

/** How the errors of a child of `parent` are expected to compare with its parent's, by their sizes. */
function changeOf(
  parent: ObjectiveValues,
  child: ObjectiveValues,
  size: ObjectiveKey,
  slope: number,
): number {
  const ratio = Math.log((child[size] ?? 1) / (parent[size] ?? 1));
  return Math.exp(slope * ratio * (ratio > 0 ? doubt.grown : doubt.shrunk));
}

/** With which power of the images errors along `network`'s line fall: as where that line was trained longest. */
function exponentOf(state: SearchState, network: NetworkRecord): number {
  let longest = network;
  for (let one = network; one.parent !== null;) {
    one = networkOf(state, one.parent);
    if (one.ownImages > longest.ownImages) longest = one;
  }
  const { learningExponent } = longest;
  if (learningExponent === undefined) return exponents.unknown;
  return Math.min(
    exponents.most,
    Math.max(exponents.least, annealing.more + annealing.times * learningExponent),
  );
}

/** By how much errors along `network`'s line are expected to fall in so many images more. */
function fallOf(state: SearchState, network: NetworkRecord): (images: number) => number {
  const seen = Math.max(1, network.ownImages + imagesBefore(state, network));
  const exponent = exponentOf(state, network);
  return (images) => (seen / Math.min(seen + images, trusted * seen)) ** exponent;
}

/**
 * What some have in any case. The one that is expected to have the lowest error with it, as that error is what people look
 * at first: an even share at least, and up to `mostToOne` of all as much as lets its line see what a starting network would
 * have seen without a search. Starting networks on the front have what a child has: a front is not to be ahead of its
 * start because that was trained less.
 */
function grantsOf(state: SearchState, networks: readonly NetworkRecord[]): ReadonlyMap<NetworkId, number> {
  const { recipe, front } = state;
  const { finalists, imagesFinal, imagesPerChild } = recipe;
  const members = new Set(front);
  const even = imagesFinal / Math.max(2, Math.min(finalists, members.size));
  const starts = bornIn(state, 0).length || searchStarts(recipe);
  const withoutSearch = totalImages(recipe, starts) / starts;
  const grantOf = (one: NetworkRecord) => {
    const missing = withoutSearch - one.ownImages - imagesBefore(state, one);
    return Math.max(even, Math.min(mostToOne * imagesFinal, missing));
  };
  const error = recipe.objectives.find((key) => key === 'error' || key === 'secondError');
  const errorOf = (one: NetworkRecord) => ((error && one.objectives[error]) ?? 1) * fallOf(state, one)(even);
  const best = networks.reduce((a, b) => (errorOf(b) < errorOf(a) ? b : a), networks[0]!);
  const least = Math.min(imagesPerChild, imagesFinal / (2 * members.size));
  const isStart = ({ id, generation }: NetworkRecord) => generation === 0 && members.has(id);
  return new Map(networks.map((one) => [one.id, one === best ? grantOf(one) : isStart(one) ? least : 0]));
}

function prospectsOf(state: SearchState): readonly Prospect[] {
  const { objectives: keys, imagesPerChild } = state.recipe;
  const front = state.front.map((id) => networkOf(state, id));
  const [size] = cheapKeys(keys);
  const costly = keys.filter((key) => objectives[key].costly);
  const slopes = new Map(costly.map((key) => [key, size ? sizeSlope(front, key, size) : 0]));
  const asTheyAre = state.candidates.filter(({ chain }) => chain.length === 0);
  const grants = grantsOf(
    state,
    asTheyAre.map(({ parent }) => networkOf(state, parent)),
  );
  return state.candidates.map(({ proposal, parent, chain, cheap }: Candidate): Prospect => {
    const from = networkOf(state, parent);
    const fall = fallOf(state, from);
    const isMember = chain.length === 0;
    const disturbance = isMember ? 0 : chain.every(isExact) ? disturbances.exact : disturbances.approximate;
    const granted = isMember ? grants.get(parent)! : 0;
    const after = (images: number): ObjectiveValues => {
      const more = granted + images;
      const falls = fall(more);
      const disturbed = 1 + (disturbance * imagesPerChild) / Math.max(1, more);
      const errors = costly.map((key) => {
        const change = isMember || !size ? 1 : changeOf(from.objectives, cheap, size, slopes.get(key)!);
        return [key, Math.min(1, (from.objectives[key] ?? 1) * change * disturbed * falls)] as const;
      });
      return { ...cheap, ...Object.fromEntries(errors) };
    };
    return { proposal, chain, granted, after };
  });
}

/** How many parts are looked at, and what each brings. */
interface Look {
  readonly count: number;
  readonly gain: number;
}

/**
 * The sharing out of the last images: part by part to whom it brings most expected hypervolume per image; then, as long as
 * that brings more, one gives of its share to another.
 */
class Sharing {
  readonly #pointOf: (values: ObjectiveValues) => Vector;
  readonly #reference: Vector;
  readonly #part: number;
  /** Where the front's members will be with what they are granted. */
  readonly #front: readonly Vector[];
  readonly #prospects: readonly Prospect[];
  readonly shares = new Map<Prospect, number>();

  constructor(state: SearchState, prospects: readonly Prospect[], images: number) {
    this.#pointOf = (values) => pointIn(values, state.bounds);
    this.#reference = state.bounds.map(() => referenceCoordinate);
    this.#part = images / parts;
    const members = prospects.filter(({ chain }) => chain.length === 0);
    this.#front = members.map(({ after }) => this.#pointOf(after(0)));
    const promise = new Map(
      prospects.map((prospect) => [prospect, this.#bestLook(prospect, this.#front, parts).gain]),
    );
    this.#prospects = [...prospects]
      .sort((a, b) => promise.get(b)! - promise.get(a)!)
      .slice(0, shortlist(state.bounds.length));
  }

  #pointsOf(shares: ReadonlyMap<Prospect, number>): readonly Vector[] {
    return [...this.#front, ...[...shares].map(([{ after }, share]) => this.#pointOf(after(share)))];
  }

  #alone(values: ObjectiveValues, others: readonly Vector[]): number {
    return exclusiveHypervolume(this.#pointOf(values), others, this.#reference);
  }

  /** The number of parts, of at most `left`, that brings `prospect` most per part, where `others` are there already. */
  #bestLook(prospect: Prospect, others: readonly Vector[], left: number): Look {
    const share = this.shares.get(prospect) ?? 0;
    const now = share > 0 ? this.#alone(prospect.after(share), others) : 0;
    let best: Look = { count: 1, gain: 0 };
    for (const count of looks) {
      if (count > left) break;
      const gain = (this.#alone(prospect.after(share + count * this.#part), others) - now) / count;
      if (gain > best.gain) best = { count, gain };
    }
    return best;
  }

  /** Shares out everything among `most` candidates at most. */
  run(most: number): void {
    for (let left = parts; left > 0;) {
      const all = this.#pointsOf(this.shares);
      const place = [...this.shares.keys()];
      const looked = this.#prospects
        .filter((prospect) => this.shares.size < most || this.shares.has(prospect))
        .map((prospect) => {
          const at = place.indexOf(prospect);
          const others = at < 0 ? all : all.toSpliced(this.#front.length + at, 1);
          return { prospect, ...this.#bestLook(prospect, others, left) };
        });
      const best = looked.reduce((a, b) => (b.gain > a.gain ? b : a), looked[0]!);
      if (!(best && best.gain > 0)) break;
      this.shares.set(best.prospect, (this.shares.get(best.prospect) ?? 0) + best.count * this.#part);
      left -= best.count;
    }
    while (this.#exchange(most));
  }

  /** Moves as much from one to another as brings most; false where nothing does. */
  #exchange(most: number): boolean {
    let largest = hypervolume(this.#pointsOf(this.shares), this.#reference) + 1e-9;
    let best: ReadonlyMap<Prospect, number> | null = null;
    for (const [from, share] of this.shares) {
      const amounts = [
        ...looks.map((count) => count * this.#part).filter((amount) => amount < share - 1e-6),
        share,
      ];
      for (const to of this.#prospects)
        for (const amount of amounts) {
          if (to === from) continue;
          const shares = new Map(this.shares);
          if (amount < share) shares.set(from, share - amount);
          else shares.delete(from);
          shares.set(to, (shares.get(to) ?? 0) + amount);
          const volume = hypervolume(this.#pointsOf(shares), this.#reference);
          if (shares.size <= most && volume > largest) [largest, best] = [volume, shares];
        }
    }
    if (!best) return false;
    this.shares.clear();
    for (const [prospect, share] of best) this.shares.set(prospect, share);
    return true;
  }
}

/**
 * Paths of a supernet have no curves of their own to say what they will gain: the least crowded of the front have even
 * shares. [ours]
 */
function evenlyShared({ candidates, networks, bounds, recipe }: SearchState): readonly Finalist[] {
  const vectors = candidates.map(({ parent }) => normaliseAll(networks[parent - 1]!.objectives, bounds));
  const crowding = crowdingDistances(vectors);
  const chosen = candidates
    .map(({ proposal }, index) => ({ proposal, index, crowding: crowding[index]! }))
    .sort((a, b) => (a.crowding === b.crowding ? a.index - b.index : b.crowding - a.crowding))
    .slice(0, recipe.finalists)
    .sort((a, b) => a.index - b.index);
  const images = Math.max(1, Math.floor(recipe.imagesFinal / chosen.length));
  return chosen.map(({ proposal }) => ({ proposal, images }));
}

/** The candidates of the last generation that are trained, and on how many images each. */
export function finalistsOf(state: SearchState): readonly Finalist[] {
  const { finalists, imagesFinal, strategy } = state.recipe;
  if (isOneShot(strategy)) return evenlyShared(state);
  const prospects = prospectsOf(state);
  const granted = prospects.reduce((sum, one) => sum + one.granted, 0);
  const sharing = new Sharing(state, prospects, Math.max(0, imagesFinal - granted));
  sharing.run(finalists);
  const shared = [...sharing.shares.values()].reduce((sum, share) => sum + share, 0);
  // Where nothing more is expected to be gained, the rest goes to all in proportion.
  const scale = imagesFinal / (granted + shared);
  const shares = prospects.map((prospect) => ({
    proposal: prospect.proposal,
    share: scale * (prospect.granted + (sharing.shares.get(prospect) ?? 0)) + 1e-6,
  }));
  const trained = shares
    .filter(({ share }) => share >= 1)
    .map(({ proposal, share }) => ({ proposal, images: Math.floor(share) }));
  if (trained.length > 0) return trained;
  // All are too small for one image: the largest has all.
  const [largest] = shares.sort((a, b) => b.share - a.share);
  return largest ? [{ proposal: largest.proposal, images: imagesFinal }] : [];
}
