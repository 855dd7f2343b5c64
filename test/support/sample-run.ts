/**
 * A SYNTHETIC run for the chart gallery and its tests: plausible numbers from a seeded generator and a made-up
 * error surface. Nothing here was trained, and nothing of it may be shown as a result.
 */
import type { Morphism } from '../../src/core/morphisms/morphism.ts';
import { seeded, type Random } from '../../src/core/random.ts';
import type { GenerationView, NetworkView, ProposalView, RunView } from '../../src/core/run-file/view.ts';
import type { Bound, DensityRecord } from '../../src/core/search/events.ts';
import type { ObjectiveKey, ObjectiveValues } from '../../src/core/search/objectives.ts';
import { plain } from '../../src/core/search/presets.ts';
import type { Recipe } from '../../src/core/search/recipe.ts';
import { architecture, cheapOf, curveOf, drawChain, errorOf } from './sample-surface.ts';

export interface SampleOptions {
  readonly seed?: number;
  /** Generations that have competed. */
  readonly generations?: number;
  /** Of the last generation, how many are still in training; 0 = all have competed. */
  readonly training?: number;
  readonly objectives?: readonly ObjectiveKey[];
  readonly proposals?: number;
  readonly accepted?: number;
  readonly uniform?: boolean;
}

interface Member {
  readonly id: number;
  readonly values: ObjectiveValues;
}

function dominates(a: ObjectiveValues, b: ObjectiveValues, keys: readonly ObjectiveKey[]): boolean {
  return keys.every((key) => a[key]! <= b[key]!) && keys.some((key) => a[key]! < b[key]!);
}

function frontOf(members: readonly Member[], keys: readonly ObjectiveKey[]): number[] {
  return members
    .filter((m) => !members.some((other) => other !== m && dominates(other.values, m.values, keys)))
    .map((m) => m.id);
}

const bounds: readonly Bound[] = [
  { objective: 'error', low: 0.085, high: 0.32, scale: 'linear' },
  { objective: 'parameters', low: 800, high: 240_000, scale: 'log' },
  { objective: 'multiplyAdds', low: 30_000, high: 30_000_000, scale: 'log' },
  { objective: 'activationBytes', low: 100_000, high: 8_000_000, scale: 'log' },
  { objective: 'inferenceSeconds', low: 0.00028, high: 0.02, scale: 'log' },
];

function share(key: ObjectiveKey, value: number): number {
  const bound = bounds.find((b) => b.objective === key)!;
  const measure = bound.scale === 'log' ? Math.log : (v: number) => v;
  const part = (measure(bound.high) - measure(value)) / (measure(bound.high) - measure(bound.low));
  return Math.min(1, Math.max(0, part));
}

/** Share of the box that is dominated: exact for two objectives, by a seeded sample of 1,000 points for more. */
function hypervolume(front: readonly Member[], keys: readonly ObjectiveKey[]): number {
  const shares = front.map((m) => keys.map((key) => share(key, m.values[key]!)));
  if (keys.length === 2) {
    let [area, reached] = [0, 0];
    for (const [a, b] of shares.sort((p, q) => q[0]! - p[0]!)) {
      area += Math.max(0, b! - reached) * a!;
      reached = Math.max(reached, b!);
    }
    return area;
  }
  const random = seeded('hypervolume');
  let inside = 0;
  for (let i = 0; i < 1000; i++) {
    const point = keys.map(() => random.next());
    if (shares.some((row) => row.every((value, k) => value >= point[k]!))) inside++;
  }
  return inside / 1000;
}

function densityOf(members: readonly Member[], keys: readonly ObjectiveKey[]): DensityRecord {
  const cheap = keys.filter((key) => key !== 'error');
  const points = members.map((m) => cheap.map((key) => Math.log10(m.values[key]!)));
  const bandwidths = cheap.map((_, k) => {
    const mean = points.reduce((sum, row) => sum + row[k]!, 0) / points.length;
    const variance = points.reduce((sum, row) => sum + (row[k]! - mean) ** 2, 0) / points.length;
    return Math.max(0.1, Math.sqrt(variance) * Math.pow(points.length, -1 / 5));
  });
  return { kind: 'kde', objectives: cheap, points, bandwidths };
}

function weight(density: DensityRecord, values: ObjectiveValues): number {
  if (density.kind === 'uniform') return 1;
  const x = Math.log10(values[density.objectives[0]!]!);
  const sum = density.points.reduce(
    (s, row) => s + Math.exp(-0.5 * ((x - row[0]!) / density.bandwidths[0]!) ** 2),
    0,
  );
  return 1 / Math.max(1e-9, sum);
}

function drawWeighted<T>(items: readonly T[], weights: readonly number[], random: Random): T {
  let left = random.next() * weights.reduce((sum, w) => sum + w, 0);
  for (let i = 0; i < items.length; i++) {
    left -= weights[i]!;
    if (left <= 0) return items[i]!;
  }
  return items.at(-1)!;
}

