import type { Architecture, NodeId } from '../architecture/types.ts';
import type { Random } from '../random.ts';
import { fail, ok, type Result } from '../result.ts';
import {
  operatorKinds,
  operatorOf,
  operators,
  type Morphism,
  type MorphismFacts,
  type MorphismOf,
  type OperatorKind,
} from './morphism.ts';
import type { Morphed } from './operator.ts';
import type { WeightMap } from './weight-map.ts';

/** Every legal site of every operator, free parameters at their first choice. */
export const allSites = (architecture: Architecture): readonly Morphism[] =>
  operatorKinds.flatMap((kind) => [...operatorOf(kind).sites(architecture)]);

/** True for morphisms that keep the function exactly (in inference mode). */
export const isExact = (morphism: Morphism): boolean => operators[morphism.operator].exactness === 'exact';

/** The child and its weight map, or why the morphism is not legal here. Never throws on a bad site. */
export const applyMorphism = (architecture: Architecture, morphism: Morphism): Result<Morphed, string> =>
  operatorOf(morphism.operator).apply(architecture, morphism);

/** What there is to say about a morphism of this parent. */
export const morphismFacts = (architecture: Architecture, morphism: Morphism): MorphismFacts =>
  ({
    operator: morphism.operator,
    ...operatorOf(morphism.operator).facts(architecture, morphism),
  }) as MorphismFacts;

/** A morphism of `kind` at a uniformly drawn site, its free parameters drawn too; null where there is no site. */
export function drawSite<K extends OperatorKind>(
  architecture: Architecture,
  kind: K,
  random: Random,
): MorphismOf<K> | null {
  const operator = operatorOf(kind);
  const sites = operator.sites(architecture);
  return sites.length === 0 ? null : operator.vary(random.pick(sites), random);
}

export interface DrawOptions {
  /** Operators never drawn (an ablation). */
  readonly exclude?: readonly OperatorKind[];
}

/** A drawn operator that has no legal site; `chain` is what was drawn before it. */
export interface NoLegalSite {
  readonly problem: 'no-legal-site';
  readonly operator: OperatorKind;
  readonly chain: readonly Morphism[];
}

/**
 * Draws the operator uniformly over the six (less the excluded), then its site uniformly over the legal ones [paper].
 * An operator without a site here is reported, not drawn again.
 */
export function drawMorphism(
  architecture: Architecture,
  random: Random,
  options: DrawOptions = {},
): Result<Morphism, NoLegalSite> {
  const kinds = operatorKinds.filter((kind) => !options.exclude?.includes(kind));
  const operator = random.pick(kinds);
  const morphism = drawSite(architecture, operator, random);
  return morphism ? ok(morphism) : fail({ problem: 'no-legal-site', operator, chain: [] });
}

export interface ChainOptions extends DrawOptions {
  readonly min: number;
  readonly max: number;
}

/** Draws `min` to `max` morphisms (uniform), each on the child of the one before. Space I: 1 to 3 [paper]. */
export function drawChain(
  architecture: Architecture,
  random: Random,
  options: ChainOptions,
): Result<{ readonly chain: readonly Morphism[]; readonly child: Architecture }, NoLegalSite> {
  const length = options.min + random.integer(options.max - options.min + 1);
  const chain: Morphism[] = [];
  let child = architecture;
  for (let i = 0; i < length; i++) {
    const drawn = drawMorphism(child, random, options);
    if (!drawn.ok) return fail({ ...drawn.reason, chain });
    const morphed = applyMorphism(child, drawn.value);
    if (!morphed.ok) throw new Error(`${drawn.value.operator} drew an illegal site: ${morphed.reason}`);
    chain.push(drawn.value);
    child = morphed.value.child;
  }
  return ok({ chain, child });
}

/** One step of a chain, with all that inheriting through it needs. */
export interface ChainStep {
  readonly morphism: Morphism;
  readonly parent: Architecture;
  readonly child: Architecture;
  readonly map: WeightMap;
  readonly affected: readonly NodeId[];
  readonly refits: readonly NodeId[];
}

/** Applies morphisms one after another; the reason names the step that is not legal. */
export function applyChain(
  architecture: Architecture,
  chain: readonly Morphism[],
): Result<{ readonly child: Architecture; readonly steps: readonly ChainStep[] }, string> {
  const steps: ChainStep[] = [];
  let parent = architecture;
  for (const morphism of chain) {
    const morphed = applyMorphism(parent, morphism);
    if (!morphed.ok) return fail(`step ${steps.length + 1} (${morphism.operator}): ${morphed.reason}`);
    steps.push({ morphism, parent, ...morphed.value });
    parent = morphed.value.child;
  }
  return ok({ child: parent, steps });
}
