import { hypervolume, referenceCoordinate } from '../metrics/hypervolume.ts';
import { normaliseAll } from './bounds.ts';
import { imagesBefore } from './budget.ts';
import { cheapKeys } from './density.ts';
import type { NetworkId } from './events.ts';
import { objectives, type ObjectiveKey, type ObjectiveValues } from './objectives.ts';
import { networkOf, type NetworkRecord, type SearchState } from './state.ts';

/*
 * The last generation trains members of the front on. Its images go where the front's hypervolume gains most. [ours]
 */

/** Error is taken to fall as images to the power of minus this. Not isolated by a measurement. */
const learningExponent = 1;
/** A fall of every trained objective by this share shows what a member's training is worth. */
const tried = 0.1;

export interface Finalist {
  readonly network: NetworkRecord;
  readonly images: number;
}

const improved = (values: ObjectiveValues): ObjectiveValues =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      objectives[key as keyof ObjectiveValues].costly ? value * (1 - tried) : value,
    ]),
  );

/**
 * What each of `members` is worth: the hypervolume that the front has less where all of them but it have smaller errors.
 * Of two that are almost the same, either is worth little while the other is among them.
 */
function worthOf(
  state: SearchState,
  front: readonly NetworkRecord[],
  members: readonly NetworkRecord[],
): readonly number[] {
  const reference = state.bounds.map(() => referenceCoordinate);
  const chosen = new Set(members.map(({ id }) => id));
  const point = (values: ObjectiveValues) => normaliseAll(values, state.bounds);
  const points = front.map(({ id, objectives: own }) => point(chosen.has(id) ? improved(own) : own));
  const all = hypervolume(points, reference);
  return members.map((member) => {
    const without = points.with(front.indexOf(member), point(member.objectives));
    return Math.max(0, all - hypervolume(without, reference));
  });
}

/**
 * Images for each of `members` such that one more is worth the same everywhere: where error goes as n^-a and a member's
 * fall by a share is worth g, all it has seen, n, is to be proportional to g^(1 / (1 + a)) n0^(a / (1 + a)), n0 being what
 * it has seen so far. Who has seen more than that gets none.
 */
function shareOut(seen: readonly number[], worth: readonly number[], images: number): readonly number[] {
  const a = learningExponent;
  const weights = seen.map((n, i) => worth[i]! ** (1 / (1 + a)) * Math.max(1, n) ** (a / (1 + a)));
  let taking = weights.map((_, i) => i);
  for (;;) {
    const sum = taking.reduce((total, i) => total + weights[i]!, 0);
    const budget = images + taking.reduce((total, i) => total + seen[i]!, 0);
    const level = sum > 0 ? budget / sum : 0;
    const left = taking.filter((i) => weights[i]! * level > seen[i]!);
    if (left.length === taking.length || left.length === 0)
      return weights.map((weight, i) => (left.includes(i) ? weight * level - seen[i]! : 0));
    taking = left;
  }
}

/** A network barely larger, by at most this share in every cost, is as good as a network that is trained instead. */
const barely = 1 / 8;

/** Without members that are barely larger than a starting network beside them: that one, trained, takes their place. */
function withoutShadows(
  front: readonly NetworkRecord[],
  starts: readonly NetworkRecord[],
  keys: readonly ObjectiveKey[],
): readonly NetworkRecord[] {
  const isBarelyLarger = (member: NetworkRecord, start: NetworkRecord) =>
    keys.every((key) => {
      const [own, other] = [member.objectives[key] ?? 0, start.objectives[key] ?? 0];
      return own >= other && own <= other * (1 + barely);
    });
  if (keys.length === 0) return front;
  return front.filter(
    (member) => member.generation === 0 || !starts.some((start) => isBarelyLarger(member, start)),
  );
}

/**
 * The members of the front that are trained on, and on how many images each. While there are more than the recipe
 * allows, or one would get fewer than a child, the one with the fewest goes. Starting networks stay, with a child's
 * images at least: a front is not to be ahead of its start because that was trained less.
 */
export function finalistsOf(state: SearchState): readonly Finalist[] {
  const { finalists, imagesFinal, imagesPerChild } = state.recipe;
  const whole = state.front.map((id) => networkOf(state, id));
  const starts = whole.filter(({ generation }) => generation === 0);
  const front = withoutShadows(whole, starts, cheapKeys(state.recipe.objectives));
  const least = Math.min(imagesPerChild, Math.floor(imagesFinal / Math.max(1, front.length)));
  const toShare = imagesFinal - starts.length * least;
  let members = front;
  for (;;) {
    const seen = members.map((member) => member.ownImages + imagesBefore(state, member));
    const shares = shareOut(seen, worthOf(state, front, members), toShare);
    const [poorest] = members
      .map((member, index) => ({ member, share: shares[index]! }))
      .filter(({ member }) => member.generation > 0)
      .sort((a, b) => a.share - b.share);
    if (poorest && members.length > 1 && (members.length > finalists || poorest.share < imagesPerChild)) {
      members = members.filter((member) => member !== poorest.member);
      continue;
    }
    return members.map((network, index) => ({
      network,
      images: Math.max(1, Math.floor(shares[index]! + (network.generation === 0 ? least : 0))),
    }));
  }
}

/** Images of every finalist, by network. */
export const finalImages = (state: SearchState): ReadonlyMap<NetworkId, number> =>
  new Map(finalistsOf(state).map(({ network, images }) => [network.id, images]));
