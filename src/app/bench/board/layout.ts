/* eslint-disable max-lines -- one pass over the graph; its measures belong together. */
import { isBlock } from '../../../core/architecture/graph.ts';
import { shapesOf } from '../../../core/architecture/shapes.ts';
import type { Architecture, BlockNode, NodeId } from '../../../core/architecture/types.ts';
import { tensorKey, type TensorName } from '../../../core/architecture/weights.ts';

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

const normNames = ['gamma', 'beta', 'mean', 'variance'] as const;

interface Lanes {
  readonly way: 'columns' | 'rows';
  /** Centres, along x for columns and along y for rows. */
  readonly at: readonly number[];
  /** Where what reads them may begin: y for columns, x for rows. */
  readonly from: number;
  /** Where their maps begin, to put maps of other sources beside them. */
  readonly mapAt: number;
  readonly pitch: number;
}

/**
 * The weight board. Its law: a channel is a column, a filter is a row; block 1's kernels head the columns, block 2's
 * fill columns x rows, so that the board is the block matrix of the equations. The next block's filters are columns
 * again: the flow folds, columns, rows, columns. Architectures of the search are one chain with skips over it.
 */
export function layoutBoard(architecture: Architecture, options: BoardOptions): Board {
  return new Layout(architecture, options).board();
}

class Layout {
  private readonly groups: Group[] = [];
  private readonly maps: MapPlace[] = [];
  private readonly labels: Label[] = [];
  private readonly lines: Line[] = [];
  private readonly ways = new Map<NodeId, 'columns' | 'rows'>();
  private readonly lanes = new Map<NodeId, Lanes>();
  private readonly shapes;
  private readonly architecture: Architecture;
  private readonly options: BoardOptions;
  private readonly u: number;
  private readonly gap: number;
  private readonly mapSize: number;
  private readonly normWidth: number;
  private readonly normHeight: number;
  private readonly left: number;
  private readonly readable: boolean;
  private first = true;
  private free = { x: 0, y: 0 };
  private right = 0;
  private bottom = 0;

  constructor(architecture: Architecture, options: BoardOptions) {
    this.architecture = architecture;
    this.options = options;
    this.shapes = shapesOf(architecture);
    this.u = options.cell;
    this.readable = this.u >= 12;
    this.gap = this.readable ? 8 : 2;
    this.mapSize = this.readable ? Math.round(this.u * 2.1) : this.u * 3;
    this.normWidth = this.readable ? 3 * this.u : 3 * this.u;
    this.normHeight = this.readable ? Math.round(1.56 * this.u) : 2 * this.u;
    this.left = this.readable ? 92 : 24;
  }

  board(): Board {
    for (const node of this.architecture.nodes) {
      switch (node.kind) {
        case 'input':
          this.input(node.id);
          break;
        case 'conv':
        case 'sepConv':
          if (this.options.shown?.has(node.id) ?? true) this.block(node);
          break;
        case 'maxPool': {
          const lanes = this.lanes.get(node.inputs[0]);
          if (lanes) this.lanes.set(node.id, lanes);
          break;
        }
        case 'add':
          this.add(node.id, node.inputs[0]);
          break;
        case 'concat':
          this.concat(node.id, node.inputs);
          break;
        case 'head':
          if (this.lanes.has(node.inputs[0]) && node.task === 0)
            this.head(node.id, node.inputs[0], node.classes);
          break;
      }
    }
    return {
      width: this.right + 4,
      height: this.bottom + 4,
      cell: this.u,
      free: this.free,
      groups: this.groups,
      maps: this.maps,
      labels: this.labels,
      lines: this.lines,
      ways: this.ways,
    };
  }

  private reach(x: number, y: number): void {
    this.right = Math.max(this.right, x);
    this.bottom = Math.max(this.bottom, y);
  }

  private label(
    text: string,
    x: number,
    y: number,
    kind: Label['kind'] = 'muted',
    more: Partial<Label> = {},
  ) {
    if (this.readable || kind === 'class') this.labels.push({ text, x, y, kind, anchor: 'start', ...more });
  }

  private top(): number {
    return this.readable ? 24 : 12;
  }

