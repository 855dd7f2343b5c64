import { describedLines } from './description.ts';
import {
  aligned,
  codeNodes,
  type CodeNode,
  type DescribedNetwork,
  kindsOf,
  listed,
  shapeComment,
  sizeSentence,
} from './code-lines.ts';

const conv = `def conv_block(inputs, filters, size):
    """Convolution, batch normalisation, ReLU."""
    return nn.Sequential(
        nn.Conv2d(inputs, filters, size, padding=size // 2, bias=False),
        nn.BatchNorm2d(filters, eps=1e-3),
        nn.ReLU(),
    )


`;

const sep = `def sep_block(inputs, filters, size):
    """Separable convolution (depthwise, then 1 x 1), batch normalisation, ReLU."""
    return nn.Sequential(
        nn.Conv2d(inputs, inputs, size, padding=size // 2, groups=inputs, bias=False),
        nn.Conv2d(inputs, filters, 1, bias=False),
        nn.BatchNorm2d(filters, eps=1e-3),
        nn.ReLU(),
    )


`;

const blend = `class Blend(nn.Module):
    """rate * main + (1 - rate) * skip; the rate is learned and clipped to [0, 1]."""

    def __init__(self):
        super().__init__()
        self.rate = nn.Parameter(torch.ones(()))

    def forward(self, main, skip):
        rate = self.rate.clamp(0.0, 1.0)
        return rate * main + (1.0 - rate) * skip


`;

function declared({ node, name, channels }: CodeNode): string | null {
  switch (node.kind) {
    case 'conv':
      return `self.${name} = conv_block(${channels}, ${node.filters}, ${node.kernelSize})`;
    case 'sepConv':
      return `self.${name} = sep_block(${channels}, ${node.filters}, ${node.kernelSize})`;
    case 'add':
      return `self.${name} = Blend()`;
    case 'head':
      return `self.${name} = nn.Linear(${channels}, ${node.classes})`;
    case 'input':
    case 'maxPool':
    case 'concat':
      return null;
  }
}

function forward({ node, name, inputs }: CodeNode): string {
  const list = inputs.join(', ');
  switch (node.kind) {
    case 'input':
      return `${name} = (images / 255 - self.mean) / self.deviation`;
    case 'conv':
    case 'sepConv':
    case 'add':
      return `${name} = self.${name}(${list})`;
    case 'maxPool':
      return `${name} = functional.max_pool2d(${list}, 2)`;
    case 'concat':
      return `${name} = torch.cat([${list}], dim=1)`;
    case 'head':
      return `${name} = self.${name}(${list}.mean((2, 3)))`;
  }
}

/** PyTorch's parameter of each tensor, with the axes it wants. */
function loaded({ node, name }: CodeNode): readonly string[] {
  const put = (target: string, part: string, turn = '') =>
    `put(model.${name}${target}, "${name}.${part}"${turn})`;
  const conv = ', (3, 2, 0, 1)';
  const norm = (index: number) => [
    put(`[${index}].weight`, 'gamma'),
    put(`[${index}].bias`, 'beta'),
    put(`[${index}].running_mean`, 'mean'),
    put(`[${index}].running_var`, 'variance'),
  ];
  switch (node.kind) {
    case 'conv':
      return [put('[0].weight', 'kernel', conv), ...norm(1)];
    case 'sepConv':
      return [
        put('[0].weight', 'depthwise', ', (2, 3, 0, 1)'),
        put('[1].weight', 'pointwise', conv),
        ...norm(2),
      ];
    case 'add':
      return [put('.rate', 'lambda')];
    case 'head':
      return [put('.weight', 'kernel', ', (1, 0)'), put('.bias', 'bias')];
    case 'input':
    case 'maxPool':
    case 'concat':
      return [];
  }
}

/** Readable Python for PyTorch 2: the module (logits out) and a loader for the safetensors file. */
export function pytorchCode(network: DescribedNetwork): string {
  const nodes = codeNodes(network);
  const kinds = kindsOf(network.architecture);
  const head = nodes.at(-1)!.name;
  const steps = aligned(
    nodes.map((entry) => [forward(entry), shapeComment(entry)] as const),
    '#',
  );
  return `"""${network.name}: ${sizeSentence(network.architecture)}.

${describedLines(network).join('\n')}

forward(images): [batch, channels, height, width], pixel values 0 to 255. Output: logits.
"""

import torch
from torch import nn
from torch.nn import functional

CLASSES = ${listed(network.classes)}
MEAN = ${listed(network.mean)}
DEVIATION = ${listed(network.deviation)}


${kinds.has('conv') ? conv : ''}${kinds.has('sepConv') ? sep : ''}${kinds.has('add') ? blend : ''}class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("mean", torch.tensor(MEAN).view(1, -1, 1, 1))
        self.register_buffer("deviation", torch.tensor(DEVIATION).view(1, -1, 1, 1))
        ${nodes
          .map(declared)
          .filter((text) => text !== null)
          .join('\n        ')}

    def forward(self, images):
        ${steps.join('\n        ')}
        return ${head}


@torch.no_grad()
def load(model, path="network.safetensors"):
    """Puts in the weights that were found. Needs: pip install safetensors"""
    from safetensors.torch import load_file

    tensors = load_file(path)

    def put(target, name, axes=None):
        value = tensors[name]
        target.copy_(value if axes is None else value.permute(axes))

    ${nodes.flatMap(loaded).join('\n    ')}
    return model.eval()


if __name__ == "__main__":
    print(load(Network()))
`;
}
