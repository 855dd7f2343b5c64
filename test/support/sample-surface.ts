/** The made-up error surface and operators of the synthetic run; nothing here was measured. */
import type { Architecture, NodeId } from '../../src/core/architecture/types.ts';
import type { Morphism, OperatorKind } from '../../src/core/morphisms/morphism.ts';
import type { Random } from '../../src/core/random.ts';
import type { LearningPoint } from '../../src/core/search/events.ts';
import type { ObjectiveValues } from '../../src/core/search/objectives.ts';

const node = (name: string) => name as NodeId;

export function architecture(filters: number): Architecture {
  return {
    nodes: [
      { kind: 'input', id: node('input'), inputs: [], height: 28, width: 28, channels: 1 },
      { kind: 'conv', id: node('1'), inputs: [node('input')], kernelSize: 3, filters },
      { kind: 'maxPool', id: node('p1'), inputs: [node('1')] },
      { kind: 'sepConv', id: node('2'), inputs: [node('p1')], kernelSize: 3, filters: filters * 2 },
      { kind: 'head', id: node('head'), inputs: [node('2')], classes: 10, task: 0 },
    ],
  };
}

const growth: Readonly<Record<OperatorKind, readonly [low: number, high: number]>> = {
  deepen: [1.3, 2.2],
  widen: [1.25, 1.8],
  skip: [1.02, 1.3],
  remove: [0.45, 0.8],
  prune: [0.5, 0.85],
  separate: [0.35, 0.75],
};

function morphism(operator: OperatorKind): Morphism {
  switch (operator) {
    case 'deepen':
      return { operator, after: node('1'), kernelSize: 3 };
    case 'widen':
      return { operator, block: node('2'), factor: 2, variant: 'zero' };
    case 'skip':
      return { operator, from: node('1'), to: node('2'), variant: 'concat' };
    case 'remove':
      return { operator, target: node('2') };
    case 'prune':
      return { operator, block: node('2'), fraction: 0.5 };
    case 'separate':
      return { operator, block: node('1') };
  }
}

export function drawChain(random: Random): { chain: Morphism[]; factor: number } {
  const kinds = Object.keys(growth) as OperatorKind[];
  const chain: Morphism[] = [];
  let factor = 1;
  for (let i = 1 + random.integer(3); i > 0; i--) {
    const kind = random.pick(kinds);
    const [low, high] = growth[kind];
    factor *= low + (high - low) * random.next();
    chain.push(morphism(kind));
  }
  return { chain, factor };
}

/** Cheap objectives that go with a size: related to it, not the same order. */
export function cheapOf(parameters: number, random: Random): ObjectiveValues {
  const madds = parameters * 90 * Math.exp(0.5 * random.normal());
  return {
    parameters,
    multiplyAdds: Math.round(madds),
    activationBytes: Math.round(9000 * Math.sqrt(parameters) * Math.exp(0.3 * random.normal())),
    inferenceSeconds: 0.00025 + madds * 1e-9 * Math.exp(0.25 * random.normal()),
  };
}

/** The made-up error surface: falls with size and with images seen, with noise. */
export function errorOf(parameters: number, images: number, random: Random): number {
  const size = 0.205 * Math.pow(parameters / 900, -0.36);
  const practice = 0.05 * Math.exp(-images / 45_000);
  return Math.max(0.07, 0.068 + size + practice + 0.016 * Math.abs(random.normal()));
}

export function curveOf(error: number, images: number, share: number, random: Random): LearningPoint[] {
  const points = 24;
  return Array.from({ length: Math.max(2, Math.round(points * share)) }, (_, i) => ({
    images: Math.round((images * (i + 1)) / points),
    loss: error * 2.4 + 1.1 * Math.exp(-i / 5) + 0.04 * Math.abs(random.normal()),
  }));
}
