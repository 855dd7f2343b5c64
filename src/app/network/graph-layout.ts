import { isBlock } from '../../core/architecture/graph.ts';
import type { ArchitectureNode } from '../../core/architecture/types.ts';
import type { PlacedNode } from '../../core/morphisms/diff.ts';

/** Pixels: rows 27 apart, drawn 20 tall. */
export const rowPitch = 27;
export const rowHeight = 20;

/** A row to lay out: a node of the union in each of the stages (null where it is not there). */
export interface LayoutRow {
  readonly key: string;
  readonly label: string;
  readonly at: readonly (PlacedNode | null)[];
}

/** An edge of the union. `stages`: in which stages it is there, drawn this way. */
export interface LaidEdge {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly d: string;
  /** The arrow head and the dot where a skip leaves; null for a straight line. */
  readonly skip: { readonly head: string; readonly x: number; readonly y: number } | null;
  readonly stages: readonly boolean[];
}

export interface GraphLayout {
  /** Left edge of the blocks; labels end 8 px before it. */
  readonly blockX: number;
  readonly height: number;
  /** Top of each row's 20 px, by key. */
  readonly tops: ReadonlyMap<string, number>;
  readonly edges: readonly LaidEdge[];
}

interface Edge {
  readonly from: number;
  readonly to: number;
  readonly straight: boolean;
  readonly stages: boolean[];
}

/** Every edge of every stage; straight where no node of that stage stands between its ends and it feeds the main path. */
function edgesOf(rows: readonly LayoutRow[], stages: number): readonly Edge[] {
  const index = new Map(rows.map((row, i) => [row.key, i]));
  const edges = new Map<string, Edge>();
  for (let stage = 0; stage < stages; stage++) {
    let previous = -1;
    rows.forEach((row, to) => {
      const place = row.at[stage];
      if (!place) return;
      new Set(place.inputs).forEach((input) => {
        const from = index.get(input);
        if (from === undefined) return;
        const straight = from === previous;
        const key = `${from}-${to}-${straight}`;
        const edge = edges.get(key) ?? { from, to, straight, stages: Array<boolean>(stages).fill(false) };
        edge.stages[stage] = true;
        edges.set(key, edge);
      });
      previous = to;
    });
  }
  return [...edges.values()];
}

/** Gutter lanes: the shortest skips next to the blocks, none on top of another. */
function lanesOf(skips: readonly Edge[]): ReadonlyMap<Edge, number> {
  const lanes: Edge[][] = [];
  const placed = new Map<Edge, number>();
  for (const edge of skips.toSorted((a, b) => a.to - a.from - (b.to - b.from) || a.from - b.from)) {
    let lane = lanes.findIndex((taken) =>
      taken.every((other) => other.to <= edge.from || edge.to <= other.from),
    );
    if (lane < 0) lane = lanes.push([]) - 1;
    lanes[lane]!.push(edge);
    placed.set(edge, lane);
  }
  return placed;
}

/** Where an arrow meets a node: circles and pools are narrower than blocks. */
const leftEdge = (node: ArchitectureNode, blockX: number): number =>
  node.kind === 'add' || node.kind === 'concat'
    ? blockX + 5
    : node.kind === 'maxPool'
      ? blockX + 3
      : blockX - 1;

/** Positions for all rows (each keeps its place in every stage) and all edges of all stages. */
export function layoutGraph(rows: readonly LayoutRow[], stages: number, top = 4): GraphLayout {
  const edges = edgesOf(rows, stages);
  const skips = edges.filter((edge) => !edge.straight);
  const lanes = lanesOf(skips);
  const laneCount = Math.max(0, ...lanes.values()) + (lanes.size > 0 ? 1 : 0);
  const longest = Math.max(1, ...rows.map((row) => row.label.length));
  const labelWidth = longest <= 2 ? 14 : Math.ceil(longest * 6.2);
  const blockX = labelWidth + 30 + 10 * Math.max(0, laneCount - 1);
  const topOf = (i: number) => top + i * rowPitch;
  const centre = blockX + 14;
  const laid = edges.map((edge): LaidEdge => {
    const [from, to] = [rows[edge.from]!, rows[edge.to]!];
    const common = {
      key: `${from.key}>${to.key}${edge.straight ? '' : '~'}`,
      from: from.key,
      to: to.key,
      stages: edge.stages,
    };
    if (edge.straight)
      return { ...common, d: `M${centre} ${topOf(edge.from) + rowHeight}V${topOf(edge.to)}`, skip: null };
    const lane = blockX - 12 - labelWidth - 10 * lanes.get(edge)!;
    const y = topOf(edge.from) + rowHeight + 3.5;
    const end = topOf(edge.to) + rowHeight / 2;
    const node = to.at.find((place) => place !== null)!.node;
    const x = leftEdge(node, blockX);
    const d = `M${centre} ${y}H${lane + 8}Q${lane} ${y} ${lane} ${y + 8}V${end - 8}Q${lane} ${end} ${lane + 8} ${end}H${x}`;
    return { ...common, d, skip: { head: `M${x - 5} ${end - 3.5}l5 3.5-5 3.5`, x: centre, y } };
  });
  return {
    blockX,
    height: top + rows.length * rowPitch - (rowPitch - rowHeight) + 4,
    tops: new Map(rows.map((row, i) => [row.key, topOf(i)])),
    edges: laid,
  };
}

/** Shortest bar, px: its text just fits. */
export const barBase = 74;

/** The length of a block's bar: the shortest and a share by its filters. */
export const barLength = (filters: number, widest: number, span: number): number =>
  barBase + (span * filters) / Math.max(1, widest);

export const filtersIn = (node: ArchitectureNode): number => (isBlock(node) ? node.filters : 0);

/** The block number beside the row, nothing for other nodes. */
export const labelOf = (node: ArchitectureNode): string => (isBlock(node) ? node.id : '');
