import { readFileSync } from 'node:fs';
import { nodeId } from '../../src/core/architecture/graph.ts';
import type { Morphism } from '../../src/core/morphisms/morphism.ts';
import { readTanhToy, readToys, type Toy, type ToyFile, type ToyName } from '../../src/datasets/toys.ts';

export const toyFile = (): ToyFile => JSON.parse(readFileSync('public/toys.json', 'utf8')) as ToyFile;

export function shippedToys(): Readonly<Record<ToyName, Toy>> {
  const toys = readToys(toyFile());
  if (!toys.ok) throw new Error(JSON.stringify(toys.reason));
  return toys.value;
}

export function shippedTanhToy(): Toy {
  const toy = readTanhToy(toyFile());
  if (!toy.ok) throw new Error(JSON.stringify(toy.reason));
  return toy.value;
}

const [first, between, second] = [nodeId('1'), nodeId('1b'), nodeId('2')];

/** What the bench does to which toy, all six operators and their variants. */
export const benchCases: readonly {
  readonly name: string;
  readonly toy: ToyName;
  readonly morphism: Morphism;
}[] = [
  { name: 'deepen', toy: 'plain', morphism: { operator: 'deepen', after: first, kernelSize: 3 } },
  {
    name: 'widen',
    toy: 'plain',
    morphism: { operator: 'widen', block: first, factor: 2, variant: 'zero' },
  },
  {
    name: 'widen copy',
    toy: 'plain',
    morphism: { operator: 'widen', block: first, factor: 2, variant: 'copy', seed: 1 },
  },
  { name: 'skip', toy: 'deep', morphism: { operator: 'skip', from: first, to: between, variant: 'add' } },
  {
    name: 'skip concat',
    toy: 'deep',
    morphism: { operator: 'skip', from: first, to: between, variant: 'concat' },
  },
  { name: 'remove', toy: 'deep', morphism: { operator: 'remove', target: between } },
  { name: 'prune', toy: 'six', morphism: { operator: 'prune', block: first, fraction: 0.25 } },
  { name: 'separate', toy: 'plain', morphism: { operator: 'separate', block: second } },
];
