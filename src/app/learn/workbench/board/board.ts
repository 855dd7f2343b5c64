import { isBlock } from '../../../../core/architecture/graph.ts';
import type { Architecture, NodeId } from '../../../../core/architecture/types.ts';
import { overlaps } from '../../../charts/geometry/labels.ts';
import type { TensorName } from '../../../../core/architecture/weights.ts';

/** One number's place on the board, px. */
export interface CellPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Numbers that belong together: a kernel, a batch norm's four, a dense row, a lambda. */
export interface Group extends CellPlace {
  readonly key: string;
  readonly node: NodeId;
  readonly kind: 'kernel' | 'depthwise' | 'pointwise' | 'norm' | 'dense' | 'bias' | 'lambda';
  /** Channel it reads (-1: none) and channel it makes. */
  readonly input: number;
  readonly output: number;
  readonly cells: readonly (CellPlace & { readonly tensor: TensorName; readonly index: number })[];
}

/** Where a node's feature map of one channel is shown. */
export interface MapPlace {
  readonly node: NodeId;
  readonly channel: number;
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

export interface Label {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly kind: 'muted' | 'strong' | 'symbol' | 'class';
  readonly anchor: 'start' | 'middle' | 'end';
  /** Class number, for labels that are a class's mark. */
  readonly index?: number;
  readonly node?: NodeId;
  readonly channel?: number;
}

export interface Line {
  readonly d: string;
  readonly arrow: boolean;
  readonly node?: NodeId;
  readonly channel?: number;
}

export interface Board {
  readonly width: number;
  readonly height: number;
  readonly cell: number;
  /** Where the corner beside the first block's columns is free, to the right of x and down to y. */
  readonly free: { readonly x: number; readonly y: number };
  readonly groups: readonly Group[];
  readonly maps: readonly MapPlace[];
  readonly labels: readonly Label[];
  readonly lines: readonly Line[];
  /** Which way each block's channels run. */
  readonly ways: ReadonlyMap<NodeId, 'columns' | 'rows'>;
}

export interface BoardWords {
  readonly picture: string;
  readonly batchNorm: string;
  readonly after: string;
  readonly filter: (number: number) => string;
  readonly ofBlock: (block: string) => string;
  readonly sum: (terms: number) => string;
  readonly bias: string;
  readonly logits: string;
  readonly sees: string;
  readonly asItIs: string;
}

export interface BoardOptions {
  /** px of a cell; below 12 the numbers are left out and a kernel is a mosaic. */
  readonly cell: number;
  readonly words: BoardWords;
  /** Channels for which places are kept free beside a block's own. */
  readonly reserve?: ReadonlyMap<NodeId, number>;
  /** Channels read for which places are kept free. */
  readonly reserveIn?: ReadonlyMap<NodeId, number>;
  /** Blocks to draw; left out: all. */
  readonly shown?: ReadonlySet<NodeId>;
}

/** Places of every number by "node/tensor/index". */
export function placesOf(board: Board): ReadonlyMap<string, CellPlace> {
  return new Map(
    board.groups.flatMap(({ node, cells }) =>
      cells.map((cell) => [`${node}/${cell.tensor}/${cell.index}`, cell] as const),
    ),
  );
}

/** The group of every number by "node/tensor/index". */
export function groupsByCell(board: Board): ReadonlyMap<string, Group> {
  return new Map(
    board.groups.flatMap((group) =>
      group.cells.map((cell) => [`${group.node}/${cell.tensor}/${cell.index}`, group] as const),
    ),
  );
}

/** A group where it is at a moment. */
export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly group: Group;
}

/** Whether two groups lie on each other by more than `slack` px. */
export function meet(a: Placed, b: Placed, slack: number): boolean {
  const box = ({ x, y, group }: Placed) => ({
    x,
    y,
    width: group.width - slack,
    height: group.height - slack,
  });
  return overlaps(box(a), box(b));
}

/** Blocks of `architecture` that a change touches, and their neighbours in the chain; all where there are few. */
export function shownBlocks(
  architecture: Architecture,
  touched: ReadonlySet<NodeId>,
  most = 3,
): ReadonlySet<NodeId> {
  const blocks = architecture.nodes.filter(isBlock).map((node) => node.id);
  if (blocks.length <= most) return new Set(blocks);
  const at = blocks.findIndex((id) => touched.has(id));
  const start = Math.max(0, Math.min(blocks.length - most, at - 1));
  return new Set(blocks.slice(start, start + most));
}
