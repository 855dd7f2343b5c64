import { describe, expect, it } from 'vitest';
import { networkCost } from '../../../src/core/architecture/cost.ts';
import { identityOf } from '../../../src/core/architecture/identity.ts';
import {
  choicesOf,
  isSupernet,
  pathCount,
  pathNumber,
  pathOf,
  pathsOverSizes,
} from '../../../src/core/architecture/supernet.ts';
import { supernet, supernets } from '../../../src/core/architecture/supernets.ts';
import { validate } from '../../../src/core/architecture/validate.ts';
import { applyMorphism } from '../../../src/core/morphisms/catalog.ts';
import { deepNetworks } from '../../../src/core/architecture/starting-networks.ts';
import { randomWeights } from '../../support/architectures.ts';
import { expectLawful } from '../../support/morphism-laws.ts';

const small = supernet({ height: 8, width: 8, channels: 1 }, 10, 3);
const path = (number: number) => ({ operator: 'remove', variant: 'path', path: number }) as const;

describe('a supernet', () => {
  it('is a network of our own kind for images of every size, with one head or two', () => {
    for (const size of [3, 8, 28, 32])
      for (const options of [{}, { secondClasses: 4 }])
        for (const one of supernets({ height: size, width: size, channels: 3 }, 10, options)) {
          expect(validate(one).ok).toBe(true);
          expect(isSupernet(one)).toBe(true);
          const least = pathOf(one, pathCount - 1).network;
          expect(validate(least).ok).toBe(true);
          expect(least.nodes.filter(({ kind }) => kind === 'head')).toHaveLength(
            'secondClasses' in options ? 2 : 1,
          );
        }
  });

  it('has 256 paths, each a network of its own without merges, of the choices that its number says', () => {
    expect(pathCount).toBe(256);
    const identities = new Set<string>();
    for (let number = 0; number < pathCount; number++) {
      const { network } = pathOf(small, number);
      expect(validate(network).ok).toBe(true);
      expect(network.nodes.some(({ kind }) => kind === 'add')).toBe(false);
      expect(pathNumber(choicesOf(number))).toBe(number);
      const standing = network.nodes.flatMap(({ id }) => (/^p\d-/.test(id) ? [id] : []));
      const expected = choicesOf(number).flatMap((choice, i) =>
        choice === 'skip' ? [] : [`p${i + 1}-${choice}`],
      );
      expect(standing).toEqual(expected);
      expect(networkCost(network).parameters).toBeLessThan(networkCost(small).parameters);
      identities.add(identityOf(network));
    }
    // Of two positions side by side it does not matter which one is skipped: 13 pairs of 16 differ.
    expect(identities.size).toBe(13 * 13);
  });

  it('leaves its paths by a lawful morphism that neither distils nor fits anything', () => {
    const weights = randomWeights(small, 5);
    for (let number = 0; number < pathCount; number += 5) {
      const morphed = expectLawful(small, path(number), weights);
      expect(morphed.child).toEqual(pathOf(small, number).network);
      expect(morphed.affected).toEqual([]);
      expect(morphed.refits).toEqual([]);
      for (const { to, source } of morphed.map.tensors)
        expect(source).toMatchObject({ kind: 'gather', from: to, inputs: null, outputs: null });
    }
  });

  it('is sampled from its smallest to its largest path, in even steps of size', () => {
    const sizes = Array.from(
      { length: pathCount },
      (_, one) => networkCost(pathOf(small, one).network).parameters,
    );
    const sample = pathsOverSizes(sizes, 24);
    expect(new Set(sample).size).toBe(24);
    const own = sample.map((one) => sizes[one]!);
    expect(own).toEqual([...own].sort((a, b) => a - b));
    expect([own[0], own.at(-1)]).toEqual([Math.min(...sizes), Math.max(...sizes)]);
    const step = Math.log(own.at(-1)! / own[0]!) / 23;
    // The smallest paths are few: between them lie the widest gaps.
    own.slice(1).forEach((size, i) => expect(Math.log(size / own[i]!)).toBeLessThan(6 * step));
    expect(Math.max(...own.slice(13).map((size, i) => Math.log(size / own[12 + i]!)))).toBeLessThan(2 * step);
  });

  it('refuses paths that it does not have, and networks that are none', () => {
    expect(applyMorphism(small, path(256)).ok).toBe(false);
    expect(applyMorphism(small, path(-1)).ok).toBe(false);
    const [other] = deepNetworks({ height: 8, width: 8, channels: 1 }, 10);
    expect(isSupernet(other!)).toBe(false);
    expect(applyMorphism(other!, path(0)).ok).toBe(false);
  });
});
