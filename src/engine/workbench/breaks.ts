import { findBlock, insertAfter, nodeId } from '../../core/architecture/graph.ts';
import type { Architecture, NodeId } from '../../core/architecture/types.ts';
import { layoutOf, tensorKey, type TensorName, type Weights } from '../../core/architecture/weights.ts';
import { filterNorms, provenance, type Selections } from '../../core/morphisms/provenance.ts';
import { isExact, type ChainStep } from '../../core/morphisms/catalog.ts';
import { inheritWeights, setMeasured } from '../../core/morphisms/resolve.ts';
import { transfer } from '../../core/morphisms/transfer.ts';
import type { ChannelRun, WeightMap } from '../../core/morphisms/weight-map.ts';
import { seeded } from '../../core/random.ts';
import { ok, type Result } from '../../core/result.ts';
import type { ImageSet } from '../../datasets/types.ts';
import { batchNormEpsilon, type Engine } from '../engine.ts';
import { calibrationImages } from '../inherit.ts';

/** A way to get a morphism wrong. */
export type BreakKind =
  /** New readers start with random numbers instead of zeros. */
  | 'random-readers'
  /** Zero filters as well as zero readers. */
  | 'zero-filters'
  /** No running statistics are inherited: mean 0, variance 1 everywhere. */
  | 'forget-statistics'
  /** Net2Wider without sharing the readers' weights out. */
  | 'undivided'
  /** Net2Wider without its symmetry-breaking noise. */
  | 'no-noise'
  /** He's normal in place of the identity kernel. */
  | 'random-kernel'
  /** The new block's batch norm left at gamma 1, beta 0. */
  | 'plain-norm'
  /** The identity block right behind the picture, where numbers may be negative. */
  | 'before-relu'
  /** The identity block behind a tanh, which twice is not once, as it is for ReLU. Needs a network with tanh. */
  | 'after-tanh'
  | 'lambda-half'
  | 'lambda-zero'
  /** The gate as sigmoid(a), which is never 1. */
  | 'sigmoid-lambda'
  /** The filters of largest L1 norm are cut. */
  | 'loudest'
  /** Random factors in place of the SVD's. */
  | 'random-factors'
  /** The child as it is right after the change. */
  | 'no-distillation';

/** The breaks of a morphism, in the order of the screen. */
export function breaksOf({ morphism }: Pick<ChainStep, 'morphism'>): readonly BreakKind[] {
  switch (morphism.operator) {
    case 'widen':
      return morphism.variant === 'copy'
        ? ['undivided', 'no-noise', 'forget-statistics']
        : ['random-readers', 'zero-filters', 'forget-statistics'];
    case 'deepen':
      return ['random-kernel', 'plain-norm', 'after-tanh', 'before-relu'];
    case 'skip':
      return morphism.variant === 'add'
        ? ['lambda-half', 'lambda-zero', 'sigmoid-lambda', 'forget-statistics']
        : ['random-readers', 'forget-statistics'];
    case 'prune':
      return ['loudest', 'no-distillation', 'forget-statistics'];
    case 'separate':
      return ['random-factors', 'no-distillation', 'forget-statistics'];
    default:
      return isExact(morphism) ? ['forget-statistics'] : ['no-distillation', 'forget-statistics'];
  }
}

export interface BrokenChild {
  readonly child: Architecture;
  readonly weights: Weights;
}

/** What a break is made from: the step, the parent's weights, the child's as inherited, and a seed. */
export interface Breakable {
  readonly step: ChainStep;
  readonly parentWeights: Weights;
  readonly childWeights: Weights;
  readonly selections: Selections;
  readonly calibration: ImageSet;
  readonly seed: string;
}

/** Numbers of the child that the weight map sets to zero in kernels that read new channels. */
function newReaders({ step, selections }: Breakable): readonly { index: number; fanIn: number }[] {
  return provenance(step.parent, step.child, step.map, selections).flatMap((origin) => {
    const { to, index, beginning, beginnings } = origin;
    if (to.name !== 'kernel' && to.name !== 'pointwise') return [];
    const fanIn = to.shape.slice(0, -1).reduce((a, b) => a * b, 1);
    return [...index.keys()].flatMap((element) => {
      const start = index[element]! < 0 ? beginnings[beginning[element]!]! : null;
      return start?.kind === 'constant' && start.value === 0 ? [{ index: to.offset + element, fanIn }] : [];
    });
  });
}

