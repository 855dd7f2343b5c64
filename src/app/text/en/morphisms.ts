import type { Choice } from '../../../core/architecture/supernet.ts';
import type { MorphismFacts, OperatorKind } from '../../../core/morphisms/morphism.ts';
import { say } from '../say.ts';

type FactsOf<K extends OperatorKind> = Extract<MorphismFacts, { readonly operator: K }>;

const together = (tied: readonly string[]) => (tied.length > 0 ? ` (with ${tied.join(', ')})` : '');

/** What may stand at a position of a supernet. */
export const choiceNames: Readonly<Record<Choice, string>> = {
  sep3: 'separable 3×3',
  conv3: '3×3',
  conv5: '5×5',
  skip: 'skipped',
};

/** What an operator does, behind its name; the compiler finds a missing one. */
const sentences: { readonly [K in OperatorKind]: (facts: FactsOf<K>) => string } = {
  deepen: ({ after, afterBlock, block, kernelSize, filters }) =>
    `after ${afterBlock ? 'block ' : ''}${after}: new block ${block}, ${kernelSize}×${kernelSize}, ${filters} filters`,
  widen: ({ block, tied, from, to, variant }) =>
    `block ${block}${together(tied)}: ${from} to ${to} filters${variant === 'copy' ? ', copying filters' : ''}`,
  skip: ({ from, to, variant }) =>
    `from ${from} to ${to} by ${variant === 'add' ? 'addition' : 'concatenation'}`,
  remove: (facts) =>
    facts.what === 'other-paths'
      ? `all but path ${facts.path + 1}: ${facts.choices.map((choice) => choiceNames[choice]).join(', ')}`
      : facts.what === 'block'
        ? `block ${facts.block}`
        : `the skip from ${facts.from.join(', ')} to ${facts.to}`,
  prune: ({ block, tied, from, to }) => `block ${block}${together(tied)}: ${from} to ${to} filters`,
  separate: ({ block, kernelSize }) =>
    `block ${block}: ${kernelSize}×${kernelSize} convolution becomes depthwise and 1×1`,
};

/** What a morphism does, behind its operator's name, for example "block 3: 8 to 16 filters". */
export function describeMorphism(facts: MorphismFacts): string {
  return say(sentences[facts.operator], facts);
}

/** The same with the operator's name before it. */
export const morphismSentence = (facts: MorphismFacts): string =>
  `${facts.operator} ${describeMorphism(facts)}`;

/** What a morphism does that was carried out in every cell of a stacked network. */
export const describeInEveryCell = (facts: MorphismFacts): string =>
  `${describeMorphism(facts)}, in every cell`;
