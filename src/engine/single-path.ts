import { pathCount, pathOf } from '../core/architecture/supernet.ts';
import type { Architecture } from '../core/architecture/types.ts';
import { layoutOf, type Weights } from '../core/architecture/weights.ts';
import { seeded, type Random } from '../core/random.ts';
import { initialWeights } from './initial-weights.ts';

/** Which path each step of a supernet's training goes along: drawn uniformly, from the generator's name alone. */
export function uniformPaths(supernet: Architecture, randomName: string): (step: number) => Architecture {
  const random = seeded(`${randomName}/paths`);
  const drawn: number[] = [];
  const made = new Map<number, Architecture>();
  return (step) => {
    while (drawn.length <= step) drawn.push(random.integer(pathCount));
    const path = drawn[step]!;
    const network = made.get(path) ?? pathOf(supernet, path).network;
    made.set(path, network);
    return network;
  };
}

/** Initial weights of a supernet: as of any network, but no path is mixed with another. */
export function supernetWeights(supernet: Architecture, random: Random): Weights {
  const weights = initialWeights(supernet, random);
  for (const { name, offset } of layoutOf(supernet).slots) if (name === 'lambda') weights[offset] = 1;
  return weights;
}
