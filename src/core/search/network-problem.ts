import { networkCost } from '../architecture/cost.ts';
import { identityOf } from '../architecture/identity.ts';
import type { Architecture } from '../architecture/types.ts';
import { applyChain, drawChain } from '../morphisms/catalog.ts';
import { fail, ok } from '../result.ts';
import type { Problem } from './problem.ts';

/** Architectures are immutable, and every generation asks again for the identities of all networks so far. */
const identities = new WeakMap<Architecture, string>();

function rememberedIdentity(architecture: Architecture): string {
  let identity = identities.get(architecture);
  if (identity === undefined) identities.set(architecture, (identity = identityOf(architecture)));
  return identity;
}

/** The search space of real networks: the six operators on architecture graphs, costs counted exactly. */
export const networkProblem: Problem = {
  drawChain(architecture, random, limits) {
    const drawn = drawChain(architecture, random, limits);
    return drawn.ok ? ok(drawn.value.chain) : fail(drawn.reason.chain);
  },
  applyChain(architecture, chain) {
    const applied = applyChain(architecture, chain);
    return applied.ok ? ok(applied.value.child) : applied;
  },
  cheap: networkCost,
  identity: rememberedIdentity,
};
