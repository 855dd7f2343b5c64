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

const conv = `/** Convolution, batch normalisation, ReLU. */
function convBlock(x, filters, kernelSize, name) {
  x = tf.layers.conv2d({ filters, kernelSize, padding: 'same', useBias: false, name: name + '_conv' }).apply(x);
  x = tf.layers.batchNormalization({ momentum: 0.9, epsilon: 1e-3, name: name + '_bn' }).apply(x);
  return tf.layers.activation({ activation: 'relu', name }).apply(x);
}

`;

const sep = `/** Separable convolution (depthwise, then 1 x 1), batch normalisation, ReLU. */
function sepBlock(x, filters, kernelSize, name) {
  x = tf.layers
    .separableConv2d({ filters, kernelSize, padding: 'same', useBias: false, name: name + '_conv' })
    .apply(x);
  x = tf.layers.batchNormalization({ momentum: 0.9, epsilon: 1e-3, name: name + '_bn' }).apply(x);
  return tf.layers.activation({ activation: 'relu', name }).apply(x);
}

`;

const blend = `/** rate * main + (1 - rate) * skip; the rate is learned and clipped to [0, 1]. */
class Blend extends tf.layers.Layer {
  static className = 'Blend';
  build() {
    this.rate = this.addWeight('rate', [], 'float32', tf.initializers.ones());
  }
  computeOutputShape(shapes) {
    return shapes[0];
  }
  call([main, skip]) {
    return tf.tidy(() => {
      const rate = this.rate.read().clipByValue(0, 1);
      return main.mul(rate).add(skip.mul(tf.sub(1, rate)));
    });
  }
}
tf.serialization.registerClass(Blend);

`;

function line({ node, name, inputs }: CodeNode): string {
  const named = quoted(name);
  const list = inputs.join(', ');
  switch (node.kind) {
    case 'input':
      return '';
    case 'conv':
      return `const ${name} = convBlock(${list}, ${node.filters}, ${node.kernelSize}, ${named});`;
    case 'sepConv':
      return `const ${name} = sepBlock(${list}, ${node.filters}, ${node.kernelSize}, ${named});`;
    case 'maxPool':
      return `const ${name} = tf.layers.maxPooling2d({ poolSize: 2, name: ${named} }).apply(${list});`;
    case 'add':
      return `const ${name} = new Blend({ name: ${named} }).apply([${list}]);`;
    case 'concat':
      return `const ${name} = tf.layers.concatenate({ name: ${named} }).apply([${list}]);`;
    case 'head':
      return (
        `const ${name} = tf.layers.dense({ units: ${node.classes}, activation: 'softmax', name: ${named} })` +
        `.apply(tf.layers.globalAveragePooling2d({}).apply(${list}));`
      );
  }
}

/** Readable JavaScript for TensorFlow.js 4: builds the model anew; with its weights, load model.json instead. */
export function tfjsCode(network: DescribedNetwork): string {
  const nodes = codeNodes(network);
  const kinds = kindsOf(network.architecture);
  const input = nodes.find((entry) => entry.node.kind === 'input')!;
  const { height, width, channels } = input.shape;
  const head = nodes.at(-1)!.name;
  const body = aligned(
    nodes
      .filter((entry) => entry.node.kind !== 'input')
      .map((entry) => [line(entry), shapeComment(entry)] as const),
    '//',
  );
  return `// ${network.name}: ${sizeSentence(network.architecture)}.
${describedLines(network)
  .map((line) => `// ${line}`)
  .join('\n')}
// With its weights: const model = await tf.loadLayersModel('model.json'), which takes pixel values 0 to 255.
import * as tf from '@tensorflow/tfjs';

export const classes = ${listed(network.classes)};

/** Pixel values 0 to 255, [batch, ${height}, ${width}, ${channels}], to what build() takes. */
export const normalise = (pixels) =>
  pixels.div(255).sub(${listed(network.mean)}).div(${listed(network.deviation)});

${kinds.has('conv') ? conv : ''}${kinds.has('sepConv') ? sep : ''}${kinds.has('add') ? blend : ''}export function build() {
  const ${input.name} = tf.input({ shape: [${height}, ${width}, ${channels}] });
  ${body.join('\n  ')}
  return tf.model({ inputs: ${input.name}, outputs: ${head} });
}
`;
}
