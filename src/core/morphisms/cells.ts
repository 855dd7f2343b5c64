import { isBlock, nodeId, occurrencePrefix, withInputs } from '../architecture/graph.ts';
import { shapesOf } from '../architecture/shapes.ts';
import type { Architecture, ArchitectureNode, NodeId, Shape } from '../architecture/types.ts';
import { validate } from '../architecture/validate.ts';
import { fail, ok, type Result } from '../result.ts';
import { channelGroups } from './channel-groups.ts';

/** A small open graph that space II repeats. Its blocks, pools and merges; `cellInput` stands for what it reads. */
export interface Cell {
  /** In topological order; neither input nor head. Filters are those at `width` input channels. */
  readonly nodes: readonly ArchitectureNode[];
  readonly output: NodeId;
  readonly width: number;
}

/** The fixed part: a stem, stages of cells with pooling and a 1x1 block that doubles the width between them. */
export interface Macro {
  readonly shape: Shape;
  readonly classes: number;
  readonly stages: number;
  readonly cellsPerStage: number;
  /** A pooling layer stands right behind the stem. */
  readonly poolsStem?: boolean;
  /** Filters of the stem; stage s has width * 2^s. */
  readonly width: number;
  /** Classes of a second data set, which then gets a head of its own. */
  readonly secondClasses?: number;
}

/** The local name of a cell's input. */
export const cellInput = nodeId('in');

/** One copy of the cell in a stacked network. Its nodes are named `<name>/<local id>`. */
export interface Occurrence {
  /** "c1", "c2", ... */
  readonly name: string;
  readonly nodes: readonly ArchitectureNode[];
  /** The node outside that it reads. */
  readonly input: NodeId;
  /** Its node that others read. */
  readonly output: NodeId;
}

/** The occurrences of the cell in a stacked network, in order; none in a network of space I. */
export function occurrencesOf(architecture: Architecture): readonly Occurrence[] {
  const byName = new Map<string, ArchitectureNode[]>();
  for (const node of architecture.nodes) {
    const name = occurrencePrefix(node.id).slice(0, -1);
    if (name !== '') byName.set(name, [...(byName.get(name) ?? []), node]);
  }
  return [...byName].map(([name, nodes]) => {
    const own = new Set(nodes.map((node) => node.id));
    const reads = (node: ArchitectureNode) => node.inputs as readonly NodeId[];
    const input = nodes.flatMap(reads).find((id) => !own.has(id));
    const output = architecture.nodes
      .filter((node) => !own.has(node.id))
      .flatMap(reads)
      .find((id) => own.has(id));
    if (input === undefined || output === undefined) throw new Error(`cell ${name} is not connected`);
    return { name, nodes, input, output };
  });
}

/** The id of a local node (or of the cell's input) in one occurrence. */
export const inOccurrence = ({ name, input }: Pick<Occurrence, 'name' | 'input'>, local: NodeId): NodeId =>
  local === cellInput ? input : nodeId(`${name}/${local}`);

/** The local name of a node of `occurrence`, or of its input; null for nodes elsewhere. */
export function localId({ name, input }: Pick<Occurrence, 'name' | 'input'>, id: NodeId): NodeId | null {
  if (id === input) return cellInput;
  return id.startsWith(`${name}/`) ? nodeId(id.slice(name.length + 1)) : null;
}

/** The cell of a stacked network, read off its first occurrence; null in a network of space I. */
export function cellOf(architecture: Architecture): Cell | null {
  const first = occurrencesOf(architecture)[0];
  if (!first) return null;
  const local = (id: NodeId) => localId(first, id)!;
  return {
    nodes: first.nodes.map((node) => ({ ...withInputs(node, node.inputs.map(local)), id: local(node.id) })),
    output: local(first.output),
    width: shapesOf(architecture).get(first.input)!.channels,
  };
}

/** The cell alone as an architecture, its input as an image of `size` pixels a side: for drawing and analysis. */
export const cellAlone = (cell: Cell, size = 8): Architecture => ({
  nodes: [
    { kind: 'input', id: cellInput, inputs: [], height: size, width: size, channels: cell.width },
    ...cell.nodes,
    { kind: 'head', id: nodeId('out'), inputs: [cell.output], classes: 1, task: 0 },
  ],
});

