import type { Architecture } from '../../core/architecture/types.ts';
import type { RunDataset } from '../../core/run-file/schema.ts';
import type { SearchEvent } from '../../core/search/events.ts';
import { isOwnId, type DatasetId } from '../../core/search/recipe.ts';
import { isKnown, registerDataset } from '../../datasets/catalog.ts';
import { texts } from '../text/texts.ts';

/** Input shape and number of classes of a network's heads. */
function shapeOf({ nodes }: Architecture) {
  const input = nodes.find((node) => node.kind === 'input');
  const heads = nodes.filter((node) => node.kind === 'head');
  return input && heads.length > 0 ? { input, classes: heads.map((head) => head.classes) } : null;
}

/**
 * What a log, and the file it came in, tell of own pictures that are not in this browser: enough to draw the run. Its
 * images stay where they are.
 */
export function registerFromLog(events: readonly SearchEvent[], named?: RunDataset): void {
  const recipe = events.find((event) => event.type === 'started')?.recipe;
  const seeded = events.find((event) => event.type === 'seeded');
  const shape = seeded ? shapeOf(seeded.architecture) : null;
  if (!recipe || !shape) return;
  const sets: readonly (DatasetId | '')[] = [recipe.dataset, recipe.secondDataset];
  sets.forEach((id, head) => {
    if (id === '' || !isOwnId(id) || isKnown(id)) return;
    const facts = named?.id === id ? named : null;
    const count = shape.classes[head] ?? shape.classes[0]!;
    registerDataset({
      id,
      title: facts?.title ?? texts.header.ownPictures,
      classes: facts?.classes ?? Array.from({ length: count }, (_, label) => `${label + 1}`),
      height: shape.input.height,
      width: shape.input.width,
      channels: shape.input.channels === 3 ? 3 : 1,
      trainCount: facts?.trainCount ?? 0,
      testCount: facts?.testCount ?? 0,
      source: texts.header.ownElsewhere,
      licence: facts?.licence ?? '',
      attribution: facts?.attribution ?? '',
      drawable: false,
      flips: false,
      mean: [],
      deviation: [],
      files: [],
    });
  });
}
