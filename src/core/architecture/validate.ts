import { fail, ok, type Result } from '../result.ts';
import { consumersOf } from './graph.ts';
import type { Architecture, ArchitectureNode, NodeId, Shape } from './types.ts';

/** What is wrong, and at which node ('' where no one node is at fault). */
export interface ArchitectureProblem {
  readonly node: string;
  readonly problem: string;
}

/** Ids are short and printable, so that descriptions and file names can carry them. */
export const idPattern = /^[A-Za-z0-9_.+/-]{1,48}$/;
/** Far above anything trainable here; an imported file cannot ask for more. */
export const limits = { nodes: 512, filters: 8192, pixels: 1024, classes: 4096 } as const;

const sameArea = (a: Shape, b: Shape) => a.height === b.height && a.width === b.width;
const written = (shape: Shape) => `${shape.height}x${shape.width}x${shape.channels}`;
const isCount = (value: number, limit: number) => Number.isInteger(value) && value >= 1 && value <= limit;

/** The node's own problem, or its output shape. `inputs` are the shapes it reads. */
function shapeAt(node: ArchitectureNode, inputs: readonly Shape[]): Result<Shape, string> {
  const first = inputs[0];
  switch (node.kind) {
    case 'input': {
      const { height, width, channels } = node;
      if (
        !isCount(height, limits.pixels) ||
        !isCount(width, limits.pixels) ||
        !isCount(channels, limits.filters)
      )
        return fail(`its size ${height}x${width}x${channels} is not made of positive integers in range`);
      return ok({ height, width, channels });
    }
    case 'conv':
    case 'sepConv':
      if (![1, 3, 5].includes(node.kernelSize))
        return fail(`kernel size ${node.kernelSize} is not 1, 3 or 5`);
      if (!isCount(node.filters, limits.filters))
        return fail(`${node.filters} filters: not an integer from 1 to ${limits.filters}`);
      return ok({ ...first!, channels: node.filters });
    case 'maxPool':
      if (first!.height < 2 || first!.width < 2)
        return fail(`cannot pool ${written(first!)}: smaller than 2x2`);
      return ok({
        height: Math.floor(first!.height / 2),
        width: Math.floor(first!.width / 2),
        channels: first!.channels,
      });
    case 'add': {
      const [main, skip] = inputs as [Shape, Shape];
      if (!sameArea(main, skip) || main.channels !== skip.channels)
        return fail(`adds ${written(main)} and ${written(skip)}: shapes differ`);
      return ok(main);
    }
    case 'concat': {
      const other = inputs.find((shape) => !sameArea(shape, first!));
      if (other) return fail(`joins ${written(first!)} and ${written(other)}: heights or widths differ`);
      return ok({ ...first!, channels: inputs.reduce((sum, shape) => sum + shape.channels, 0) });
    }
    case 'head':
      if (!isCount(node.classes, limits.classes))
        return fail(`${node.classes} classes: not a positive integer`);
      if (!Number.isInteger(node.task) || node.task < 0) return fail(`task ${node.task} is not 0, 1, ...`);
      return ok({ height: 1, width: 1, channels: node.classes });
  }
}

const arity: Readonly<Record<ArchitectureNode['kind'], (count: number) => boolean>> = {
  input: (count) => count === 0,
  conv: (count) => count === 1,
  sepConv: (count) => count === 1,
  maxPool: (count) => count === 1,
  add: (count) => count === 2,
  concat: (count) => count >= 2,
  head: (count) => count === 1,
};

/** Problems of the graph as a whole and of the order of its nodes. */
function structureProblems(architecture: Architecture): ArchitectureProblem[] {
  const { nodes } = architecture;
  const problems: ArchitectureProblem[] = [];
  const kinds = nodes.map((node) => node.kind);
  if (nodes.length > limits.nodes) problems.push({ node: '', problem: `more than ${limits.nodes} nodes` });
  if (kinds[0] !== 'input')
    problems.push({ node: nodes[0]?.id ?? '', problem: 'the first node is not the input' });
  if (!kinds.includes('head')) problems.push({ node: '', problem: 'there is no head' });
  const tasks = new Set<number>();
  const seen = new Set<string>();
  let headsBegan = false;
  nodes.forEach((node, index) => {
    const blame = (problem: string) => problems.push({ node: node.id, problem });
    if (!idPattern.test(node.id)) blame('its id is empty, too long or has unusual characters');
    if (seen.has(node.id)) blame('its id is used twice');
    seen.add(node.id);
    if (node.kind === 'input' && index > 0) blame('a second input');
    if (node.kind === 'head') {
      if (tasks.has(node.task)) blame(`a second head for task ${node.task}`);
      tasks.add(node.task);
      headsBegan = true;
    } else if (headsBegan) blame('it comes behind a head');
  });
  return problems;
}

/**
 * Checks every rule an architecture must keep: one input first, heads last with distinct tasks, unique ids,
 * topological order, the right number of inputs, matching shapes, every output used.
 * Gives the architecture back, or all problems found, each naming the node at fault.
 */
export function validate(architecture: Architecture): Result<Architecture, readonly ArchitectureProblem[]> {
  const problems = structureProblems(architecture);
  const shapes = new Map<NodeId, Shape>();
  const heads = new Set(architecture.nodes.filter((node) => node.kind === 'head').map((node) => node.id));
  for (const node of architecture.nodes) {
    const blame = (problem: string) => problems.push({ node: node.id, problem });
    const inputs: readonly NodeId[] = node.inputs;
    if (!arity[node.kind](inputs.length)) {
      blame(`a ${node.kind} cannot have ${inputs.length} inputs`);
      continue;
    }
    const missing = inputs.find((id) => !shapes.has(id) || heads.has(id));
    if (missing !== undefined) {
      blame(
        heads.has(missing)
          ? `it reads from the head ${missing}`
          : `its input ${missing} does not come before it`,
      );
      continue;
    }
    const shape = shapeAt(
      node,
      inputs.map((id) => shapes.get(id)!),
    );
    if (shape.ok) shapes.set(node.id, shape.value);
    else blame(shape.reason);
  }
  for (const [id, readers] of consumersOf(architecture)) {
    if (readers.length === 0 && !heads.has(id))
      problems.push({ node: id, problem: 'nothing uses its output' });
  }
  return problems.length === 0 ? ok(architecture) : fail(problems);
}
