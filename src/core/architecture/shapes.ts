import type { Architecture, NodeId, Shape } from './types.ts';

/**
 * Output shape of every node (channels last, no batch dimension).
 * Expects a validated architecture; throws Error naming the node whose input is missing.
 */
export function shapesOf(architecture: Architecture): ReadonlyMap<NodeId, Shape> {
  const shapes = new Map<NodeId, Shape>();
  for (const node of architecture.nodes) {
    const inputs = node.inputs.map((id) => {
      const shape = shapes.get(id);
      if (!shape) throw new Error(`node ${node.id}: its input ${id} does not come before it`);
      return shape;
    });
    const first = inputs[0];
    switch (node.kind) {
      case 'input':
        shapes.set(node.id, { height: node.height, width: node.width, channels: node.channels });
        break;
      case 'conv':
      case 'sepConv':
        shapes.set(node.id, { ...first!, channels: node.filters });
        break;
      case 'maxPool':
        shapes.set(node.id, {
          height: Math.floor(first!.height / 2),
          width: Math.floor(first!.width / 2),
          channels: first!.channels,
        });
        break;
      case 'add':
        shapes.set(node.id, first!);
        break;
      case 'concat':
        shapes.set(node.id, { ...first!, channels: inputs.reduce((sum, shape) => sum + shape.channels, 0) });
        break;
      case 'head':
        shapes.set(node.id, { height: 1, width: 1, channels: node.classes });
        break;
    }
  }
  return shapes;
}
