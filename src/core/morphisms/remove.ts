import {
  blocksOf,
  findNode,
  isBlock,
  isMerge,
  weightedNeighbours,
  withInputs,
  withoutUnused,
} from '../architecture/graph.ts';
import { shapesOf } from '../architecture/shapes.ts';
import { choicesOf, isSupernet, pathCount, pathOf, type Choice } from '../architecture/supernet.ts';
import type { Architecture, ArchitectureNode, ConcatNode, NodeId } from '../architecture/types.ts';
import { validate } from '../architecture/validate.ts';
import { fail, ok, type Result } from '../result.ts';
import { concatRuns, copyRun, type Runs } from './channel-runs.ts';
import type { Morphed, MorphismIn, Operator } from './operator.ts';
import { transfer, type Rewiring } from './transfer.ts';

/**
 * `target`: a block, or the add or concat node that ends a skip. The other form leaves one path of a supernet (its
 * number, see supernet.ts), as one-shot search needs it; it is never drawn.
 */
const forms = [{ target: 'node' }, { variant: ['path'], path: 'integer' }] as const;
type Remove = MorphismIn<'remove', (typeof forms)[number]>;

/** A block goes, or the skip from `from` to `to`, or of a supernet all but one path. */
type RemoveFacts =
  | { readonly what: 'other-paths'; readonly path: number; readonly choices: readonly Choice[] }
  | { readonly what: 'block'; readonly block: NodeId }
  | { readonly what: 'skip'; readonly from: readonly NodeId[]; readonly to: NodeId };

type Removal = { readonly child: Architecture; readonly rewiring: Rewiring };

/** The leading channels that both have; what the stand-in has more is new [ours]. */
function leading(standIn: number, replaced: number): Runs {
  if (standIn === replaced) return null;
  if (standIn < replaced) return [copyRun(0, standIn)];
  return [copyRun(0, replaced), { kind: 'new', length: standIn - replaced }];
}

/** Takes `target` out, its readers reading `standIn`; merges left with one operand twice lose the second. */
class Bypass {
  readonly replaced = new Map<NodeId, { readonly by: NodeId; readonly runs: Runs }>();
  readonly operands = new Map<NodeId, readonly number[]>();
  private readonly channels: (id: NodeId) => number;

  constructor(parent: Architecture) {
    const shapes = shapesOf(parent);
    this.channels = (id) => shapes.get(id)!.channels;
  }

  take(node: ArchitectureNode, by: NodeId, runs: Runs): void {
    this.replaced.set(node.id, { by, runs });
  }

  /** The node as it stands in the child, or nothing where it goes too. */
  visit(node: ArchitectureNode): readonly ArchitectureNode[] {
    if (this.replaced.has(node.id)) return [];
    const before: readonly NodeId[] = node.inputs;
    const inputs = before.map((id) => this.replaced.get(id)?.by ?? id);
    if (!inputs.some((id, slot) => id !== before[slot])) return [node];
    if (node.kind === 'add' && inputs[0] === inputs[1]) {
      this.take(node, inputs[0]!, null);
      return [];
    }
    return node.kind === 'concat' ? this.visitConcat(node, inputs) : [withInputs(node, inputs)];
  }

  private visitConcat(node: ConcatNode, inputs: readonly NodeId[]): readonly ArchitectureNode[] {
    const before: readonly NodeId[] = node.inputs;
    const kept = inputs.flatMap((id, slot) => {
      const redirected = id !== before[slot];
      const other = inputs.findIndex((o, s) => o === id && s !== slot && (o === before[s] || s < slot));
      return redirected && other !== -1 ? [] : [slot];
    });
    if (kept.length === 1) {
      const slot = kept[0]!;
      const offset = before.slice(0, slot).reduce((sum, id) => sum + this.channels(id), 0);
      const runs = inputs[slot] === before[slot] ? null : this.replaced.get(before[slot]!)!.runs;
      this.take(node, inputs[slot]!, concatRuns([{ offset, channels: this.channels(before[slot]!), runs }]));
      return [];
    }
    if (kept.length < inputs.length) this.operands.set(node.id, kept);
    return [
      withInputs(
        node,
        kept.map((slot) => inputs[slot]!),
      ),
    ];
  }
}