  private input(id: NodeId): void {
    const channels = this.shapes.get(id)!.channels;
    const size = this.readable ? Math.min(this.left - 16, 3 * this.u - 8) : 0;
    const pitch = 3 * this.u + this.gap;
    const at = Array.from({ length: channels }, (_, c) => this.top() + 1.5 * this.u + c * pitch);
    this.lanes.set(id, { way: 'rows', at, from: this.left, mapAt: 0, pitch });
    if (!this.readable) return;
    this.label(this.options.words.picture, 0, this.top() - 6);
    this.maps.push({ node: id, channel: 0, x: 0, y: this.top(), size });
    this.lines.push({ d: `M${size + 2} ${this.top() + size / 2}H${this.left - 4}`, arrow: true });
  }

  /** Lanes of what a block reads; rows from the top where that is not drawn. */
  private read(id: NodeId): Lanes {
    const known = this.lanes.get(id);
    if (known) return known;
    const pitch = 3 * this.u + this.gap;
    const at = Array.from(
      { length: this.shapes.get(id)!.channels },
      (_, c) => this.top() + 1.5 * this.u + c * pitch,
    );
    return { way: 'rows', at, from: this.left, mapAt: 0, pitch };
  }

  private block(node: BlockNode): void {
    const incoming = this.read(node.inputs[0]);
    const way = incoming.way === 'rows' ? 'columns' : 'rows';
    this.ways.set(node.id, way);
    const across = way === 'columns';
    const k = node.kernelSize * this.u;
    const separable = node.kind === 'sepConv';
    const outSize = Math.max(
      separable ? this.u : k,
      this.normWidth,
      across ? this.normWidth : this.normHeight,
    );
    const pitch = outSize + this.gap;
    const count = Math.max(node.filters, this.options.reserve?.get(node.id) ?? 0);
    const readCount = Math.max(incoming.at.length, this.options.reserveIn?.get(node.id) ?? 0);
    const inAt = Array.from(
      { length: readCount },
      (_, i) => incoming.at[i] ?? incoming.at.at(-1)! + (i - incoming.at.length + 1) * incoming.pitch,
    );
    const start = incoming.from + (separable ? k + this.gap : 0);
    const outAt = Array.from({ length: count }, (_, o) => start + outSize / 2 + o * pitch);
    incoming.at.forEach((at, i) => {
      if (separable) this.depthwise(node, i, at, incoming.from, across);
      for (let o = 0; o < node.filters; o++) this.kernel(node, i, o, at, outAt[o]!, across);
    });
    const end = inAt.at(-1)! + Math.max(k, incoming.pitch - this.gap) / 2;
    const normAt = end + this.gap + (across ? 0 : this.readable ? 16 : 2);
    const mapAt = normAt + (across ? this.normHeight : this.normWidth) + (this.readable ? 8 : 2);
    for (let o = 0; o < node.filters; o++) this.norm(node, o, normAt, outAt[o]!, mapAt, across);
    const link = this.readable ? (across ? 24 : 12) : 4;
    this.lanes.set(node.id, {
      way,
      at: outAt.slice(0, node.filters),
      from: mapAt + this.mapSize + link,
      mapAt,
      pitch,
    });
    this.words(node, way, { normAt, mapAt, end, outAt, inAt });
    if (this.first) this.free = { x: outAt.at(-1)! + outSize / 2 + 24, y: mapAt + this.mapSize };
    this.first = false;
    const [far, deep] = [outAt.at(-1)! + outSize / 2, mapAt + this.mapSize];
    this.reach(across ? far : deep, across ? deep : far);
  }

  private words(
    node: BlockNode,
    way: 'columns' | 'rows',
    {
      normAt,
      mapAt,
      end,
      outAt,
      inAt,
    }: { normAt: number; mapAt: number; end: number; outAt: readonly number[]; inAt: readonly number[] },
  ): void {
    const { words } = this.options;
    const own = { node: node.id };
    if (way === 'columns') {
      const before = outAt[0]! - (1.5 * this.u + 12);
      const anchor = this.first ? 'start' : 'end';
      const x = this.first ? 0 : before;
      this.label(words.batchNorm, x, normAt + this.normHeight / 2 + 4, 'muted', { anchor, ...own });
      this.label(words.after, x, mapAt + this.mapSize / 2 + 4, 'muted', { anchor, ...own });
      if (this.first)
        outAt
          .slice(0, node.filters)
          .forEach((at, o) =>
            this.label('h', at, this.top() - 8, 'symbol', { anchor: 'middle', channel: o, ...own }),
          );
      outAt.slice(0, node.filters).forEach((at, o) => {
        const y = mapAt + this.mapSize;
        if (this.readable) this.lines.push({ d: `M${at} ${y}v22`, arrow: false, channel: o, ...own });
      });
    } else {
      const middle = normAt + this.normWidth / 2;
      const top = outAt[0]! - 1.5 * this.u - 6;
      this.label(words.batchNorm, middle, top, 'muted', { anchor: 'middle', ...own });
      this.label(words.sees, mapAt + this.mapSize / 2, top, 'muted', { anchor: 'middle', ...own });
      outAt.slice(0, node.filters).forEach((at, o) => {
        const x = inAt[0]! - 1.5 * this.u - 88;
        this.label(words.filter(o + 1), x, at - 4, 'strong', { channel: o, ...own });
        this.label(words.ofBlock(node.id), x, at + 12, 'muted', { channel: o, ...own });
        if (this.readable)
          this.lines.push({ d: `M${end + 4} ${at}H${normAt - 4}`, arrow: true, channel: o, ...own });
      });
    }
  }