/** A synthetic RunView: four starting networks, then generations of proposals and children. */
export function sampleRun(options: SampleOptions = {}): RunView {
  const {
    seed = 42,
    generations = 12,
    training = 3,
    proposals = 100,
    accepted = 5,
    uniform = false,
  } = options;
  const keys = options.objectives ?? ['error', 'parameters'];
  const random = seeded(`sample/${seed}`);
  const imagesPerChild = 12_000;
  const networks = new Map<number, NetworkView>();
  const past: GenerationView[] = [];
  let evaluated: Member[] = [];
  let population: number[] = [];
  let front: number[] = [];
  let proposedCount = 0;

  const add = (
    parent: NetworkView | null,
    generation: number,
    chain: readonly Morphism[],
    cheap: ObjectiveValues,
    busy: number,
  ) => {
    const id = networks.size + 1;
    const inheritedImages = parent ? parent.ownImages + parent.inheritedImages : 0;
    const seen = imagesPerChild + inheritedImages;
    const error = errorOf(cheap.parameters!, seen, random);
    const network: NetworkView = {
      id,
      parent: parent?.id ?? null,
      chain,
      architecture: architecture(8 + random.integer(30)),
      generation,
      status: busy < 1 ? 'training' : 'evaluated',
      objectives: busy < 1 ? cheap : { ...cheap, error },
      onFront: false,
      ownImages: Math.round(imagesPerChild * busy),
      inheritedImages,
      trainSeconds: busy < 1 ? 0 : 1.4,
      curve: curveOf(error, imagesPerChild, busy, random),
      agreement: { same: 256, of: 256, maxDifference: 2e-7 },
    };
    networks.set(id, network);
    if (busy >= 1) evaluated.push({ id, values: network.objectives });
    return network;
  };
  const compete = (
    generation: number,
    density: DensityRecord | null,
    views: ProposalView[],
    trained: number[],
  ) => {
    const before = front;
    evaluated = evaluated.filter((m) => before.includes(m.id) || trained.includes(m.id));
    front = frontOf(evaluated, keys);
    population = front;
    const members = evaluated.filter((m) => front.includes(m.id));
    past.push({
      generation,
      density,
      proposals: views,
      trained,
      outcome: {
        joined: front.filter((id) => !before.includes(id)),
        left: before.filter((id) => !front.includes(id)),
        dominated: trained.filter((id) => !front.includes(id)),
        population,
        front,
        hypervolume: hypervolume(members, keys),
      },
    });
  };

  const seeds = [922, 5004, 3310, 24_118].map((size) => add(null, 0, [], cheapOf(size, random), 1).id);
  compete(0, null, [], seeds);
  for (let g = 1; g <= generations; g++) {
    const members = population.map((id) => ({ id, values: networks.get(id)!.objectives }));
    const density: DensityRecord = uniform
      ? { kind: 'uniform', reason: 'too few sizes' }
      : densityOf(members, keys);
    const weights = members.map((m) => weight(density, m.values));
    const views: ProposalView[] = [];
    for (let i = 0; i < proposals; i++) {
      const parent = drawWeighted(members, weights, random);
      const { chain, factor } = drawChain(random);
      const size = Math.round(parent.values.parameters! * factor);
      const base = { proposal: `${g}.${i}`, parent: parent.id, chain, cheap: cheapOf(size, random) };
      if (size < 850 || size > 220_000)
        views.push({
          ...base,
          verdict: 'rejected',
          reason: size < 850 ? 'too-few-parameters' : 'too-many-parameters',
        });
      else if (random.next() < 0.1) views.push({ ...base, verdict: 'rejected', reason: 'duplicate' });
      else views.push({ ...base, verdict: 'candidate' });
    }
    proposedCount += proposals;
    const open = g === generations ? training : 0;
    const trained: number[] = [];
    for (let k = 0; k < accepted; k++) {
      const left = views.filter((v) => v.verdict === 'candidate');
      if (left.length === 0) break;
      const chosen = drawWeighted(
        left,
        left.map((v) => weight(density, v.cheap)),
        random,
      );
      const busy = k >= accepted - open ? [0.7, 0.3, 0.45, 0.1, 0.2][k % 5]! : 1;
      const child = add(networks.get(chosen.parent)!, g, chosen.chain, chosen.cheap, busy);
      views[views.indexOf(chosen)] = { ...chosen, verdict: 'accepted', network: child.id };
      trained.push(child.id);
    }
    if (open === 0) compete(g, density, views, trained);
    else {
      front = frontOf(evaluated, keys);
      past.push({ generation: g, density, proposals: views, trained, outcome: null });
    }
  }
  for (const id of front) networks.set(id, { ...networks.get(id)!, onFront: true });
  const recipe: Recipe = {
    dataset: 'fashion',
    secondDataset: '',
    seed,
    strategy: 'lemonade',
    space: 'network',
    objectives: keys,
    generations: 30,
    proposals,
    accepted,
    imagesPerChild,
    imagesPerSeed: imagesPerChild,
    imagesDistilled: 0,
    batch: 64,
    rate: 0.01,
    weightDecay: 0.0005,
    augment: 'none',
    ...plain,
    minParameters: 850,
    maxParameters: 220_000,
    maxMultiplyAdds: 1e9,
    maxSeconds: 0,
    backend: 'auto',
    workers: 0,
  };
  return {
    recipe,
    bounds: bounds.filter((b) => keys.includes(b.objective)),
    networks,
    generations: past,
    generation: generations,
    milestones: networks.size,
    phase: training > 0 && generations > 0 ? 'train' : 'finished',
    population,
    front,
    hypervolume: hypervolume(
      evaluated.filter((m) => front.includes(m.id)),
      keys,
    ),
    seconds: 137,
    proposedCount,
    trainedCount: [...networks.values()].filter((n) => n.status === 'evaluated').length,
    imagesSeen: networks.size * imagesPerChild,
    finished: training > 0 ? null : 'budget',
  };
}
