import { nodeCosts } from '../architecture/cost.ts';
import type { Architecture, ArchitectureNode } from '../architecture/types.ts';
import type { PicturePreparation } from './preparation.ts';
import { type PreparationSummary, preparationSentences, summaryOf } from './preparation-words.ts';
import type { HeadFacts } from './portable.ts';

/** What is described: a network of one head, without its numbers. */
export interface Described extends HeadFacts {
  readonly name: string;
  readonly architecture: Architecture;
  /** Which of two heads this is, counted from 1; absent where the network has one. */
  readonly head?: { readonly number: number; readonly of: number };
}

/** What a network takes and answers, for other programs: plain JSON, the same in every export. */
export interface NetworkDescription {
  readonly format: 'lemonade-description';
  readonly version: 1;
  readonly name: string;
  readonly parameters: number;
  readonly multiplyAdds: number;
  readonly input: {
    readonly width: number;
    readonly height: number;
    readonly channels: number;
    readonly channelOrder: 'grey' | 'rgb';
    readonly type: 'float32';
    /** Of the values that the network takes; it normalises them inside. */
    readonly range: readonly [0, 255];
    readonly layouts: typeof layouts;
  };
  /** How a picture of any size becomes such an input; null where that is not known. */
  readonly preparation: (PicturePreparation & { readonly summary: PreparationSummary }) | null;
  readonly preparationInWords: readonly string[];
  readonly normalisation: {
    readonly inside: true;
    readonly formula: string;
    readonly mean: readonly number[];
    readonly deviation: readonly number[];
  };
  /** In the order of the answer's probabilities. */
  readonly classes: readonly string[];
  readonly head: { readonly number: number; readonly of: number };
}

/** Axes of an input in each format. */
const layouts = { onnx: 'NCHW', pytorch: 'NCHW', tfjs: 'NHWC', keras: 'NHWC' } as const;

/** Pixels as the files have them, before anything is normalised. */
export const normalisationFormula = '(pixel / 255 - mean) / deviation';

export const inputOf = ({ nodes }: Architecture): Extract<ArchitectureNode, { kind: 'input' }> =>
  nodes.find((node) => node.kind === 'input')!;

/** The one description of a network that every export carries. */
export function describeNetwork(network: Described): NetworkDescription {
  const { name, architecture, classes, mean, deviation, preparation } = network;
  const { width, height, channels } = inputOf(architecture);
  const costs = [...nodeCosts(architecture).values()];
  return {
    format: 'lemonade-description',
    version: 1,
    name,
    parameters: costs.reduce((sum, cost) => sum + cost.parameters, 0),
    multiplyAdds: costs.reduce((sum, cost) => sum + cost.multiplyAdds, 0),
    input: {
      width,
      height,
      channels,
      channelOrder: channels === 1 ? 'grey' : 'rgb',
      type: 'float32',
      range: [0, 255],
      layouts,
    },
    preparation: preparation ? { ...preparation, summary: summaryOf(preparation) } : null,
    preparationInWords: preparation ? preparationSentences(preparation) : [],
    normalisation: { inside: true, formula: normalisationFormula, mean, deviation },
    classes,
    head: network.head ?? { number: 1, of: 1 },
  };
}

/** The description as lines of at most `width` characters, for comments and doc strings. */
export function describedLines(network: Described, width = 100): readonly string[] {
  const { input, preparationInWords: steps, normalisation } = describeNetwork(network);
  const order = input.channels === 1 ? 'grey' : 'red, green, blue';
  const paragraphs = [
    `Input: ${input.width} x ${input.height} pixels (${order}), values 0 to 255.`,
    `What the blocks see is ${normalisation.formula}, channel by channel.`,
    ...(steps.length === 0
      ? ['How a picture becomes such an input is not known.']
      : ['A picture of any size becomes such an input in these steps:']),
    ...steps.map((step, index) => `${index + 1}. ${step}`),
  ];
  return paragraphs.flatMap((paragraph) => wrapped(paragraph, width));
}

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `   ${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