  private kernel(node: BlockNode, i: number, o: number, inAt: number, outAt: number, across: boolean): void {
    const taps = node.kind === 'conv' ? node.kernelSize : 1;
    const [cx, cy] = across ? [outAt, inAt] : [inAt, outAt];
    const inputs = this.shapes.get(node.inputs[0])!.channels;
    const size = taps * this.u;
    const [x, y] = [cx - size / 2, cy - size / 2];
    const tensor: TensorName = node.kind === 'conv' ? 'kernel' : 'pointwise';
    this.groups.push({
      key: `${tensorKey({ node: node.id, name: tensor })}/${i}/${o}`,
      node: node.id,
      kind: tensor,
      input: i,
      output: o,
      x,
      y,
      width: size,
      height: size,
      cells: Array.from({ length: taps * taps }, (_, tap) => ({
        tensor,
        index: (tap * inputs + i) * node.filters + o,
        x: x + (tap % taps) * this.u,
        y: y + Math.floor(tap / taps) * this.u,
        width: this.u,
        height: this.u,
      })),
    });
  }

  private depthwise(node: BlockNode, i: number, inAt: number, start: number, across: boolean): void {
    const taps = node.kernelSize;
    const size = taps * this.u;
    const inputs = this.shapes.get(node.inputs[0])!.channels;
    const [x, y] = across ? [start, inAt - size / 2] : [inAt - size / 2, start];
    this.groups.push({
      key: `${tensorKey({ node: node.id, name: 'depthwise' })}/${i}/0`,
      node: node.id,
      kind: 'depthwise',
      input: i,
      output: -1,
      x,
      y,
      width: size,
      height: size,
      cells: Array.from({ length: taps * taps }, (_, tap) => ({
        tensor: 'depthwise' as const,
        index: tap * inputs + i,
        x: x + (tap % taps) * this.u,
        y: y + Math.floor(tap / taps) * this.u,
        width: this.u,
        height: this.u,
      })),
    });
  }

  private norm(
    node: BlockNode,
    o: number,
    normAt: number,
    outAt: number,
    mapAt: number,
    across: boolean,
  ): void {
    const [w, h] = [this.normWidth, this.normHeight];
    const [x, y] = across ? [outAt - w / 2, normAt] : [normAt, outAt - h / 2];
    this.groups.push({
      key: `${node.id}/norm/${o}`,
      node: node.id,
      kind: 'norm',
      input: -1,
      output: o,
      x,
      y,
      width: w,
      height: h,
      cells: normNames.map((tensor, n) => ({
        tensor,
        index: o,
        x: x + (n % 2) * (w / 2),
        y: y + Math.floor(n / 2) * (h / 2),
        width: w / 2,
        height: h / 2,
      })),
    });
    const half = this.mapSize / 2;
    this.maps.push({
      node: node.id,
      channel: o,
      x: across ? outAt - half : mapAt,
      y: across ? mapAt : outAt - half,
      size: this.mapSize,
    });
  }

  private add(id: NodeId, main: NodeId): void {
    const lanes = this.lanes.get(main);
    if (!lanes) return;
    const size = Math.max(this.u, 8);
    const middle = (lanes.at[0]! + lanes.at.at(-1)!) / 2;
    const [x, y] =
      lanes.way === 'rows' ? [lanes.from + 4, middle - size / 2] : [middle - size / 2, lanes.from + 4];
    this.groups.push({
      key: `${id}/lambda`,
      node: id,
      kind: 'lambda',
      input: -1,
      output: -1,
      x,
      y,
      width: size,
      height: size,
      cells: [{ tensor: 'lambda', index: 0, x, y, width: size, height: size }],
    });
    this.label('λ', x + size / 2, y - 6, 'symbol', { anchor: 'middle', node: id });
    this.lanes.set(id, { ...lanes, from: lanes.from + size + 12 });
    this.reach(x + size, y + size);
  }

