import {
  type ExportedNetwork,
  float32Bytes,
  identifiersOf,
  joinBytes,
  requireNormalised,
  tensorsByNode,
  utf8,
} from './portable.ts';

/**
 * The weights in the safetensors format (github.com/huggingface/safetensors): 8 bytes header length, a JSON header,
 * then the float32 numbers. Tensors are named `identifier.tensor`, for example `block_1b.kernel`, with the shapes of
 * `TensorName` (channels last). The architecture, the classes and the normalisation are in the metadata, as JSON;
 * throws RangeError where mean and deviation are not known.
 */
export function writeSafetensors(network: ExportedNetwork): Uint8Array<ArrayBuffer> {
  requireNormalised(network);
  const names = identifiersOf(network.architecture);
  const header: Record<string, unknown> = {
    __metadata__: {
      format: 'np',
      name: network.name,
      architecture: JSON.stringify(network.architecture),
      classes: JSON.stringify(network.classes),
      mean: JSON.stringify(network.mean),
      deviation: JSON.stringify(network.deviation),
    },
  };
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const [node, tensors] of tensorsByNode(network)) {
    for (const { name, shape, values } of tensors.values()) {
      const bytes = float32Bytes(values);
      header[`${names.get(node)!}.${name}`] = {
        dtype: 'F32',
        shape,
        data_offsets: [offset, offset + bytes.length],
      };
      offset += bytes.length;
      parts.push(bytes);
    }
  }
  const text = utf8(JSON.stringify(header));
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20);
  padded.set(text);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(padded.length), true);
  return joinBytes([length, padded, ...parts]);
}

/** What safetensors alone does not say, as a JSON file beside it: the graph, the classes, the normalisation. */
export function writeNetworkJson(network: ExportedNetwork): string {
  const names = identifiersOf(network.architecture);
  return `${JSON.stringify(
    {
      format: 'lemonade-network',
      version: 1,
      name: network.name,
      input: 'pixel values 0 to 255, channels last; the network sees (pixel / 255 - mean) / deviation',
      mean: network.mean,
      deviation: network.deviation,
      batchNormEpsilon: 1e-3,
      classes: network.classes,
      nodes: network.architecture.nodes.map((node) => ({ ...node, name: names.get(node.id)! })),
    },
    null,
    2,
  )}\n`;
}
