import { describe, expect, it } from 'vitest';
import { trivialNetworks } from '../../../src/core/architecture/starting-networks.ts';
import type { Morphism } from '../../../src/core/morphisms/morphism.ts';
import { totalImages } from '../../../src/core/search/budget.ts';
import { boundsOf } from '../../../src/core/search/bounds.ts';
import { finalistsOf } from '../../../src/core/search/finalists.ts';
import { plain, presetRecipe } from '../../../src/core/search/presets.ts';
import type { Recipe } from '../../../src/core/search/recipe.ts';
import type { Candidate, NetworkRecord } from '../../../src/core/search/network-record.ts';
import type { SearchState } from '../../../src/core/search/state.ts';

const facts = { height: 28, width: 28, channels: 1, classes: 10 };
const [architecture] = trivialNetworks(facts, 10);
const exact = { operator: 'skip', from: 'a', to: 'b' } as unknown as Morphism;
const approximate = { operator: 'prune', block: 'a', fraction: 0.5 } as unknown as Morphism;

interface Member {
  readonly parameters: number;
  readonly error: number;
  readonly seen?: number;
  readonly learningExponent?: number;
}
interface Child {
  /** Index of a member. */
  readonly of: number;
  readonly parameters: number;
  readonly chain?: readonly Morphism[];
}

/** A state in its last generation: the members as they are and `children` are its candidates. */
function lastGeneration(
  members: readonly Member[],
  children: readonly Child[] = [],
  changes: Partial<Recipe> = {},
  born = 1,
): SearchState {
  const recipe: Recipe = {
    ...presetRecipe('mnist'),
    ...plain,
    ...{ imagesFinal: 10_000, imagesPerChild: 100, finalists: 10 },
    ...changes,
  };
  const networks = members.map(({ parameters, error, seen = 10_000, ...rest }, index): NetworkRecord => ({
    ...{ id: index + 1, parent: null, chain: [], architecture: architecture!, generation: born },
    ...{ status: 'evaluated', objectives: { parameters, error }, ownImages: seen, inheritedImages: 0 },
    ...rest,
  }));
  const front = networks.map(({ id }) => id);
  const asTheyAre = networks.map(({ id, objectives: { parameters } }): Candidate => ({
    ...{ proposal: `member ${id}`, parent: id, chain: [], cheap: { parameters: parameters! } },
  }));
  const fresh = children.map(({ of, parameters, chain = [exact] }, index): Candidate => ({
    ...{ proposal: `child ${index + 1}`, parent: of + 1, chain, cheap: { parameters } },
  }));
  return {
    ...{ recipe, bounds: boundsOf(recipe, facts), phase: 'sift', generation: 4, competed: false },
    ...{ networks, population: front, previousPopulation: front, front, hypervolume: 0, density: null },
    candidates: [...asTheyAre, ...fresh],
  };
}

const sharesOf = (...given: Parameters<typeof lastGeneration>): ReadonlyMap<string, number> =>
  new Map(finalistsOf(lastGeneration(...given)).map(({ proposal, images }) => [proposal, images]));
const total = (shares: ReadonlyMap<string, number>) => [...shares.values()].reduce((a, b) => a + b, 0);

const three = [
  { parameters: 400, error: 0.2 },
  { parameters: 2000, error: 0.05 },
  { parameters: 3000, error: 0.04 },
];