/** Indices of the child's numbers that He's normal drew. */
function drawn({ step, selections }: Breakable): readonly number[] {
  return provenance(step.parent, step.child, step.map, selections).flatMap(
    ({ to, index, beginning, beginnings }) =>
      [...index.keys()].flatMap((element) =>
        index[element]! < 0 && beginnings[beginning[element]!]!.kind === 'he' ? [to.offset + element] : [],
      ),
  );
}

const changed = (weights: Weights, change: (copy: Weights) => void): Weights => {
  const copy = weights.slice();
  change(copy);
  return copy;
};

function forget(architecture: Architecture, weights: Weights): Weights {
  return changed(weights, (copy) => {
    for (const { name, offset, length } of layoutOf(architecture).slots) {
      if (name === 'mean' || name === 'variance') copy.fill(name === 'mean' ? 0 : 1, offset, offset + length);
    }
  });
}

/** Null leaves the noise of each tensor as it is. */
const remapped = (map: WeightMap, change: (factor: number) => number, noise: number | null): WeightMap => ({
  ...map,
  tensors: map.tensors.map(({ to, source }) => {
    if (source.kind !== 'gather') return { to, source };
    const runs = (list: typeof source.inputs) =>
      list?.map((run) => (run.kind === 'repeat' ? { ...run, factor: change(run.factor) } : run)) ?? null;
    return {
      to,
      source: {
        ...source,
        inputs: runs(source.inputs),
        outputs: runs(source.outputs),
        noise: noise ?? source.noise,
      },
    };
  }),
});

/** The identity block behind the picture, BN measured as the operator would: only ReLU is in the way. */
async function beforeRelu(
  engine: Engine,
  { step, parentWeights, calibration, seed }: Breakable,
): Promise<BrokenChild> {
  const { parent } = step;
  const input = parent.nodes[0]!;
  const id = nodeId('0');
  const child = insertAfter(parent, input.id, {
    kind: 'conv',
    id,
    inputs: [input.id],
    kernelSize: 3,
    filters: calibration.channels,
  });
  const tensors = transfer(parent, child, {
    replaced: new Map([[input.id, { by: id, runs: null }]]),
    own: new Map([
      [
        id,
        {
          kernel: { kind: 'fill', fill: { kind: 'identity' } },
          gamma: { kind: 'fill', fill: { kind: 'measured', statistic: 'deviation' } },
          beta: { kind: 'fill', fill: { kind: 'measured', statistic: 'mean' } },
          mean: { kind: 'fill', fill: { kind: 'measured', statistic: 'mean' } },
          variance: { kind: 'fill', fill: { kind: 'measured', statistic: 'variance' } },
        },
      ],
    ]),
  });
  const map: WeightMap = { tensors, selections: [] };
  const { weights, measured } = inheritWeights(parent, parentWeights, child, map, seeded(seed));
  const network = engine.network(child, weights);
  try {
    const statistics = await network.preactivationStatistics(calibration, calibrationImages, [id]);
    setMeasured(layoutOf(child), weights, id, measured, statistics.get(id)!, batchNormEpsilon);
  } finally {
    network.dispose();
  }
  return { child, weights };
}

/** The other half: pruning with the selection turned round, so that the filters of largest norm go. */
function loudest({ step, parentWeights, seed }: Breakable): Weights {
  const layout = layoutOf(step.parent);
  const order = step.map.selections.map((selection) => {
    const norms = filterNorms(selection, layout, parentWeights);
    return [...norms.keys()]
      .sort((a, b) => norms[a]! - norms[b]! || a - b)
      .slice(0, selection.keep)
      .sort((a, b) => a - b);
  });
  const kept = new Map(step.map.selections.map(({ id }, i) => [id, order[i]!]));
  const explicit = (runs: readonly ChannelRun[] | null) =>
    runs?.flatMap((run) =>
      run.kind === 'kept'
        ? kept
            .get(run.selection)!
            .map((channel) => ({ kind: 'copy' as const, start: run.start + channel, length: 1 }))
        : [run],
    ) ?? null;
  const map: WeightMap = {
    selections: [],
    tensors: step.map.tensors.map(({ to, source }) =>
      source.kind === 'gather'
        ? { to, source: { ...source, inputs: explicit(source.inputs), outputs: explicit(source.outputs) } }
        : { to, source },
    ),
  };
  return inheritWeights(step.parent, parentWeights, step.child, map, seeded(seed)).weights;
}

