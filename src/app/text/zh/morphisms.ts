import type { MorphismFacts, OperatorKind } from '../../../core/morphisms/morphism.ts';
import type * as en from '../en/morphisms.ts';
import { operators } from './run-screen.ts';
import { say } from '../say.ts';

type FactsOf<K extends OperatorKind> = Extract<MorphismFacts, { readonly operator: K }>;

const together = (tied: readonly string[]) => (tied.length > 0 ? `（连同 ${tied.join('、')}）` : '');

/** A node as the page names it: by its id, the images by a word. */
const node = (id: string) => (id === 'input' ? '输入' : id);

/** What may stand at a position of a supernet. */
export const choiceNames: typeof en.choiceNames = {
  sep3: '可分离 3×3',
  conv3: '3×3',
  conv5: '5×5',
  skip: '跳过',
};

/** What an operator does, behind its name; the compiler finds a missing one. */
const sentences: { readonly [K in OperatorKind]: (facts: FactsOf<K>) => string } = {
  deepen: ({ after, afterBlock, block, kernelSize, filters }) =>
    `在${afterBlock ? '块' : ''} ${node(after)} 之后新增块 ${block}，${kernelSize}×${kernelSize}，${filters} 个卷积核`,
  widen: ({ block, tied, from, to, variant }) =>
    `块 ${block}${together(tied)}，${from} → ${to} 个卷积核${variant === 'copy' ? '，复制卷积核' : ''}`,
  skip: ({ from, to, variant }) => `从 ${node(from)} 到 ${node(to)}，${variant === 'add' ? '相加' : '拼接'}`,
  remove: (facts) =>
    facts.what === 'other-paths'
      ? `路径 ${facts.path + 1} 以外的一切；留下 ${facts.choices.map((choice) => choiceNames[choice]).join('、')}`
      : facts.what === 'block'
        ? `块 ${facts.block}`
        : `从 ${facts.from.map(node).join('、')} 到 ${node(facts.to)} 的跳接`,
  prune: ({ block, tied, from, to }) => `块 ${block}${together(tied)}，${from} → ${to} 个卷积核`,
  separate: ({ block, kernelSize }) =>
    `块 ${block}，${kernelSize}×${kernelSize} 卷积变成逐通道卷积和 1×1 卷积`,
};

/** What a morphism does, behind its operator's name, for example "块 3，8 → 16 个卷积核". */
export const describeMorphism: typeof en.describeMorphism = (facts) => {
  return say(sentences[facts.operator], facts);
};

/** The same with the operator's name before it. */
export const morphismSentence: typeof en.morphismSentence = (facts) =>
  `${operators[facts.operator]}：${describeMorphism(facts)}`;

/** What a morphism does that was carried out in every cell of a stacked network. */
export const describeInEveryCell: typeof en.describeInEveryCell = (facts) =>
  `${describeMorphism(facts)}，每个单元都如此`;
