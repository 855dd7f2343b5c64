import { networkCost } from '../architecture/cost.ts';
import { identityOf } from '../architecture/identity.ts';
import { applyChain, drawChain } from '../morphisms/catalog.ts';
import { fail, ok } from '../result.ts';
import type { Problem } from './problem.ts';

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
  identity: identityOf,
};