describe('the last generation’s images', () => {
  it('go where the front has most to win: where an error is large and the next network far', () => {
    const shares = sharesOf(three);
    expect(total(shares)).toBeCloseTo(10_000, -1);
    expect(shares.get('member 1')!).toBeGreaterThan(shares.get('member 2') ?? 0);
    expect(shares.get('member 3')!).toBeGreaterThan(shares.get('member 2') ?? 0);
  });

  it('are such that no tenth of them would be expected to bring more elsewhere', () => {
    const members = [
      { parameters: 400, error: 0.2, seen: 8000 },
      { parameters: 2000, error: 0.05, seen: 16_000 },
      { parameters: 20_000, error: 0.03, seen: 16_000 },
    ];
    const state = lastGeneration(members);
    const [low, high] = [Math.log(300), Math.log(state.recipe.maxParameters)];
    const place = (parameters: number) => (Math.log(parameters) - low) / (high - low);
    // By hand: the steps of the staircase, errors falling as 1 / images (the exponent where nothing is known).
    const ends = [place(2000), place(20_000), 1.1];
    const lost = (shares: readonly number[]) => {
      let height = Infinity;
      return members.reduce((sum, { parameters, error, seen }, i) => {
        height = Math.min(height, error * (seen / (seen + shares[i]!)));
        return sum + (ends[i]! - place(parameters)) * height;
      }, 0);
    };
    const shares = members.map((_, i) => sharesOf(members).get(`member ${i + 1}`) ?? 0);
    for (const from of [0, 1, 2])
      for (const to of [0, 1, 2]) {
        const moved = shares.map((share, i) => share - (i === from ? 1000 : 0) + (i === to ? 1000 : 0));
        // The third has the lowest error and so an even share in any case.
        const granted = from === 2 ? 10_000 / 3 : 0;
        if (from !== to && moved[from]! >= granted) expect(lost(moved)).toBeGreaterThan(lost(shares) - 1e-9);
      }
  });

  it('go rather to who still learns fast', () => {
    const [small, middle, large] = three as [Member, Member, Member];
    const fast = sharesOf([{ ...small, learningExponent: 0.05 }, middle, { ...large, learningExponent: 1 }]);
    const slow = sharesOf([{ ...small, learningExponent: 1 }, middle, { ...large, learningExponent: 0.05 }]);
    expect(fast.get('member 1') ?? 0).toBeLessThan(slow.get('member 1')!);
    expect(fast.get('member 3') ?? 0).toBeGreaterThan(slow.get('member 3') ?? 0);
  });

  it('go to a new child that would reach where the front has nobody', () => {
    const children = [{ of: 0, parameters: 310, chain: [approximate] }];
    expect(sharesOf(three, children).get('child 1')!).toBeGreaterThanOrEqual(500);
  });

  it('do not go to a child that would come to lie beside a member', () => {
    expect(sharesOf(three, [{ of: 0, parameters: 402 }]).has('child 1')).toBe(false);
    expect(sharesOf(three, [{ of: 1, parameters: 1990, chain: [approximate] }]).has('child 1')).toBe(false);
  });

  it('do not go to one of two members that are almost the same', () => {
    const members = [{ parameters: 400, error: 0.2 }, { parameters: 401, error: 0.199 }, three[1]!];
    const shares = sharesOf(members);
    expect([shares.has('member 1'), shares.has('member 2')].filter(Boolean)).toHaveLength(1);
  });

  it('go to the member of lowest error in any case, an even share', () => {
    const members = [{ parameters: 400, error: 0.4 }, three[1]!, { parameters: 90_000, error: 0.049 }];
    expect(sharesOf(members).get('member 3')).toBeGreaterThanOrEqual(3333);
    expect(sharesOf(members, [], { finalists: 2 }).get('member 3')).toBeGreaterThanOrEqual(5000);
  });

  it('go to the member of lowest error until its line has seen what a start would without a search', () => {
    const members = [three[0]!, three[1]!, { parameters: 9000, error: 0.04, seen: 2000 }];
    const changes = { starts: 'deep', imagesPerSeed: 1000 } as const;
    const recipe = lastGeneration(members, [], changes).recipe;
    const withoutSearch = totalImages(recipe) / 3;
    expect(withoutSearch - 2000).toBeLessThan(10_000 / 3);
    expect(sharesOf(members, [], changes).get('member 3')!).toBeGreaterThanOrEqual(3333);

    const long = { ...changes, imagesFinal: 20_000, generations: 20 };
    const missing = totalImages({ ...recipe, ...long }) / 3 - 2000;
    expect(missing).toBeGreaterThan(20_000 / 3);
    const share = sharesOf(members, [], long).get('member 3')!;
    expect(share).toBeGreaterThanOrEqual(Math.floor(missing));
    expect(share).toBeLessThan(0.6 * 20_000);
    // However much it is behind, something is left for the others.
    const behind = { ...changes, imagesPerSeed: 40_000 };
    const least = sharesOf(members, [], behind).get('member 3')!;
    expect(least).toBeGreaterThanOrEqual(6000);
    expect(least).toBeLessThan(10_000);
  });

  it('go to a starting network that chance has kept off the front, where it is expected to be best in the end', () => {
    const state = lastGeneration([
      { parameters: 400, error: 0.4, learningExponent: 0.1 },
      { parameters: 9000, error: 0.42, learningExponent: 1 },
    ]);
    const finalists = finalistsOf({ ...state, front: [state.front[0]!], population: [state.front[0]!] });
    expect(finalists.find(({ proposal }) => proposal === 'member 2')?.images).toBeGreaterThan(3000);
  });

  it('are not heaped on one beyond what its curve is trusted for', () => {
    const shares = sharesOf(three.map((one) => ({ ...one, seen: 2000 })));
    for (const [, images] of shares) expect(images).toBeLessThan(2 * 2000 + 10_000 / 3);
    expect(total(shares)).toBeCloseTo(10_000, -1);
  });

  it('always go to starting networks too, a child’s at least', () => {
    const members = [{ parameters: 400, error: 0.2 }, { parameters: 401, error: 0.199 }, three[1]!];
    const shares = sharesOf(members, [], { finalists: 1 }, 0);
    expect(shares.size).toBe(3);
    for (const images of shares.values()) expect(images).toBeGreaterThanOrEqual(100);
    expect(total(shares)).toBeLessThanOrEqual(10_000);
  });

  it('go to as many as the recipe allows, and to one at least, also where no error is left', () => {
    const members = [300, 600, 1200, 2400, 4800].map((parameters, i) => ({
      parameters,
      error: 0.5 / (i + 1),
    }));
    expect(sharesOf(members, [], { finalists: 3 }).size).toBe(3);
    for (const imagesFinal of [1, 2, 5]) {
      const shares = sharesOf(members, [], { imagesFinal });
      expect(shares.size).toBeGreaterThanOrEqual(1);
      expect(total(shares)).toBeLessThanOrEqual(imagesFinal);
      for (const images of shares.values()) expect(images).toBeGreaterThanOrEqual(1);
    }
    expect(total(sharesOf([{ parameters: 300, error: 0 }]))).toBe(10_000);
  });

  it('can be shared out with five objectives', () => {
    const objectives = [
      'error',
      'parameters',
      'multiplyAdds',
      'activationBytes',
      'inferenceSeconds',
    ] as const;
    const state = lastGeneration(three, [{ of: 0, parameters: 310 }]);
    const recipe = { ...state.recipe, objectives };
    const whole = { multiplyAdds: 50_000, activationBytes: 20_000, inferenceSeconds: 0.001 };
    const finalists = finalistsOf({
      ...{ ...state, recipe, bounds: boundsOf(recipe, facts) },
      networks: state.networks.map((one) => ({ ...one, objectives: { ...one.objectives, ...whole } })),
      candidates: state.candidates.map((one) => ({ ...one, cheap: { ...one.cheap, ...whole } })),
    });
    expect(finalists.reduce((sum, { images }) => sum + images, 0)).toBeCloseTo(10_000, -1);
  });
});
