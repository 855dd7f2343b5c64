import { describeNetwork } from './description.ts';
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
 * `TensorName` (channels last). The architecture, the classes, the normalisation and the description
 * (description.ts) are in the metadata, as JSON; throws RangeError where mean and deviation are not known.
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
      description: JSON.stringify(describeNetwork(network)),
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
