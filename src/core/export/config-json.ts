import { describeNetwork, inputOf } from './description.ts';
import { exportEpsilon, type ExportedNetwork, identifiersOf, requireNormalised } from './portable.ts';

/**
 * config.json, beside the weights: the keys that the Hugging Face Hub's configurations have for image classifiers, the
 * description (description.ts), and the graph with the names that its tensors have in safetensors. The network takes
 * pixel values and normalises them itself, so that nobody else may: do_rescale and do_normalize are false.
 */
export function writeConfigJson(network: Omit<ExportedNetwork, 'weights'>): string {
  requireNormalised(network);
  const { architecture, classes, mean, deviation } = network;
  const { width, height, channels } = inputOf(architecture);
  const names = identifiersOf(architecture);
  const numbered = classes.map((name, index) => [name, index] as const);
  return `${JSON.stringify(
    {
      model_type: 'lemonade',
      image_size: [height, width],
      num_channels: channels,
      ...{ do_resize: true, size: { height, width } },
      ...{ do_rescale: false, rescale_factor: 1 / 255 },
      ...{ do_normalize: false, image_mean: mean, image_std: deviation },
      id2label: Object.fromEntries(numbered.map(([name, index]) => [String(index), name])),
      label2id: Object.fromEntries(numbered),
      description: describeNetwork(network),
      graph: {
        batchNormEpsilon: exportEpsilon,
        nodes: architecture.nodes.map((node) => ({ ...node, name: names.get(node.id)! })),
      },
    },
    null,
    2,
  )}\n`;
}
