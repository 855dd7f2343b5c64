import { describedLines } from './description.ts';
import {
  aligned,
  codeNodes,
  type CodeNode,
  type DescribedNetwork,
  kindsOf,
  listed,
  quoted,
  shapeComment,
  sizeSentence,
} from './code-lines.ts';

const blend = `@keras.saving.register_keras_serializable(package="lemonade")
class Blend(layers.Layer):
    """rate * main + (1 - rate) * skip; the rate is learned and clipped to [0, 1]."""

    def build(self, shapes):
        self.rate = self.add_weight(shape=(), initializer="ones", name="rate")

    def call(self, inputs):
        main, skip = inputs
        rate = keras.ops.clip(self.rate, 0.0, 1.0)
        return rate * main + (1.0 - rate) * skip


`;

const conv = `def conv_block(x, filters, size, name):
    """Convolution, batch normalisation, ReLU."""
    x = layers.Conv2D(filters, size, padding="same", use_bias=False, name=name + "_conv")(x)
    x = layers.BatchNormalization(momentum=0.9, epsilon=1e-3, name=name + "_bn")(x)
    return layers.ReLU(name=name)(x)


`;

const sep = `def sep_block(x, filters, size, name):
    """Separable convolution (depthwise, then 1 x 1), batch normalisation, ReLU."""
    x = layers.SeparableConv2D(filters, size, padding="same", use_bias=False, name=name + "_conv")(x)
    x = layers.BatchNormalization(momentum=0.9, epsilon=1e-3, name=name + "_bn")(x)
    return layers.ReLU(name=name)(x)


`;

function line({ node, name, inputs }: CodeNode): string {
  const named = quoted(name);
  const list = inputs.join(', ');
  switch (node.kind) {
    case 'input':
      return '';
    case 'conv':
      return `${name} = conv_block(${list}, ${node.filters}, ${node.kernelSize}, ${named})`;
    case 'sepConv':
      return `${name} = sep_block(${list}, ${node.filters}, ${node.kernelSize}, ${named})`;
    case 'maxPool':
      return `${name} = layers.MaxPooling2D(2, name=${named})(${list})`;
    case 'add':
      return `${name} = Blend(name=${named})([${list}])`;
    case 'concat':
      return `${name} = layers.Concatenate(name=${named})([${list}])`;
    case 'head':
      return (
        `${name} = layers.Dense(${node.classes}, activation="softmax", name=${named})` +
        `(layers.GlobalAveragePooling2D()(${list}))`
      );
  }
}

/** The weights, read from the safetensors file of the same export, in the order Keras wants. */
function loader(nodes: readonly CodeNode[]): string {
  const lines = nodes.flatMap(({ node, name }) => {
    switch (node.kind) {
      case 'conv':
        return [`put("${name}_conv", "${name}", "kernel")`, bn(name)];
      case 'sepConv':
        return [`put("${name}_conv", "${name}", "depthwise", "pointwise")`, bn(name)];
      case 'add':
        return [`put("${name}", "${name}", "lambda")`];
      case 'head':
        return [`put("${name}", "${name}", "kernel", "bias")`];
      default:
        return [];
    }
  });
  return `def load(model, path="network.safetensors"):
    """Puts in the weights that were found. Needs: pip install safetensors"""
    from safetensors.numpy import load_file

    tensors = load_file(path)

    def put(layer, name, *parts):
        model.get_layer(layer).set_weights([tensors[f"{name}.{part}"] for part in parts])

    ${lines.join('\n    ')}
    return model
`;
}

const bn = (name: string) => `put("${name}_bn", "${name}", "gamma", "beta", "mean", "variance")`;

/** Readable Python for Keras 3: the functional model and a loader for the safetensors file. */
export function kerasCode(network: DescribedNetwork): string {
  const nodes = codeNodes(network);
  const kinds = kindsOf(network.architecture);
  const input = nodes.find((entry) => entry.node.kind === 'input')!;
  const { height, width, channels } = input.shape;
  const body = aligned(
    nodes
      .filter((entry) => entry.node.kind !== 'input')
      .map((entry) => [line(entry), shapeComment(entry)] as const),
    '#',
  );
  const head = nodes.at(-1)!.name;
  return `"""${network.name}: ${sizeSentence(network.architecture)}.

${describedLines(network).join('\n')}
"""

import keras
from keras import layers

CLASSES = ${listed(network.classes)}
MEAN = ${listed(network.mean)}
DEVIATION = ${listed(network.deviation)}


${kinds.has('conv') ? conv : ''}${kinds.has('sepConv') ? sep : ''}${kinds.has('add') ? blend : ''}def build():
    images = keras.Input((${height}, ${width}, ${channels}))
    ${input.name} = layers.Rescaling(
        scale=[1 / (255 * d) for d in DEVIATION],
        offset=[-m / d for m, d in zip(MEAN, DEVIATION)],
    )(images)
    ${body.join('\n    ')}
    return keras.Model(images, ${head})


${loader(nodes)}

if __name__ == "__main__":
    load(build()).summary()
`;
}
