import { shapesOf } from '../architecture/shapes.ts';
import { nodeCosts } from '../architecture/cost.ts';
import type { Architecture, ArchitectureNode, NodeId, Shape } from '../architecture/types.ts';
import type { ExportedNetwork } from './portable.ts';
import { identifiersOf, requireNormalised, requireOneHead } from './portable.ts';

/** A network without its numbers: all that the code generators need. */
export type DescribedNetwork = Omit<ExportedNetwork, 'weights'>;

/** One node as a code generator meets it. */
export interface CodeNode<N extends ArchitectureNode = ArchitectureNode> {
  readonly node: N;
  readonly name: string;
  /** Names of the nodes it reads from. */
  readonly inputs: readonly string[];
  /** Channels of its first input; 0 for the input node. */
  readonly channels: number;
  readonly shape: Shape;
}

/**
 * The nodes in order, with their names and shapes; the head is the last. Throws RangeError on a second head, and where
 * mean and deviation are not known.
 */
export function codeNodes(network: DescribedNetwork): readonly CodeNode[] {
  const { architecture } = network;
  requireOneHead(architecture);
  requireNormalised(network);
  const names = identifiersOf(architecture);
  const shapes = shapesOf(architecture);
  return architecture.nodes.map((node) => ({
    node,
    name: names.get(node.id)!,
    inputs: (node.inputs as readonly NodeId[]).map((id) => names.get(id)!),
    channels: node.inputs[0] === undefined ? 0 : shapes.get(node.inputs[0])!.channels,
    shape: shapes.get(node.id)!,
  }));
}

/** "28x28x36", as a comment behind a line. */
export const shapeComment = ({ node, shape }: CodeNode): string =>
  node.kind === 'head' ? `${shape.channels}` : `${shape.height}x${shape.width}x${shape.channels}`;

/** Lines with their trailing comments aligned. */
export function aligned(
  lines: readonly (readonly [code: string, comment: string])[],
  marker: string,
): string[] {
  const width = Math.max(...lines.map(([code]) => (code.length > 88 ? 0 : code.length)));
  return lines.map(([code, comment]) => (comment ? `${code.padEnd(width)}  ${marker} ${comment}` : code));
}

/** "28,774 parameters, 4,123,456 multiply-adds an image". */
export function sizeSentence(architecture: Architecture): string {
  let parameters = 0;
  let multiplyAdds = 0;
  for (const cost of nodeCosts(architecture).values()) {
    parameters += cost.parameters;
    multiplyAdds += cost.multiplyAdds;
  }
  const commas = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${commas(parameters)} parameters, ${commas(multiplyAdds)} multiply-adds an image`;
}

/** The kinds of node an architecture has: only the helpers it needs are written. */
export const kindsOf = (architecture: Architecture): ReadonlySet<ArchitectureNode['kind']> =>
  new Set(architecture.nodes.map((node) => node.kind));

/** A quoted string that Python and JavaScript both read. */
export const quoted = (text: string): string => JSON.stringify(text);

/** A list of strings or numbers as Python and JavaScript both read it. */
export const listed = (values: readonly (string | number)[]): string =>
  `[${values.map((value) => JSON.stringify(value)).join(', ')}]`;
