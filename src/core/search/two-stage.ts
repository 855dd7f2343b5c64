import { networkCost } from '../architecture/cost.ts';
import { identityOf } from '../architecture/identity.ts';
import { trivialNetworks } from '../architecture/starting-networks.ts';
import type { Architecture, Shape } from '../architecture/types.ts';
import { applyMorphism, drawChain, drawMorphism } from '../morphisms/catalog.ts';
import type { OperatorKind } from '../morphisms/morphism.ts';
import { seeded, type Random } from '../random.ts';
import { estimateDensity, logDensity, logWeights } from './density.ts';
import type { DensityRecord } from './events.ts';
import { drawWithReplacement, drawWithoutReplacement } from './selection.ts';

/*
 * LEMONADE's two-stage sampling alone, on one cheap objective (parameters) and without training: the plain
 * density (Recipe.density), and the draws and operators of a search, for looking at what they do.
 */

/** A network of the population and its size. */
export interface Sized {
  readonly architecture: Architecture;
  readonly parameters: number;
}

export interface TwoStageOptions {
  /** n_pc. */
  readonly proposals: number;
  /** n_ac. */
  readonly accepted: number;
  /** Times the bandwidth of Scott's rule. */
  readonly bandwidthFactor: number;
  /** Both draws uniform instead of 1 / pKDE: the paper's ablation. */
  readonly uniform: boolean;
}

export interface ProposedChild {
  /** Index into the population. */
  readonly parent: number;
  readonly operators: readonly OperatorKind[];
  readonly parameters: number;
}

/** One generation of sampling. */
export interface TwoStage {
  /** How often each member was drawn as a parent. */
  readonly draws: readonly number[];
  /** Legal proposals, duplicates left out as in a search. */
  readonly children: readonly ProposedChild[];
  /** Indices into `children`, in the order of the draw. */
  readonly accepted: readonly number[];
}

const maxAttempts = 60;

/**
 * `count` different networks (at most 24): the four trivial starting networks first, then children of one operator
 * each, made from members so far. Nothing is trained; a run's population is made by competition instead.
 */
export function untrainedPopulation(
  shape: Shape,
  classes: number,
  count: number,
  random: Random,
): readonly Sized[] {
  const members = trivialNetworks(shape, classes).slice(0, count).map(sized);
  const seen = new Set(members.map(({ architecture }) => identityOf(architecture)));
  for (let attempt = 0; members.length < count && attempt < count * maxAttempts; attempt++) {
    const parent = random.pick(members).architecture;
    const drawn = drawMorphism(parent, random);
    const child = drawn.ok ? applyMorphism(parent, drawn.value) : null;
    if (!child?.ok) continue;
    const identity = identityOf(child.value.child);
    if (seen.has(identity)) continue;
    seen.add(identity);
    members.push(sized(child.value.child));
  }
  return members;
}

export const sized = (architecture: Architecture): Sized => ({
  architecture,
  parameters: networkCost(architecture).parameters,
});

/** The density both draws use; uniform where that is asked for. */
export const densityOf = (
  sizes: readonly number[],
  { bandwidthFactor, uniform }: Pick<TwoStageOptions, 'bandwidthFactor' | 'uniform'>,
): DensityRecord =>
  uniform
    ? { kind: 'uniform', reason: 'drawn evenly' }
    : estimateDensity(
        sizes.map((parameters) => ({ parameters })),
        ['parameters'],
        { factor: bandwidthFactor },
      );

/** Chances of `sizes` in one draw, times their number: 1 is as likely as in a uniform draw. */
export function relativeChances(density: DensityRecord, sizes: readonly number[]): readonly number[] {
  const logs = logWeights(
    density,
    sizes.map((parameters) => ({ parameters })),
  );
  const top = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - top));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (weight / total) * sizes.length);
}

/** Children of each member that a pool holds at most; a draw takes one of them. [ours], for speed. */
export const poolSize = 64;

/** A child of a member by one to three operators [paper]; null where an operator drawn had no legal site. */
interface PooledChild extends ProposedChild {
  readonly identity: string;
}

/** Real children of a population, each made when it is first asked for and then kept. */
export class ChildPool {
  readonly population: readonly Sized[];
  readonly #name: string;
  readonly #children = new Map<number, PooledChild | null>();

  /** `name` names the generator of the children, for example "42/children". */
  constructor(population: readonly Sized[], name: string) {
    this.population = population;
    this.#name = name;
  }

  child(parent: number, index: number): PooledChild | null {
    const key = parent * poolSize + index;
    let child = this.#children.get(key);
    if (child === undefined) this.#children.set(key, (child = this.#make(parent, index)));
    return child;
  }

  #make(parent: number, index: number): PooledChild | null {
    const random = seeded(`${this.#name}/${parent}/${index}`);
    const drawn = drawChain(this.population[parent]!.architecture, random, { min: 1, max: 3 });
    if (!drawn.ok) return null;
    const { child, chain } = drawn.value;
    return {
      parent,
      operators: chain.map(({ operator }) => operator),
      parameters: networkCost(child).parameters,
      identity: identityOf(child),
    };
  }
}

/** Draws parents, proposes one of its children for each, and draws the accepted: one generation, untrained. */
export function sampleGeneration(pool: ChildPool, options: TwoStageOptions, random: Random): TwoStage {
  const sizes = pool.population.map(({ parameters }) => parameters);
  const density = densityOf(sizes, options);
  const valuesOf = (list: readonly { readonly parameters: number }[]) =>
    list.map(({ parameters }) => ({ parameters }));
  const parents = drawWithReplacement(
    logWeights(density, valuesOf(pool.population)),
    options.proposals,
    random.split('parents'),
  );
  const draws = pool.population.map(() => 0);
  const seen = new Set<string>();
  const children: ProposedChild[] = [];
  const which = random.split('children');
  for (const parent of parents) {
    draws[parent]! += 1;
    const child = pool.child(parent, which.integer(poolSize));
    if (!child || seen.has(child.identity)) continue;
    seen.add(child.identity);
    children.push(child);
  }
  const accepted = drawWithoutReplacement(
    logWeights(density, valuesOf(children)),
    options.accepted,
    random.split('sift'),
  );
  return { draws, children, accepted: accepted.map(({ index }) => index) };
}

/** A size counts as rare where the population's density is below this share of its peak. [ours] */
export const rareBelow = 0.25;

/** Which of `sizes` are rare in a population of `members`; all false where no density can be had. */
export function areRare(
  members: readonly number[],
  sizes: readonly number[],
  bandwidthFactor = 1,
): readonly boolean[] {
  const density = densityOf(members, { bandwidthFactor, uniform: false });
  if (density.kind === 'uniform') return sizes.map(() => false);
  const [low, high] = [Math.log10(Math.min(...members)), Math.log10(Math.max(...members))];
  const steps = Array.from({ length: 201 }, (_, i) => low + ((high - low) * i) / 200);
  const peak = Math.max(...steps.map((at) => logDensity(density, [at])));
  const limit = peak + Math.log(rareBelow);
  return sizes.map((size) => logDensity(density, [Math.log10(size)]) < limit);
}