/** The node that a deepening put in. */
const inserted = ({ parent, child }: ChainStep): NodeId => {
  const old = new Set(parent.nodes.map((node) => node.id));
  return child.nodes.find((node) => !old.has(node.id) && findBlock(child, node.id))!.id;
};

function writeTensor(child: Architecture, weights: Weights, node: NodeId, name: TensorName): Weights {
  const { offset, length } = layoutOf(child).slots.find((slot) => slot.node === node && slot.name === name)!;
  return weights.subarray(offset, offset + length);
}

/** Where `sigmoid-lambda` starts its gate. [ours] */
const gate = 4;
const wrongLambdas = {
  'lambda-half': 0.5,
  'lambda-zero': 0,
  'sigmoid-lambda': 1 / (1 + Math.exp(-gate)),
} as const;

/** The child with one thing done wrong; everything else as the morphism does it. `after-tanh` is made in tanh.ts. */
export async function breakChild(
  engine: Engine,
  kind: Exclude<BreakKind, 'after-tanh'>,
  from: Breakable,
): Promise<Result<BrokenChild>> {
  const { step, childWeights, parentWeights } = from;
  const { child } = step;
  const random = seeded(`${from.seed}/break/${kind}`);
  const done = (weights: Weights): Result<BrokenChild> => ok({ child, weights });
  switch (kind) {
    case 'random-readers':
      return done(
        changed(childWeights, (copy) => {
          for (const { index, fanIn } of newReaders(from))
            copy[index] = random.normal() * Math.sqrt(2 / fanIn);
        }),
      );
    case 'zero-filters':
      return done(changed(childWeights, (copy) => drawn(from).forEach((index) => (copy[index] = 0))));
    case 'forget-statistics':
      return done(forget(child, childWeights));
    case 'undivided':
    case 'no-noise': {
      const noise = kind === 'no-noise' ? 0 : null;
      const map = remapped(step.map, (factor) => (kind === 'undivided' ? 1 : factor), noise);
      // The generator of Workbench.transform and inheritAlong: the same noise, so that nothing else changes.
      const same = seeded(from.seed).split('inherit').split(0);
      return done(inheritWeights(step.parent, parentWeights, child, map, same).weights);
    }
    case 'random-kernel':
      return done(
        changed(childWeights, (copy) => {
          const kernel = writeTensor(child, copy, inserted(step), 'kernel');
          const fanIn = kernel.length / writeTensor(child, copy, inserted(step), 'gamma').length;
          for (let i = 0; i < kernel.length; i++) kernel[i] = random.normal() * Math.sqrt(2 / fanIn);
        }),
      );
    case 'plain-norm':
      return done(
        changed(childWeights, (copy) => {
          writeTensor(child, copy, inserted(step), 'gamma').fill(1);
          writeTensor(child, copy, inserted(step), 'beta').fill(0);
        }),
      );
    case 'before-relu':
      return ok(await beforeRelu(engine, from));
    case 'lambda-half':
    case 'lambda-zero':
    case 'sigmoid-lambda':
      return done(
        changed(childWeights, (copy) => {
          const merge = child.nodes.find(
            (node) => node.kind === 'add' && !step.parent.nodes.some(({ id }) => id === node.id),
          )!;
          writeTensor(child, copy, merge.id, 'lambda')[0] = wrongLambdas[kind];
        }),
      );
    case 'loudest':
      return done(loudest(from));
    case 'random-factors':
      return done(
        changed(childWeights, (copy) => {
          for (const { to, source } of step.map.tensors) {
            if (source.kind !== 'factor') continue;
            const numbers = writeTensor(child, copy, to.node, to.name);
            const { shape } = layoutOf(child).slots.find((slot) => tensorKey(slot) === tensorKey(to))!;
            const fanIn = source.part === 'depthwise' ? shape[0]! * shape[1]! : shape[2]!;
            for (let i = 0; i < numbers.length; i++) numbers[i] = random.normal() * Math.sqrt(2 / fanIn);
          }
        }),
      );
    case 'no-distillation':
      return done(childWeights.slice());
  }
}
