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
  const yOf = new Map<string, number>();
  const bars: ThumbnailDrawing['bars'][number][] = [];
  const pools: { x: number; y: number }[] = [];
  rows.forEach((node, index) => {
    const y = top + index * row;
    yOf.set(node.id, y + row / 2);
    if (node.kind === 'maxPool') {
      pools.push({ x: middle, y: y + row / 2 - 2 });
      return;
    }
    const size = 14 + ((width - 50) * node.filters) / widest;
    bars.push({
      x: middle - size / 2,
      y: y + (row - bar) / 2,
      width: size,
      height: bar,
      split: node.kind === 'sepConv',
    });
  });
  return { bars, pools, skips: skipPaths(architecture.nodes, yOf, width, top) };
}

function skipPaths(
  nodes: readonly ArchitectureNode[],
  yOf: ReadonlyMap<string, number>,
  width: number,
  top: number,
): readonly string[] {
  const byId = new Map<string, ArchitectureNode>(nodes.map((node) => [node.id, node]));
  /** The row that `id` belongs to: joins have none, they end at their main input's. */
  const rowOf = (id: string): number => {
    const own = yOf.get(id);
    if (own !== undefined) return own;
    const main = byId.get(id)?.inputs[0];
    return main === undefined ? top : rowOf(main);
  };
  const paths: string[] = [];
  for (const node of nodes) {
    if (node.kind !== 'add' && node.kind !== 'concat') continue;
    for (const skip of node.inputs.slice(1)) {
      const from = rowOf(skip!);
      const to = rowOf(node.inputs[0]);
      const x = width - 16;
      const out = x + 6 + (paths.length % 3) * 3;
      paths.push(`M${x} ${from}H${out}V${to}H${x}`);
    }
  }
  return [...new Set(paths)];
}
