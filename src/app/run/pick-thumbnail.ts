import type { Architecture, ArchitectureNode } from '../../core/architecture/types.ts';

export interface ThumbnailDrawing {
  readonly bars: readonly { x: number; y: number; width: number; height: number; split: boolean }[];
  readonly pools: readonly { x: number; y: number }[];
  readonly skips: readonly string[];
}

/** Rows from input to head in `width` x `height` px; block widths are shares of the widest. */
export function thumbnailOf(architecture: Architecture, width: number, height: number): ThumbnailDrawing {
  const rows = architecture.nodes.filter(
    (node) => node.kind === 'conv' || node.kind === 'sepConv' || node.kind === 'maxPool',
  );
  const widest = Math.max(1, ...rows.map((node) => ('filters' in node ? node.filters : 0)));
  const row = Math.min(15, height / Math.max(1, rows.length));
  const bar = Math.max(2, Math.min(11, row - 3));
  const top = (height - row * rows.length) / 2;
  const middle = width / 2 - 8;
  const places = new Map<string, Place>();
  const bars: ThumbnailDrawing['bars'][number][] = [];
  const pools: { x: number; y: number }[] = [];
  rows.forEach((node, index) => {
    const y = top + index * row;
    if (node.kind === 'maxPool') {
      places.set(node.id, { y: y + row / 2, right: middle + 6 });
      pools.push({ x: middle, y: y + row / 2 - 2 });
      return;
    }
    const size = 14 + ((width - 50) * node.filters) / widest;
    places.set(node.id, { y: y + row / 2, right: middle + size / 2 });
    bars.push({
      x: middle - size / 2,
      y: y + (row - bar) / 2,
      width: size,
      height: bar,
      split: node.kind === 'sepConv',
    });
  });
  return { bars, pools, skips: skipPaths(architecture.nodes, places, { y: top, right: middle }) };
}

/** Middle of a row and the right end of what is drawn in it. */
interface Place {
  readonly y: number;
  readonly right: number;
}

/** One arc a skip, around whatever stands between its ends. */
function skipPaths(
  nodes: readonly ArchitectureNode[],
  places: ReadonlyMap<string, Place>,
  input: Place,
): readonly string[] {
  const byId = new Map<string, ArchitectureNode>(nodes.map((node) => [node.id, node]));
  /** The row that `id` belongs to: joins have none, they end at their main input's. */
  const rowOf = (id: string): Place => {
    const own = places.get(id);
    if (own !== undefined) return own;
    const main = byId.get(id)?.inputs[0];
    return main === undefined ? input : rowOf(main);
  };
  const paths: string[] = [];
  for (const node of nodes) {
    if (node.kind !== 'add' && node.kind !== 'concat') continue;
    for (const skip of node.inputs.slice(1)) {
      const [from, to] = [rowOf(skip!), rowOf(node.inputs[0])];
      const passed = [...places.values()].filter(({ y }) => y > from.y && y < to.y);
      const out = Math.max(...[from, to, ...passed].map(({ right }) => right)) + 6 + (paths.length % 3) * 3;
      paths.push(`M${from.right + 2} ${from.y}H${out}V${to.y}H${to.right + 2}`);
    }
  }
  return [...new Set(paths)];
}
