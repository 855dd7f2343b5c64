import { addAll } from '../../../core/add-all.ts';
import { networkCost } from '../../../core/architecture/cost.ts';
import { hypervolumeShare } from '../../../core/metrics/hypervolume.ts';
import { viewOf } from '../../../core/run-file/fold.ts';
import type { RunView } from '../../../core/run-file/view.ts';
import { vectorOf, type TaskFacts, boundsOf } from '../../../core/search/bounds.ts';
import { nonDominated } from '../../../core/search/dominance.ts';
import {
  byHand,
  type Bound,
  type NetworkId,
  type SearchEvent,
  type SearchEventBody,
} from '../../../core/search/events.ts';
import type { ObjectiveValues } from '../../../core/search/objectives.ts';
import type { Recipe } from '../../../core/search/recipe.ts';
import { lineTo, type Composed, type History } from './history.ts';

const valuesOf = (node: Composed): ObjectiveValues => ({
  ...networkCost(node.architecture),
  ...(node.trained ? { error: node.trained.error } : {}),
});

/** Who is on the front once `nodes` are there, and what the last of them changed. */
function competed(
  nodes: readonly Composed[],
  before: readonly NetworkId[],
  generation: number,
  bounds: readonly Bound[],
  recipe: Recipe,
) {
  const evaluated = nodes.filter((node) => node.trained);
  const values = evaluated.map(valuesOf);
  const best = nonDominated(values.map((value) => vectorOf(value, recipe.objectives)));
  const front = best.map((index) => evaluated[index]!.id);
  const hypervolume = hypervolumeShare(
    best.map((index) => values[index]!),
    bounds,
  );
  const newest = nodes.at(-1)!;
  return {
    type: 'competed' as const,
    generation,
    joined: front.filter((id) => !before.includes(id)),
    left: before.filter((id) => !front.includes(id)),
    dominated: newest.trained && !front.includes(newest.id) ? [newest.id] : [],
    population: front,
    front,
    hypervolume,
  };
}

/** What one network adds to the log: its birth, its curve so far, its result. */
function eventsOf(node: Composed, history: History): readonly SearchEventBody[] {
  const generation = node.id - 1;
  const { id, parent, morphism, trained } = node;
  const { error: _, ...cheap } = valuesOf(node);
  const birth: SearchEventBody[] =
    parent === null || !morphism
      ? [{ type: 'seeded', network: id, architecture: node.architecture, cheap, origin: 'given' }]
      : [
          { type: 'generation', generation, density: byHand },
          {
            type: 'proposed',
            generation,
            proposal: `${generation}.1`,
            parent,
            chain: [morphism],
            verdict: 'candidate',
            cheap,
          },
          { type: 'accepted', generation, proposal: `${generation}.1`, network: id, probability: 1 },
        ];
  const progress = node.curve.map((point): SearchEventBody => ({ type: 'progress', network: id, point }));
  if (node.failure !== null)
    return [...birth, ...progress, { type: 'failed', network: id, reason: node.failure }];
  if (!trained) return [...birth, ...progress];
  const { error, ...rest } = trained;
  const inheritedImages = lineTo(history, id)
    .slice(0, -1)
    .reduce((sum, ancestor) => sum + (ancestor.trained?.ownImages ?? 0), 0);
  return [
    ...birth,
    ...progress,
    { type: 'evaluated', network: id, objectives: { error }, inheritedImages, ...rest },
  ];
}

/**
 * What was composed by hand as the log of a run, one network a generation, so that every chart can draw it and the run
 * file can hold it. Its seconds are those of training.
 */
export function asEvents(history: History, recipe: Recipe, facts: TaskFacts): readonly SearchEvent[] {
  const bounds = boundsOf(recipe, facts);
  const events: SearchEvent[] = [{ type: 'started', recipe, bounds, seconds: 0 }];
  let seconds = 0;
  let front: readonly NetworkId[] = [];
  history.nodes.forEach((node, index) => {
    const bodies = [...eventsOf(node, history)];
    const last = node.trained || node.failure !== null ? bodies.pop() : undefined;
    addAll(
      events,
      bodies.map((body) => ({ ...body, seconds })),
    );
    if (!last) return;
    seconds += node.trained?.trainSeconds ?? 0;
    const outcome = competed(history.nodes.slice(0, index + 1), front, index, bounds, recipe);
    front = outcome.front;
    events.push({ ...last, seconds }, { ...outcome, seconds });
  });
  return events;
}

/** The same log ended, without a network that is still in training: what a run file takes. */
export function asFinishedEvents(history: History, recipe: Recipe, facts: TaskFacts): readonly SearchEvent[] {
  const events = asEvents(history, recipe, facts);
  const whole = events.slice(0, events.findLastIndex(({ type }) => type === 'competed') + 1);
  return [...whole, { type: 'finished', reason: 'stopped', seconds: whole.at(-1)?.seconds ?? 0 }];
}

/** The view of asEvents. */
export const asRun = (history: History, recipe: Recipe, facts: TaskFacts): RunView =>
  viewOf(asEvents(history, recipe, facts))!;
