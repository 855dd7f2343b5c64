import type { BeatFacts } from '../../text/en/workbench.ts';
import { findBlock } from '../../../core/architecture/graph.ts';
import { layoutOf } from '../../../core/architecture/weights.ts';
import type { WorkbenchState } from './workbench-state.svelte.ts';
import { shareText } from './numbers.ts';

/** What the words of a beat are made of: counted and measured. */
export function beatFacts(bench: WorkbenchState): BeatFacts {
  const { opened, transformed, network } = bench;
  const { step, inference } = transformed!;
  const block = 'block' in step.morphism ? step.morphism.block : null;
  return {
    toy: network === null,
    parentNumbers: layoutOf(step.parent).length,
    childNumbers: layoutOf(step.child).length,
    trained: layoutOf(step.parent).trainableLength,
    block: block ?? '',
    before: (block && findBlock(step.parent, block)?.filters) || 0,
    after: (block && findBlock(step.child, block)?.filters) || 0,
    parentRight: shareText(opened!.answers.right, opened!.answers.count),
    childRight: shareText(inference.answers.right, inference.answers.count),
    alike: inference.difference.alike,
    count: inference.answers.count,
    exactZero: inference.difference.max === 0,
    moved: bench.mode === 'training' && transformed!.training.difference.max > 1e-3,
  };
}
