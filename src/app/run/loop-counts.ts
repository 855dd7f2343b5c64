import { operatorsOf } from '../../core/morphisms/operators-of.ts';
import type { GenerationView, RunView } from '../../core/run-file/view.ts';
import type { OperatorKind } from '../../core/morphisms/morphism.ts';
import { listText } from '../text/format.ts';
import { texts } from '../text/texts.ts';

export interface LoopCounts {
  readonly children: number;
  readonly parents: number;
  readonly operators: ReadonlyMap<OperatorKind, number>;
  readonly accepted: number;
  readonly notDrawn: number;
  readonly duplicates: number;
  readonly outside: number;
  readonly noSite: number;
  /** Trained or dropped. */
  readonly done: number;
  readonly training: number;
}

/** What the four steps of the loop say about `generation`. */
export function countsOf(view: RunView, generation: GenerationView): LoopCounts {
  const operators = new Map<OperatorKind, number>();
  const parents = new Set<number>();
  let accepted = 0;
  let notDrawn = 0;
  let duplicates = 0;
  let outside = 0;
  let noSite = 0;
  for (const proposal of generation.proposals) {
    parents.add(proposal.parent);
    for (const operator of operatorsOf(proposal.chain))
      operators.set(operator, (operators.get(operator) ?? 0) + 1);
    if (proposal.verdict === 'accepted') accepted++;
    else if (proposal.verdict === 'candidate') notDrawn++;
    else if (proposal.reason === 'duplicate') duplicates++;
    else if (proposal.reason === 'no-legal-site') noSite++;
    else outside++;
  }
  const networks = generation.trained.flatMap((id) => view.networks.get(id) ?? []);
  const training = networks.filter((network) => network.status === 'training').length;
  return {
    children: generation.proposals.length,
    parents: parents.size,
    operators,
    accepted,
    notDrawn,
    duplicates,
    outside,
    noSite,
    done: networks.length - training,
    training,
  };
}

/** The step that runs, 1 to 4; 0 before the run and after it. */
export function stepOf(view: RunView | null): number {
  switch (view?.phase) {
    case 'propose':
      return 1;
    case 'sift':
      return 2;
    case 'seeding':
    case 'train':
      return 3;
    case 'compete':
      return 4;
    default:
      return 0;
  }
}

/** What was not drawn and what was put aside; in the whole sentence also why, and how even the draw was. */
export function siftedWords(
  { accepted, notDrawn, duplicates, outside, noSite }: LoopCounts,
  { density, effectiveCandidates }: GenerationView,
): { readonly brief: string; readonly whole: string } {
  const { loop: words } = texts;
  const aside = duplicates + outside + noSite;
  const even = density?.kind === 'uniform' ? undefined : effectiveCandidates;
  return {
    brief: listText([words.notDrawn(notDrawn), ...(aside === 0 ? [] : [words.aside(aside)])]),
    whole: listText([
      ...(even === undefined ? [] : [words.asEven(even, accepted + notDrawn)]),
      words.notDrawn(notDrawn),
      ...(duplicates > 0 ? [words.seen(duplicates)] : []),
      ...(outside > 0 ? [words.outside(outside)] : []),
      ...(noSite > 0 ? [words.noSite(noSite)] : []),
    ]),
  };
}
