import type { Architecture, InputNode } from '../../core/architecture/types.ts';
import type { RunDataset } from '../../core/run-file/schema.ts';
import type { SearchEvent } from '../../core/search/events.ts';
import { isOwnId, type DatasetId } from '../../core/search/recipe.ts';
import { factsOf, isKnown, registerDataset } from '../../datasets/catalog.ts';
import { texts } from '../text/texts.ts';

/** Input shape and number of classes of a network's heads. */
function shapeOf({ nodes }: Architecture) {
  const input = nodes.find((node) => node.kind === 'input');
  const heads = nodes.filter((node) => node.kind === 'head');
  return input && heads.length > 0 ? { input, classes: heads.map((head) => head.classes) } : null;
}

/** Where a file of an older page says no more than the shape: the usual of photographs. [ours] */
const assumedInput = ({ height, width, channels }: InputNode) => {
  const known = channels === 3 ? 3 : 1;
  return {
    ...({ height, width, channels: known } as const),
    mean: new Array<number>(known).fill(0.5),
    deviation: new Array<number>(known).fill(0.25),
    statisticsAssumed: true,
  };
};

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
    if (id === '' || !isOwnId(id)) return;
    const facts = named?.id === id ? named : null;
    // A file that says more than an earlier one is believed.
    if (isKnown(id) && !(factsOf(id).statisticsAssumed && facts?.input)) return;
    const count = shape.classes[head] ?? shape.classes[0]!;
    registerDataset({
      id,
      title: facts?.title ?? texts.header.ownPictures,
      classes: facts?.classes ?? Array.from({ length: count }, (_, label) => `${label + 1}`),
      trainCount: facts?.trainCount ?? 0,
      testCount: facts?.testCount ?? 0,
      source: texts.header.ownElsewhere,
      licence: facts?.licence ?? '',
      attribution: facts?.attribution ?? '',
      drawable: false,
      flips: false,
      files: [],
      ...(facts ? { checksum: facts.checksum } : {}),
      ...(facts?.validationCount === undefined ? {} : { validationCount: facts.validationCount }),
      ...(facts?.input ?? assumedInput(shape.input)),
    });
  });
}