/**
 * What one path leaves of a supernet: every weight of the path as it is, nothing to distil or to fit, as the path was
 * trained to answer by itself.
 */
function onePath(supernet: Architecture, path: number): Result<Morphed, string> {
  if (!isSupernet(supernet)) return fail('this network is no supernet');
  if (path < 0 || path >= pathCount) return fail(`there is no path ${path}`);
  const { network, standIns } = pathOf(supernet, path);
  const replaced = new Map([...standIns].map(([id, by]) => [id, { by, runs: null }] as const));
  const tensors = transfer(supernet, network, { replaced });
  return ok({ child: network, map: { tensors, selections: [] }, affected: [], refits: [] });
}

function removal(parent: Architecture, target: NodeId): Result<Removal, string> {
  const node = findNode(parent, target);
  if (!node) return fail(`there is no node ${target}`);
  if (!isBlock(node) && !isMerge(node)) return fail(`${target} is neither a block nor the end of a skip`);
  const channels = (id: NodeId) => shapesOf(parent).get(id)!.channels;
  const standIn = node.inputs[0];
  const bypass = new Bypass(parent);
  const runs = isBlock(node)
    ? leading(channels(standIn), node.filters)
    : node.kind === 'concat'
      ? [copyRun(0, channels(standIn))]
      : null;
  bypass.take(node, standIn, runs);
  const child = withoutUnused({ nodes: parent.nodes.flatMap((old) => bypass.visit(old)) });
  if (blocksOf(child).length === 0) return fail(`${target} cannot go: no block would be left`);
  const checked = validate(child);
  if (!checked.ok)
    return fail(`without ${target}, node ${checked.reason[0]!.node} ${checked.reason[0]!.problem}`);
  return ok({ child, rewiring: { replaced: bypass.replaced, operands: bypass.operands } });
}

const sites = (architecture: Architecture): readonly Remove[] =>
  architecture.nodes
    .filter((node) => (isBlock(node) || isMerge(node)) && removal(architecture, node.id).ok)
    .map(({ id }) => ({ operator: 'remove', target: id }));

/**
 * Removes a block (its readers read what it read) or a skip (the readers of the merge read its main path; what only
 * fed the skip goes with it). Approximate: all other weights stay, the neighbours are distilled. The
 * map gives readers the leading channels; the engine then refits them to what they read now (engine/refit.ts).
 */
export const remove: Operator<Remove, RemoveFacts> = {
  kind: 'remove',
  exactness: 'approximate',
  forms,
  sites,
  cellSites: ({ ids, blocks, merges }) =>
    ids
      .filter((id) => blocks.includes(id) || merges.includes(id))
      .map((target) => ({ operator: 'remove', target })),
  vary: (morphism) => morphism,
  apply(architecture, morphism) {
    if ('path' in morphism) return onePath(architecture, morphism.path);
    const { target } = morphism;
    const result = removal(architecture, target);
    if (!result.ok) return result;
    const { child, rewiring } = result.value;
    const readers = weightedNeighbours(architecture, [target], 1);
    const around = new Set([...weightedNeighbours(architecture, [target], -1), ...readers]);
    const affected = child.nodes.map((node) => node.id).filter((id) => around.has(id));
    const refits = readers.filter((id) => affected.includes(id));
    const tensors = transfer(architecture, child, rewiring);
    return ok({ child, map: { tensors, selections: [] }, affected, refits });
  },
  facts(architecture, morphism) {
    if ('path' in morphism)
      return { what: 'other-paths', path: morphism.path, choices: choicesOf(morphism.path) };
    const { target } = morphism;
    const node = findNode(architecture, target);
    if (!node || isBlock(node) || !isMerge(node)) return { what: 'block', block: target };
    const [to, ...from] = node.inputs;
    return { what: 'skip', from, to };
  },
};
