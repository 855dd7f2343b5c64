import type { BlockNode, NodeId } from '../../../../core/architecture/types.ts';
import { tensorKey, type TensorName } from '../../../../core/architecture/weights.ts';
import type { CellPlace, Group } from './board.ts';

const normNames = ['gamma', 'beta', 'mean', 'variance'] as const;

type Cells = Group['cells'];

/** `columns` cells side by side, then the next row; `indexOf` says which number of the tensor each is. */
function grid(
  tensor: TensorName,
  { x, y, width, height }: CellPlace,
  [rows, columns]: readonly [rows: number, columns: number],
  indexOf: (cell: number) => number,
): Cells {
  const [w, h] = [width / columns, height / rows];
  return Array.from({ length: rows * columns }, (_, cell) => ({
    tensor,
    index: indexOf(cell),
    x: x + (cell % columns) * w,
    y: y + Math.floor(cell / columns) * h,
    width: w,
    height: h,
  }));
}

/** A place of `width` x `height` px around a point. */
export const around = (x: number, y: number, width: number, height = width): CellPlace => ({
  x: x - width / 2,
  y: y - height / 2,
  width,
  height,
});

/** The taps from channel `input` of `inputs` to filter `output`; one pointwise number in a separable block. */
export function kernelGroup(
  node: BlockNode,
  [input, inputs]: readonly [number, number],
  output: number,
  place: CellPlace,
): Group {
  const taps = node.kind === 'conv' ? node.kernelSize : 1;
  const kind = node.kind === 'conv' ? 'kernel' : 'pointwise';
  return {
    key: `${tensorKey({ node: node.id, name: kind })}/${input}/${output}`,
    node: node.id,
    kind,
    input,
    output,
    ...place,
    cells: grid(kind, place, [taps, taps], (tap) => (tap * inputs + input) * node.filters + output),
  };
}

/** The depthwise taps of channel `input` of `inputs`. */
export function depthwiseGroup(
  node: BlockNode,
  [input, inputs]: readonly [number, number],
  place: CellPlace,
): Group {
  const taps = node.kernelSize;
  return {
    key: `${tensorKey({ node: node.id, name: 'depthwise' })}/${input}/0`,
    node: node.id,
    kind: 'depthwise',
    input,
    output: -1,
    ...place,
    cells: grid('depthwise', place, [taps, taps], (tap) => tap * inputs + input),
  };
}

/** A filter's four numbers of batch norm, two by two. */
export function normGroup(node: BlockNode, output: number, place: CellPlace): Group {
  const cells = grid('gamma', place, [2, 2], () => output);
  return {
    key: `${node.id}/norm/${output}`,
    node: node.id,
    kind: 'norm',
    input: -1,
    output,
    ...place,
    cells: cells.map((cell, n) => ({ ...cell, tensor: normNames[n]! })),
  };
}

/** A skip's mix. */
export const lambdaGroup = (node: NodeId, place: CellPlace): Group => ({
  key: `${node}/lambda`,
  node,
  kind: 'lambda',
  input: -1,
  output: -1,
  ...place,
  cells: grid('lambda', place, [1, 1], () => 0),
});

/** What the head reads from channel `input` for each class, or its bias; running down where it is higher than wide. */
export function denseGroup(
  node: NodeId,
  tensor: 'kernel' | 'bias',
  input: number,
  classes: number,
  place: CellPlace,
): Group {
  const shape = place.height > place.width ? ([classes, 1] as const) : ([1, classes] as const);
  return {
    key: `${node}/${tensor}/${input}`,
    node,
    kind: tensor === 'kernel' ? 'dense' : 'bias',
    input: tensor === 'kernel' ? input : -1,
    output: -1,
    ...place,
    cells: grid(tensor, place, shape, (c) => input * classes + c),
  };
}
