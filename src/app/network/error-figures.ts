import type { RunFinished } from '../../core/run-file/finished.ts';
import type { NetworkView, RunView } from '../../core/run-file/view.ts';
import type { NetworkId } from '../../core/search/events.ts';
import { factsOf } from '../../datasets/catalog.ts';
import type { Int8Loss } from '../../workers/device-files.ts';
import { errorResolutionIn } from '../model/error-resolution.ts';

/** What an error was measured of; its name is `network.figures.names`. */
export type FigureKind =
  'validation' | 'second' | 'testFound' | 'testFinished' | 'earlier' | 'int8Found' | 'int8Finished';

/** One error of a network. */
export interface ErrorFigure {
  readonly kind: FigureKind;
  /** Share of wrong answers; null where it was not measured yet. */
  readonly error: number | null;
  /** How many images it is counted on. */
  readonly images: number;
  /** In integers: the share before rounding, on the same images. */
  readonly before?: number;
  /** The one to quote: on images that neither training nor choosing saw, of the weights that came last. */
  readonly isQuoted: boolean;
}

/** What rounding to integers costs, by `int8Key`: one entry a head. */
export type Int8Losses = ReadonlyMap<string, readonly Int8Loss[]>;

/** Names the weights that were rounded: as found, or as one finishing left them. */
export const int8Key = (network: NetworkId, finished?: RunFinished): string =>
  `${network} ${finished?.date ?? ''}`;

/**
 * Standard error of a share of wrong answers among `images`: sqrt(p(1 - p) / n). Where none or all are wrong, one image
 * is counted the other way, as a spread of 0 would claim certainty.
 */
export function standardError(error: number, images: number): number {
  const n = Math.max(1, images);
  const share = Math.min(1 - 1 / n, Math.max(1 / n, error));
  return Math.sqrt(Math.max(0, share * (1 - share)) / n);
}

interface Measured {
  readonly view: RunView;
  readonly network: NetworkView;
  /** On the test images, as the search left it; undefined where nobody asked. */
  readonly tested: number | undefined;
  /** All its finishings, the last one last. */
  readonly finished: readonly RunFinished[];
  readonly int8: Int8Losses;
}

/** All errors of a network, from what the search saw to what is taken along. */
export function errorFigures({ view, network, tested, finished, int8 }: Measured): readonly ErrorFigure[] {
  const { dataset, secondDataset } = view.recipe;
  const { error, secondError } = network.objectives;
  const last = finished.at(-1);
  const figure = (kind: FigureKind, value: number | null, images: number, isQuoted = false) =>
    ({ kind, error: value, images, isQuoted }) satisfies ErrorFigure;
  const validation = [
    ...(error === undefined ? [] : [figure('validation', error, errorResolutionIn(view).images)]),
    ...(secondError === undefined || secondDataset === ''
      ? []
      : [figure('second', secondError, errorResolutionIn(view, 'secondError').images)]),
  ];
  const before = last?.testErrorBefore ?? tested;
  const testImages = last?.testImages ?? factsOf(dataset).testCount;
  const tests = [
    figure('testFound', before ?? null, testImages, before !== undefined && !last),
    ...finished.map((one) =>
      figure(one === last ? 'testFinished' : 'earlier', one.testError, one.testImages, one === last),
    ),
  ];
  const rounded = [undefined, last].flatMap((of, i) =>
    i === 1 && !of
      ? []
      : (int8.get(int8Key(network.id, of)) ?? []).map((loss) => ({
          ...figure(of ? 'int8Finished' : 'int8Found', loss.int8Error, loss.images),
          before: loss.floatError,
        })),
  );
  return [...validation, ...tests, ...rounded];
}
