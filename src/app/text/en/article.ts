import type { OperatorKind } from '../../../core/morphisms/morphism.ts';
import { references } from '../references.ts';

/** The article's text: fetched with the article, below the fold. */
export const article = {
  title: 'A child that knows what its parent knew',
  opening: [
    'Most searches throw a network away after one look. This one keeps it. Every child starts from its parent’s trained weights, changed in a way that leaves the answer the same: a layer that does nothing yet, a filter nobody listens to yet, a skip whose weight is still zero. When a child shrinks, the answer stays nearly the same, and a short lesson from the parent repairs the rest.',
  ],
  /** Around the one word in italics. */
  lamarck: [
    'Only then does training begin. That is the ',
    'Lamarckian',
    ' part: what was learned is inherited. And because a child needs only a little training, many children can be tried.',
  ] as const,
  objectivesTitle: 'Two wishes at once',
  objectives: [
    'A good network makes few mistakes. A good network is also small: it loads fast, it runs on a phone, it costs little energy. The two wishes pull against each other, and how much accuracy a thousand parameters are worth is not for the search to decide.',
    'So it does not decide. One network dominates another when it is at least as good in every wish and better in one. What no other dominates is the front, drawn in lemon. The search keeps the whole front, and you choose from it afterwards.',
    'The shaded area is what the front covers of a box whose corners are fixed before the run. It is the lemon area, in the literature the hypervolume; it grows with every network that joins the front and never shrinks. Its line over the generations is the track you scrub along.',
  ],
  loopTitle: 'The loop',
  loop: [
    [
      'Propose',
      'Parents are drawn from the front, and each is changed by one to three operators into a child. The size of a child is known without training it, so a hundred proposals cost next to nothing.',
    ],
    [
      'Choose',
      'A few of the children are drawn. Both draws, of parents and of children, follow one rule: the rarer a size is on the present front, the likelier it is drawn. It is one over the density, and it fills the gaps of the front.',
    ],
    [
      'Train',
      'Only the drawn children are trained, each from its parent’s weights. This is the one costly step, and the children do not depend on each other, so they may train side by side.',
    ],
    [
      'Compete',
      'The trained children and the old front are compared. What is not dominated is the new front, and the loop begins again.',
    ],
  ] as const,
  operatorsTitle: 'Six operators',
  operatorsLead:
    'Three let a network grow and keep its function exactly. Three let it shrink and keep its function nearly. The pictures are computed here, on a small network; ask for another place and the operator is applied there.',
  operators: {
    deepen: {
      title: 'Deepen',
      text: 'A new block goes behind another. Its kernel is the identity and its normalisation is set from measured statistics, so it passes everything through until training teaches it something.',
    },
    widen: {
      title: 'Widen',
      text: 'A block gets more filters. Whoever reads them starts with weights of zero for the new ones, so at first nobody listens.',
    },
    skip: {
      title: 'Skip',
      text: 'A shortcut around blocks, added with a learned weight that starts at nothing, or put beside them and not yet listened to.',
    },
    remove: {
      title: 'Remove',
      text: 'A block or a shortcut goes. The layers around it learn from the parent’s answers for a moment, so that the child answers nearly as the parent did.',
    },
    prune: {
      title: 'Prune',
      text: 'A block loses half or a quarter of its filters, those whose weights are smallest.',
    },
    separate: {
      title: 'Separate',
      text: 'A convolution is split in two cheap halves: one looks around, channel by channel, the other mixes the channels.',
    },
  } satisfies Readonly<Record<OperatorKind, { readonly title: string; readonly text: string }>>,
  elsewhere: 'Another place',
  sizes: (before: string, after: string) => `${before} to ${after} parameters`,
  honestTitle: 'What is the paper’s, and what is ours',
  paperTitle: 'From the paper',
  paper: [
    'The loop with its two draws, one over the density of the cheap objectives',
    'The six operators, one to three of them a child, operator and place uniform',
    'Inheritance by network morphisms, and distillation after the shrinking ones',
    'Stochastic gradient descent with momentum 0.9, cosine schedule, weight decay 0.0005',
    'Keeping exactly the non-dominated networks',
  ],
  oursTitle: 'Our own choices',
  ours: [
    'Small grey images and budgets of thousands of images, where the paper trained on CIFAR-10 for 80 GPU days',
    'How many children are proposed and trained, the kernel of the density and its width',
    'Limits on size and cost, and leaving out networks that were seen before; both happen before training and are written in the log',
    'The starting networks’ sizes, the filters’ steps, and which filters are pruned',
    'The peak learning rate, which follows the budget',
    'Hypervolume with bounds fixed before the run, as the number on the screen',
  ],
  honest:
    'A run here is far smaller than those of the paper, and so are its networks. What carries over is the method, not the numbers. One run is one seed: another seed finds another front.',
  referencesTitle: 'References',
  references,
};