/**
 * Stacks a cell. Filters scale with the stage's width; blocks that an add ties to the cell's input take the channels
 * that this occurrence reads. Fails where the cell's shapes do not come out even in this macro-architecture.
 */
export function cellArchitecture(cell: Cell, macro: Macro): Result<Architecture, string> {
  const alone = validate(cellAlone(cell));
  if (!alone.ok) return fail(`the cell's node ${alone.reason[0]!.node}: ${alone.reason[0]!.problem}`);
  const groups = channelGroups(alone.value);
  const input = nodeId('input');
  const nodes: ArchitectureNode[] = [{ kind: 'input', id: input, inputs: [], ...macro.shape }];
  const push = (node: ArchitectureNode) => {
    nodes.push(node);
    return node.id;
  };
  const stem = { kind: 'conv', id: nodeId('stem'), kernelSize: 3, filters: macro.width } as const;
  let last = push({ ...stem, inputs: [input] });
  if (macro.poolsStem) last = push({ kind: 'maxPool', id: nodeId('pool0'), inputs: [last] });
  let channels = macro.width;
  for (let stage = 0; stage < macro.stages; stage++) {
    const width = macro.width * 2 ** stage;
    if (stage > 0) {
      const pool = push({ kind: 'maxPool', id: nodeId(`pool${stage}`), inputs: [last] });
      last = push({
        kind: 'conv',
        id: nodeId(`double${stage}`),
        inputs: [pool],
        kernelSize: 1,
        filters: width,
      });
      channels = width;
    }
    for (let index = 1; index <= macro.cellsPerStage; index++) {
      const occurrence = { name: `c${stage * macro.cellsPerStage + index}`, input: last };
      for (const node of cell.nodes) {
        const inputs = (node.inputs as readonly NodeId[]).map((id) => inOccurrence(occurrence, id));
        const placed = { ...withInputs(node, inputs), id: inOccurrence(occurrence, node.id) };
        const scaled = isBlock(node) ? Math.max(1, Math.round((node.filters * width) / cell.width)) : 0;
        const filters = groups.get(node.id)?.tiedToInput ? channels : scaled;
        push(isBlock(placed) ? { ...placed, filters } : placed);
      }
      last = inOccurrence(occurrence, cell.output);
      const soFar = validate({
        nodes: [...nodes, { kind: 'head', id: nodeId('head'), inputs: [last], classes: 1, task: 0 }],
      });
      if (!soFar.ok) return fail(`node ${soFar.reason[0]!.node}: ${soFar.reason[0]!.problem}`);
      channels = shapesOf({ nodes }).get(last)!.channels;
    }
  }
  push({ kind: 'head', id: nodeId('head'), inputs: [last], classes: macro.classes, task: 0 });
  if (macro.secondClasses !== undefined)
    push({ kind: 'head', id: nodeId('head2'), inputs: [last], classes: macro.secondClasses, task: 1 });
  return ok({ nodes });
}

/** The two starting cells [paper]: one convolution, or one separable convolution. */
export const startingCells = (width: number): readonly Cell[] =>
  (['sepConv', 'conv'] as const).map((kind) => {
    const id = nodeId('1');
    return { nodes: [{ kind, id, inputs: [cellInput], kernelSize: 3, filters: width }], output: id, width };
  });

/** Stem widths of the starting networks, and the stack of the search [ours]. */
const startingWidths = [4, 12] as const;

/** The search's macro-architecture for images of `shape`: two cells a stage, three stages as far as size allows [ours]. */
export const searchMacro = (shape: Shape, classes: number, width: number, secondClasses?: number): Macro => ({
  shape,
  classes,
  stages: Math.min(3, Math.max(1, Math.floor(Math.log2(Math.min(shape.height, shape.width))))),
  cellsPerStage: 2,
  width,
  ...(secondClasses === undefined ? {} : { secondClasses }),
});

/** The four starting networks of space II: both starting cells at two widths [ours], stacked. */
export function cellStartingNetworks(
  shape: Shape,
  classes: number,
  options: { readonly secondClasses?: number } = {},
): readonly Architecture[] {
  return startingWidths.flatMap((width) =>
    startingCells(width).map((cell) => {
      const stacked = cellArchitecture(cell, searchMacro(shape, classes, width, options.secondClasses));
      if (!stacked.ok) throw new Error(stacked.reason);
      return stacked.value;
    }),
  );
}