  private concat(id: NodeId, inputs: readonly NodeId[]): void {
    const main = this.lanes.get(inputs[0]!);
    if (!main) return;
    const at = [...main.at];
    for (const other of inputs.slice(1)) {
      const channels = this.shapes.get(other)!.channels;
      for (let c = 0; c < channels; c++) {
        const next = at.at(-1)! + main.pitch;
        at.push(next);
        const half = this.mapSize / 2;
        const [x, y] = main.way === 'rows' ? [main.mapAt, next - half] : [next - half, main.mapAt];
        this.maps.push({ node: other, channel: c, x, y, size: this.mapSize });
        if (main.way === 'rows')
          this.label(this.options.words.asItIs, x - 10, next + 4, 'muted', { anchor: 'end', node: id });
        this.reach(x + this.mapSize, y + this.mapSize);
      }
    }
    this.lanes.set(id, { ...main, at });
  }

  private head(id: NodeId, from: NodeId, classes: number): void {
    const lanes = this.lanes.get(from)!;
    const rows = lanes.way === 'rows';
    // Under columns that are narrower than a row of classes, the classes run down.
    const down = !rows && classes * this.u > lanes.pitch;
    const [w, h] = down ? [this.u, classes * this.u] : [classes * this.u, this.u];
    const placed = lanes.at.map((at): readonly [number, number] =>
      rows ? [lanes.from, at - h / 2] : [at - w / 2, lanes.from],
    );
    placed.forEach(([x, y], i) => this.dense(id, 'kernel', i, classes, x, y, down));
    const [x0, y0] = placed[0]!;
    const last = placed.at(-1)!;
    const bias: readonly [number, number] = rows
      ? [last[0], last[1] + 1.9 * this.u + h]
      : [Math.max(0, x0 - w - (down ? 4 * this.u : 40)), y0];
    this.dense(id, 'bias', 0, classes, ...bias, down);
    for (let c = 0; c < classes && !down; c++) {
      const middle = (x: number) => x + (c + 0.5) * this.u;
      const mark = { anchor: 'middle', index: c, node: id } as const;
      if (rows) this.label('', middle(x0), y0 - 0.8 * this.u - 4, 'class', mark);
      else placed.forEach(([x, y]) => this.label('', middle(x), y + h + 0.55 * this.u, 'class', mark));
    }
    const { words } = this.options;
    if (rows) this.label(words.bias, bias[0] - 8, bias[1] + h / 2 + 4, 'muted', { anchor: 'end' });
    else this.label(words.bias, bias[0] + w / 2, bias[1] - 8, 'muted', { anchor: 'middle' });
    this.label(words.logits, bias[0] - 8, bias[1] + h + 22, 'muted', {
      anchor: 'end',
      node: id,
      channel: -2,
    });
    this.reach(
      Math.max(last[0], bias[0]) + w,
      Math.max(last[1] + (rows || down ? h : 2 * h), bias[1] + h + (this.readable ? 30 : 4)),
    );
  }

  private dense(
    id: NodeId,
    tensor: 'kernel' | 'bias',
    i: number,
    classes: number,
    x: number,
    y: number,
    down: boolean,
  ): void {
    this.groups.push({
      key: `${id}/${tensor}/${i}`,
      node: id,
      kind: tensor === 'kernel' ? 'dense' : 'bias',
      input: tensor === 'kernel' ? i : -1,
      output: -1,
      x,
      y,
      width: (down ? 1 : classes) * this.u,
      height: (down ? classes : 1) * this.u,
      cells: Array.from({ length: classes }, (_, c) => ({
        tensor,
        index: i * classes + c,
        x: x + (down ? 0 : c * this.u),
        y: y + (down ? c * this.u : 0),
        width: this.u,
        height: this.u,
      })),
    });
  }
}

/** Places of every number by "node/tensor/index". */
export function placesOf(board: Board): ReadonlyMap<string, CellPlace> {
  return new Map(
    board.groups.flatMap(({ node, cells }) =>
      cells.map((cell) => [`${node}/${cell.tensor}/${cell.index}`, cell] as const),
    ),
  );
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
