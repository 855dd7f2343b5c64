import { shapesOf } from '../../../../core/architecture/shapes.ts';
import type { Architecture, BlockNode, NodeId } from '../../../../core/architecture/types.ts';
import type { Board, BoardOptions, Group, Label, Line, MapPlace } from './board.ts';
import { type Measures, measuresOf } from './measures.ts';
import { around, denseGroup, depthwiseGroup, kernelGroup, lambdaGroup, normGroup } from './groups.ts';

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
  private readonly m: Measures;
  private first = true;
  private free = { x: 0, y: 0 };
  private right = 0;
  private bottom = 0;

  constructor(architecture: Architecture, options: BoardOptions) {
    this.architecture = architecture;
    this.options = options;
    this.shapes = shapesOf(architecture);
    this.m = measuresOf(options.cell);
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
      cell: this.m.cell,
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
    if (this.m.readable || kind === 'class') this.labels.push({ text, x, y, kind, anchor: 'start', ...more });
  }

  private input(id: NodeId): void {
    const channels = this.shapes.get(id)!.channels;
    const size = this.m.readable ? Math.min(this.m.left - 16, 3 * this.m.cell - 8) : 0;
    const pitch = 3 * this.m.cell + this.m.gap;
    const at = Array.from({ length: channels }, (_, c) => this.m.top + 1.5 * this.m.cell + c * pitch);
    this.lanes.set(id, { way: 'rows', at, from: this.m.left, mapAt: 0, pitch });
    if (!this.m.readable) return;
    this.label(this.options.words.picture, 0, this.m.top - 6);
    this.maps.push({ node: id, channel: 0, x: 0, y: this.m.top, size });
    this.lines.push({ d: `M${size + 2} ${this.m.top + size / 2}H${this.m.left - 4}`, arrow: true });
  }

  /** Lanes of what a block reads; rows from the top where that is not drawn. */
  private read(id: NodeId): Lanes {
    const known = this.lanes.get(id);
    if (known) return known;
    const pitch = 3 * this.m.cell + this.m.gap;
    const at = Array.from(
      { length: this.shapes.get(id)!.channels },
      (_, c) => this.m.top + 1.5 * this.m.cell + c * pitch,
    );
    return { way: 'rows', at, from: this.m.left, mapAt: 0, pitch };
  }

  private block(node: BlockNode): void {
    const incoming = this.read(node.inputs[0]);
    const way = incoming.way === 'rows' ? 'columns' : 'rows';
    this.ways.set(node.id, way);
    const across = way === 'columns';
    const k = node.kernelSize * this.m.cell;
    const separable = node.kind === 'sepConv';
    const outSize = Math.max(
      separable ? this.m.cell : k,
      this.m.normWidth,
      across ? this.m.normWidth : this.m.normHeight,
    );
    const pitch = outSize + this.m.gap;
    const count = Math.max(node.filters, this.options.reserve?.get(node.id) ?? 0);
    const readCount = Math.max(incoming.at.length, this.options.reserveIn?.get(node.id) ?? 0);
    const inAt = Array.from(
      { length: readCount },
      (_, i) => incoming.at[i] ?? incoming.at.at(-1)! + (i - incoming.at.length + 1) * incoming.pitch,
    );
    const start = incoming.from + (separable ? k + this.m.gap : 0);
    const outAt = Array.from({ length: count }, (_, o) => start + outSize / 2 + o * pitch);
    incoming.at.forEach((at, i) => {
      if (separable) this.depthwise(node, i, at, incoming.from, across);
      for (let o = 0; o < node.filters; o++) this.kernel(node, i, o, at, outAt[o]!, across);
    });
    const end = inAt.at(-1)! + Math.max(k, incoming.pitch - this.m.gap) / 2;
    const normAt = end + this.m.gap + (across ? 0 : this.m.readable ? 16 : 2);
    const mapAt = normAt + (across ? this.m.normHeight : this.m.normWidth) + (this.m.readable ? 8 : 2);
    for (let o = 0; o < node.filters; o++) this.norm(node, o, normAt, outAt[o]!, mapAt, across);
    const link = this.m.readable ? (across ? 24 : 12) : 4;
    this.lanes.set(node.id, {
      way,
      at: outAt.slice(0, node.filters),
      from: mapAt + this.m.mapSize + link,
      mapAt,
      pitch,
    });
    const read = incoming.at.at(-1)! + k / 2;
    this.words(node, way, { normAt, mapAt, read, outAt, inAt });
    if (this.first) this.free = { x: outAt.at(-1)! + outSize / 2 + 24, y: mapAt + this.m.mapSize };
    this.first = false;
    const [far, deep] = [outAt.at(-1)! + outSize / 2, mapAt + this.m.mapSize];
    this.reach(across ? far : deep, across ? deep : far);
  }

  private words(
    node: BlockNode,
    way: 'columns' | 'rows',
    {
      normAt,
      mapAt,
      read,
      outAt,
      inAt,
    }: { normAt: number; mapAt: number; read: number; outAt: readonly number[]; inAt: readonly number[] },
  ): void {
    const { words } = this.options;
    const own = { node: node.id };
    if (way === 'columns') {
      const before = outAt[0]! - (1.5 * this.m.cell + 12);
      const anchor = this.first ? 'start' : 'end';
      const x = this.first ? 0 : before;
      this.label(words.batchNorm, x, normAt + this.m.normHeight / 2 + 4, 'muted', { anchor, ...own });
      this.label(words.after, x, mapAt + this.m.mapSize / 2 + 4, 'muted', { anchor, ...own });
      if (this.first)
        outAt
          .slice(0, node.filters)
          .forEach((at, o) =>
            this.label('h', at, this.m.top - 8, 'symbol', { anchor: 'middle', channel: o, ...own }),
          );
      outAt.slice(0, node.filters).forEach((at, o) => {
        const y = mapAt + this.m.mapSize;
        if (this.m.readable) this.lines.push({ d: `M${at} ${y}v22`, arrow: false, channel: o, ...own });
      });
    } else {
      const middle = normAt + this.m.normWidth / 2;
      const top = outAt[0]! - 1.5 * this.m.cell - 6;
      this.label(words.batchNorm, middle, top, 'muted', { anchor: 'middle', ...own });
      this.label(words.sees, mapAt + this.m.mapSize / 2, top, 'muted', { anchor: 'middle', ...own });
      outAt.slice(0, node.filters).forEach((at, o) => {
        const x = inAt[0]! - 1.5 * this.m.cell - 88;
        this.label(words.filter(o + 1), x, at - 4, 'strong', { channel: o, ...own });
        this.label(words.ofBlock(node.id), x, at + 12, 'muted', { channel: o, ...own });
        if (this.m.readable)
          this.lines.push({ d: `M${read + 4} ${at}H${normAt - 4}`, arrow: true, channel: o, ...own });
      });
    }
  }

  private kernel(node: BlockNode, i: number, o: number, inAt: number, outAt: number, across: boolean): void {
    const taps = node.kind === 'conv' ? node.kernelSize : 1;
    const inputs = this.shapes.get(node.inputs[0])!.channels;
    const [x, y] = across ? [outAt, inAt] : [inAt, outAt];
    this.groups.push(kernelGroup(node, [i, inputs], o, around(x, y, taps * this.m.cell)));
  }

  private depthwise(node: BlockNode, i: number, inAt: number, start: number, across: boolean): void {
    const size = node.kernelSize * this.m.cell;
    const inputs = this.shapes.get(node.inputs[0])!.channels;
    const [x, y] = across ? [start + size / 2, inAt] : [inAt, start + size / 2];
    this.groups.push(depthwiseGroup(node, [i, inputs], around(x, y, size)));
  }

  private norm(
    node: BlockNode,
    o: number,
    normAt: number,
    outAt: number,
    mapAt: number,
    across: boolean,
  ): void {
    const [w, h] = [this.m.normWidth, this.m.normHeight];
    const [x, y] = across ? [outAt - w / 2, normAt] : [normAt, outAt - h / 2];
    this.groups.push(normGroup(node, o, { x, y, width: w, height: h }));
    const half = this.m.mapSize / 2;
    this.maps.push({
      node: node.id,
      channel: o,
      x: across ? outAt - half : mapAt,
      y: across ? mapAt : outAt - half,
      size: this.m.mapSize,
    });
  }

  private add(id: NodeId, main: NodeId): void {
    const lanes = this.lanes.get(main);
    if (!lanes) return;
    const size = Math.max(this.m.cell, 8);
    const middle = (lanes.at[0]! + lanes.at.at(-1)!) / 2;
    const [x, y] =
      lanes.way === 'rows' ? [lanes.from + 4, middle - size / 2] : [middle - size / 2, lanes.from + 4];
    this.groups.push(lambdaGroup(id, { x, y, width: size, height: size }));
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
        const half = this.m.mapSize / 2;
        const [x, y] = main.way === 'rows' ? [main.mapAt, next - half] : [next - half, main.mapAt];
        this.maps.push({ node: other, channel: c, x, y, size: this.m.mapSize });
        if (main.way === 'rows')
          this.label(this.options.words.asItIs, x - 10, next + 4, 'muted', { anchor: 'end', node: id });
        this.reach(x + this.m.mapSize, y + this.m.mapSize);
      }
    }
    this.lanes.set(id, { ...main, at });
  }

  private head(id: NodeId, from: NodeId, classes: number): void {
    const lanes = this.lanes.get(from)!;
    const rows = lanes.way === 'rows';
    // Under columns that are narrower than a row of classes, the classes run down.
    const down = !rows && classes * this.m.cell > lanes.pitch;
    const [w, h] = down ? [this.m.cell, classes * this.m.cell] : [classes * this.m.cell, this.m.cell];
    const placed = lanes.at.map((at): readonly [number, number] =>
      rows ? [lanes.from, at - h / 2] : [at - w / 2, lanes.from],
    );
    const dense = (tensor: 'kernel' | 'bias', i: number, [x, y]: readonly [number, number]) =>
      this.groups.push(denseGroup(id, tensor, i, classes, { x, y, width: w, height: h }));
    placed.forEach((at, i) => dense('kernel', i, at));
    const [x0, y0] = placed[0]!;
    const last = placed.at(-1)!;
    const bias: readonly [number, number] = rows
      ? [last[0], last[1] + 1.5 * this.m.cell + h]
      : [Math.max(0, x0 - w - (down ? 4 * this.m.cell : 40)), y0];
    dense('bias', 0, bias);
    for (let c = 0; c < classes && !down; c++) {
      const middle = (x: number) => x + (c + 0.5) * this.m.cell;
      const mark = { anchor: 'middle', index: c, node: id } as const;
      if (rows) this.label('', middle(x0), y0 - 0.8 * this.m.cell - 4, 'class', mark);
      else placed.forEach(([x, y]) => this.label('', middle(x), y + h + 0.55 * this.m.cell, 'class', mark));
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
      Math.max(last[1] + (rows || down ? h : 2 * h), bias[1] + h + (this.m.readable ? 30 : 4)),
    );
  }
}
