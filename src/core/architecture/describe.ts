import { fail, type Result } from '../result.ts';
import type { Architecture, ArchitectureNode, NodeId } from './types.ts';
import { parseArchitecture } from './schema.ts';

function body(node: ArchitectureNode): string {
  switch (node.kind) {
    case 'input':
      return `${node.height}x${node.width}x${node.channels}`;
    case 'conv':
      return `conv${node.kernelSize}x${node.filters}`;
    case 'sepConv':
      return `sep${node.kernelSize}x${node.filters}`;
    case 'maxPool':
      return 'pool';
    case 'add':
      return 'add';
    case 'concat':
      return 'concat';
    case 'head':
      return node.task === 0 ? `head${node.classes}` : `head${node.classes}task${node.task}`;
  }
}

/**
 * One line that `parseDescription` reads back, for example
 * `input:28x28x1 > 1:conv3x8 > pool1:pool > 2:sep3x16 > 2b:conv3x16 > add1:add(2b,2) > head:head10`.
 * Inputs are left out where they are just the node before.
 */
export function describe(architecture: Architecture): string {
  return architecture.nodes
    .map((node, index) => {
      const inputs: readonly NodeId[] = node.inputs;
      const previous = architecture.nodes[index - 1]?.id;
      const implied = inputs.length === 0 || (inputs.length === 1 && inputs[0] === previous);
      return `${node.id}:${body(node)}${implied ? '' : `(${inputs.join(',')})`}`;
    })
    .join(' > ');
}

const item = /^([^:\s]+):([a-zA-Z]*)([0-9a-z]*?)(?:\(([^()\s]*)\))?$/;

function readNode(text: string, previous: string | undefined): unknown {
  const match = item.exec(text);
  if (!match) return null;
  const [, id, letters, rest, listed] = match as unknown as [string, string, string, string, string?];
  const numbers = rest.split(/x|task/).map(Number);
  const inputs = listed !== undefined ? listed.split(',') : previous === undefined ? [] : [previous];
  const [a, b, c] = numbers;
  switch (letters) {
    case '':
      return { kind: 'input', id, inputs: [], height: a, width: b, channels: c };
    case 'conv':
    case 'sep':
      return { kind: letters === 'sep' ? 'sepConv' : 'conv', id, inputs, kernelSize: a, filters: b };
    case 'pool':
      return { kind: 'maxPool', id, inputs };
    case 'add':
    case 'concat':
      return { kind: letters, id, inputs };
    case 'head':
      return { kind: 'head', id, inputs, classes: a, task: b ?? 0 };
    default:
      return null;
  }
}

/** The architecture a description stands for, validated; or what is wrong with it. */
export function parseDescription(text: string): Result<Architecture, string> {
  const nodes: unknown[] = [];
  let previous: string | undefined;
  for (const part of text.split('>').map((piece) => piece.trim())) {
    const node = readNode(part, previous);
    if (node === null) return fail(`"${part.slice(0, 60)}" is not a node`);
    nodes.push(node);
    previous = part.slice(0, part.indexOf(':'));
  }
  const parsed = parseArchitecture({ nodes });
  if (parsed.ok) return parsed;
  return fail(
    parsed.reason.map(({ node, problem }) => (node ? `node ${node}: ${problem}` : problem)).join('; '),
  );
}
