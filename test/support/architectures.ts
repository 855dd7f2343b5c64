import fc from 'fast-check';
import { nodeId, withoutUnused } from '../../src/core/architecture/graph.ts';
import { shapesOf } from '../../src/core/architecture/shapes.ts';
import type {
  Architecture,
  ArchitectureNode,
  ConcatNode,
  KernelSize,
  NodeId,
  Shape,
} from '../../src/core/architecture/types.ts';
import { validate } from '../../src/core/architecture/validate.ts';
import { layoutOf, type Weights } from '../../src/core/architecture/weights.ts';
import { seeded } from '../../src/core/random.ts';

/** One attempt to add a node; what does not fit is left out, so that every list of steps gives a legal graph. */
export interface Step {
  readonly kind: 'conv' | 'sepConv' | 'maxPool' | 'add' | 'concat' | 'residual' | 'dense';
  /** Which earlier nodes it reads, counted back from the last. */
  readonly a: number;
  readonly b: number;
  readonly filters: number;
  readonly kernelSize: KernelSize;
}

export interface GraphOptions {
  readonly maxSize: number;
  readonly maxFilters: number;
  readonly maxSteps: number;
}

/** A legal architecture from a list of steps. */
export function architectureFrom(
  shape: Shape,
  steps: readonly Step[],
  classes: number,
  twoHeads = false,
): Architecture {
  const input = nodeId('input');
  const nodes: ArchitectureNode[] = [{ kind: 'input', id: input, inputs: [], ...shape }];
  const shapes = new Map<NodeId, Shape>([[input, shape]]);
  const back = (distance: number) => nodes[Math.max(0, nodes.length - 1 - distance)]!.id;
  const push = (node: ArchitectureNode) => {
    nodes.push(node);
    shapes.set(node.id, shapesOf({ nodes }).get(node.id)!);
    return node.id;
  };
  const block = (from: NodeId, step: Step, filters = step.filters) =>
    push({
      kind: step.kind === 'sepConv' ? 'sepConv' : 'conv',
      id: nodeId(String(nodes.length)),
      inputs: [from],
      kernelSize: step.kernelSize,
      filters,
    });
  const merge = (kind: 'add' | 'concat', main: NodeId, skip: NodeId) => {
    const [p, q] = [shapes.get(main)!, shapes.get(skip)!];
    const fits = p.height === q.height && p.width === q.width;
    if (main === skip || !fits || (kind === 'add' && p.channels !== q.channels)) return;
    push({ kind, id: nodeId(`${kind}${nodes.length}`), inputs: [main, skip] });
  };
  for (const step of steps) {
    const from = back(step.a);
    switch (step.kind) {
      case 'conv':
      case 'sepConv':
        block(from, step);
        break;
      case 'maxPool': {
        const { height, width } = shapes.get(from)!;
        if (height >= 2 && width >= 2)
          push({ kind: 'maxPool', id: nodeId(`pool${nodes.length}`), inputs: [from] });
        break;
      }
      case 'add':
      case 'concat':
        merge(step.kind, from, back(step.b));
        break;
      case 'residual':
        merge('add', block(from, step, shapes.get(from)!.channels), from);
        break;
      case 'dense':
        merge('concat', block(from, step), from);
        break;
    }
  }
  if (!nodes.some(({ kind }) => kind === 'conv' || kind === 'sepConv'))
    block(back(0), { kind: 'conv', a: 0, b: 0, filters: 3, kernelSize: 3 });
  const last = back(0);
  nodes.push({ kind: 'head', id: nodeId('head'), inputs: [last], classes, task: 0 });
  if (twoHeads) nodes.push({ kind: 'head', id: nodeId('head2'), inputs: [last], classes: 2, task: 1 });
  const used = withoutUnused({ nodes });
  // Where the last node reaches back past every block, a block is put before the head.
  if (used.nodes.some(({ kind }) => kind === 'conv' || kind === 'sepConv')) return used;
  return architectureFrom(
    shape,
    [{ kind: 'conv', a: 0, b: 0, filters: 3, kernelSize: 3 }],
    classes,
    twoHeads,
  );
}

/** Random legal graphs with adds, concats, pools, both kinds of blocks, odd channel numbers, one or two heads. */
export function architectures(options: Partial<GraphOptions> = {}): fc.Arbitrary<Architecture> {
  const { maxSize = 9, maxFilters = 9, maxSteps = 9 } = options;
  const step: fc.Arbitrary<Step> = fc.record({
    kind: fc.constantFrom('conv', 'sepConv', 'maxPool', 'add', 'concat', 'residual', 'dense'),
    a: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(3) }),
    b: fc.integer({ min: 1, max: 5 }),
    // Few values, so that adds find partners.
    filters: fc.oneof(fc.constantFrom(3, 5, 8), fc.integer({ min: 1, max: maxFilters })),
    kernelSize: fc.constantFrom(1, 3, 5),
  });
  return fc
    .record({
      height: fc.integer({ min: 3, max: maxSize }),
      width: fc.integer({ min: 3, max: maxSize }),
      channels: fc.constantFrom(1, 3),
      steps: fc.array(step, { minLength: 1, maxLength: maxSteps }),
      twoHeads: fc.boolean(),
    })
    .map(({ steps, twoHeads, ...shape }) => {
      const architecture = architectureFrom(shape, steps, 3, twoHeads);
      const checked = validate(architecture);
      if (!checked.ok) throw new Error(`the generator made ${JSON.stringify(checked.reason)}`);
      return checked.value;
    });
}

/** The same graph under other ids, in another (topological) order. */
export function disguised(architecture: Architecture, seed: number): Architecture {
  const random = seeded(seed);
  const waiting = random.shuffle(architecture.nodes);
  const ids = new Map<NodeId, NodeId>();
  const nodes: ArchitectureNode[] = [];
  const ready = (node: ArchitectureNode) =>
    node.inputs.every((id) => ids.has(id)) &&
    (node.kind !== 'head' || waiting.every(({ kind }) => kind === 'head'));
  while (waiting.length > 0) {
    const [node] = waiting.splice(waiting.findIndex(ready), 1);
    const id = nodeId(`n${random.integer(1000)}-${nodes.length}`);
    ids.set(node!.id, id);
    const inputs = node!.inputs.map((input) => ids.get(input)!) as unknown as ConcatNode['inputs'];
    nodes.push({ ...node!, id, inputs } as ArchitectureNode);
  }
  return { nodes };
}

/** Random weights with BN statistics that are not trivial, lambda inside (0, 1), some negative gammas. */
export function randomWeights(architecture: Architecture, seed: number): Weights {
  const random = seeded(`weights/${seed}`);
  const layout = layoutOf(architecture);
  const weights: Weights = new Float32Array(layout.length);
  for (const { name, shape, offset, length } of layout.slots) {
    const fanIn =
      name === 'depthwise' ? shape[0]! * shape[1]! : shape.slice(0, -1).reduce((a, b) => a * b, 1);
    for (let i = 0; i < length; i++) {
      const normal = random.normal();
      weights[offset + i] =
        name === 'variance' || name === 'variance1'
          ? 0.3 + random.next()
          : name === 'gamma'
            ? 0.9 + 0.5 * normal
            : name === 'lambda'
              ? random.next()
              : name === 'beta' || name === 'mean' || name === 'mean1' || name === 'bias'
                ? 0.4 * normal
                : normal * Math.sqrt(2 / fanIn);
    }
  }
  return weights;
}
