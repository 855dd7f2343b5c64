import { networkCost } from '../../core/architecture/cost.ts';
import { hypervolumeShare } from '../../core/metrics/hypervolume.ts';
import { viewOf } from '../../core/run-file/fold.ts';
import type { RunView } from '../../core/run-file/view.ts';
import { vectorOf, type TaskFacts, boundsOf } from '../../core/search/bounds.ts';
import { nonDominated } from '../../core/search/dominance.ts';
import type { Bound, SearchEvent, SearchEventBody } from '../../core/search/events.ts';
import type { ObjectiveValues } from '../../core/search/objectives.ts';
import type { Recipe } from '../../core/search/recipe.ts';
import { lineTo, type Composed, type History } from './history.ts';

const valuesOf = (node: Composed): ObjectiveValues => ({
  ...networkCost(node.architecture),
  ...(node.trained ? { error: node.trained.error } : {}),
});

function competed(nodes: readonly Composed[], generation: number, bounds: readonly Bound[], recipe: Recipe) {
  const evaluated = nodes.filter((node) => node.trained);
  const values = evaluated.map(valuesOf);
  const best = nonDominated(values.map((value) => vectorOf(value, recipe.objectives)));
  const front = best.map((index) => evaluated[index]!.id);
  const hypervolume = hypervolumeShare(
    best.map((index) => values[index]!),
    bounds,
  );
  const joined = front.includes(nodes.at(-1)!.id) ? [nodes.at(-1)!.id] : [];
  return {
    type: 'competed' as const,
    generation,
    joined,
    left: [],
    dominated: [],
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
          { type: 'generation', generation, density: { kind: 'uniform', reason: 'chosen by hand' } },
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

/** What was composed by hand as the log of a run, one network a generation, so that every chart can draw it. */
export function asEvents(history: History, recipe: Recipe, facts: TaskFacts): readonly SearchEvent[] {
  const bounds = boundsOf(recipe, facts);
  const bodies: SearchEventBody[] = [{ type: 'started', recipe, bounds }];
  history.nodes.forEach((node, index) => {
    bodies.push(...eventsOf(node, history));
    if (node.trained || node.failure !== null)
      bodies.push(competed(history.nodes.slice(0, index + 1), index, bounds, recipe));
  });
  return bodies.map((body) => ({ ...body, seconds: 0 }));
}

/** The view of asEvents. */
export const asRun = (history: History, recipe: Recipe, facts: TaskFacts): RunView =>
  viewOf(asEvents(history, recipe, facts))!;
