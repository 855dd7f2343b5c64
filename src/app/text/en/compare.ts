import { pairedMean, percent, signed } from '../../../core/compare/numbers.ts';
import type { FigureWords } from '../../../core/compare/figures.ts';
import type { ImagesToReach, Verdict } from '../../../core/compare/verdicts.ts';
import type { PairedDifference } from '../../../core/metrics/compare.ts';
import type { MergeWarning } from '../../../core/run-file/merge.ts';
import { plural } from './plurals.ts';

/** The comparison of several runs. */
export const compare = {
  title: 'Compare searches',
  back: 'Back to the run',
  playground: 'Playground',
  runs: 'Runs',
  dataset: 'Data set',
  openFiles: 'Open run files',
  stored: (count: number) => `Kept in this browser (${count})`,
  add: 'Add',
  addRun: (name: string) => `Add ${name}`,
  remove: (name: string) => `Remove ${name}`,
  origins: {
    page: 'on the page',
    file: 'file',
    stored: 'kept here',
    queue: 'queued here',
    link: 'from a link: the front and what led to it',
    front: 'from a link: its front alone',
  },
  noRuns: 'None yet. Open files, paste links, add runs kept in this browser, or queue some below.',
  links: 'Paste links or results',
  linksField: 'Links with results, or result lines of the puzzle of the day; one or many',
  addLinks: 'Add them',
  addingLinks: 'Reading…',
  noLinks: 'Paste a link or a result first',
  camera: 'Read QR codes with the camera',
  cameraHelp: 'Hold up one code after the other: Share, then “QR code of the front”.',
  added: (name: string, count: number) =>
    `${name} is added, ${plural(count, '1 run', `${count} runs`)} in all.`,
  /** Lines of a pasted text in which nothing is found; `lines` are the first of them, cut where they are long. */
  unread: (count: number, lines: readonly string[]) =>
    `${plural(count, '1 line', `${count} lines`)} could not be read: ${lines.map((line) => `“${line}”`).join(', ')}${count > lines.length ? ' and more' : ''}. Each needs a link with a result or the puzzle’s result line.`,
  /** A pupil whose link gives no name. */
  pupil: (number: number) => `Pupil ${number}`,
  addedMany: (count: number) => plural(count, '1 run is added.', `${count} runs are added.`),
  already: (name: string) => `${name} is here already.`,
  badCode: (reason: string) => `This code was not added: ${reason}.`,
  badLink: (link: string, reason: string) => `${link} was not added: ${reason}.`,
  thisLink: 'The link in the address',
  linkFaults: {
    none: 'it is no link of this page',
    recipe:
      'it carries no result; “Copy the link with the result” or “QR code of the front” makes one that does',
    damaged: 'it is incomplete or damaged; copy it again, whole',
    pictures: 'it is a front on own pictures that are not in this browser; ask for the link with the result',
  },
  frontOnly: (title: string) => `${title}, front alone`,
  frontsAlone:
    'Runs of which only the front is known have no curve: sizes, errors and lemon area at the end are theirs, and nothing else can be checked.',
  noFront: 'it has no front yet',
  queue: 'Queue',
  queueHelp: (dataset: string) =>
    `Searches on ${dataset} with the budget of the present settings, one after another in this tab. Same images for all; seed by seed.`,
  strategies: 'Methods',
  seeds: 'Seeds',
  queued: (method: string, seed: number) => `${method}, seed ${seed}`,
  generations: 'Generations',
  budget: (runs: number, images: string) =>
    `${runs} ${plural(runs, 'search', 'searches')}, ${images} images each.`,
  fixed:
    'Without a search: starting networks, a grid of sizes and hand-made families share the same images among networks fixed beforehand.',
  estimate: (time: string) => `About ${time} in all on this machine.`,
  start: 'Run the queue',
  stop: 'Stop the queue',
  nothing: 'Choose a method',
  running: (index: number, total: number, name: string) => `${index} of ${total}: ${name}.`,
  generation: (generation: number, of: number) => `Generation ${generation} of ${of}.`,
  done: (count: number) => `${count} finished.`,
  empty:
    'Two or more searches side by side show whether one is better than chance would make it. Each should be run with several seeds: a single run says little.',
  emptyTitle: 'Nothing to compare yet',
  emptyParts: [
    [
      'A table',
      'Lemon area (hypervolume) and lowest error, mean and spread over the seeds; for a class, a line for each pupil.',
    ],
    ['What exceeds the spread', 'In words: which differences are larger than chance would make them.'],
    ['Curves', 'Lemon area as the search goes on, by images or by seconds.'],
    ['Fronts', 'All of them in one plot, and what half of the seeds attain.'],
  ] as readonly (readonly [name: string, help: string])[],
  warnings: {
    datasets: 'Take care: the runs are on different data sets.',
    objectives: 'Take care: the runs have different objectives.',
    bounds: 'Take care: the runs have different bounds.',
    images: 'Take care: the runs have seen different numbers of images.',
  } satisfies Readonly<Record<MergeWarning, string>>,
  seedsDiffer: 'Take care: the searches were not run with the same seeds.',
  table: 'At the end',
  columns: [
    ['Search', 'Runs that differ in the seed only are one search'],
    ['Seeds', 'Number of runs'],
    [
      'Lemon area',
      'Share of the fixed box that lies behind the front, in books its hypervolume; more is better',
    ],
    ['IGD+', 'Mean distance from the front of all runs together; less is better'],
    ['Epsilon', 'Largest lag behind the front of all runs together; less is better'],
    ['Lowest error', 'Validation error of the most accurate network'],
    [
      'Test error',
      'Of the most accurate network of each front, on the official test images, where all of the front was tested',
    ],
    ['Front', 'Networks on the front, mean'],
    ['Images', 'Images seen in training, mean'],
  ] as readonly (readonly [name: string, help: string])[],
  /** Shown on demand. */
  researchColumns: ['IGD+', 'Epsilon'] as readonly string[],
  more: 'Researchers’ measures',
  class: {
    title: 'The class',
    received: (count: number) => `${count} received`,
    receivedOf: (count: number, of: number) => `${count} of ${of} received`,
    pupils: 'Pupils in the class',
    lines: 'Runs from links',
    apart: 'One line each',
    together: 'As searches',
    sort: (column: string) => `Sort by ${column}`,
    columns: {
      name: 'Name',
      area: 'Lemon area',
      error: 'Lowest error',
      size: 'Smallest network',
    },
    help: {
      error: 'Share of the validation images that the most accurate network of the front gets wrong',
      size: 'Parameters of the smallest network of the front',
    },
    claimed: 'As the links say it. One run each: a small lead may be chance.',
  },
  testColumn: 'Test error',
  untested: 'not measured',
  tableHelp: (objectives: string, several: boolean) =>
    `${several ? 'Mean ± standard deviation over seeds' : 'One run each, so how much chance does is not known'}. Objectives: ${objectives}; one box for all runs.`,
  verdict: 'Which differences are larger than the spread',
  against: 'Compared with the others:',
  reach: (text: string) => `As high as the other ended: ${text}.`,
  curves: 'Lemon area as the search goes on',
  curvesHelp:
    'Line: mean over seeds. Band: lowest to highest seed. Behind the name: number of seeds, where there are several.',
  axis: 'Horizontal axis',
  byImages: 'Images',
  bySeconds: 'Seconds',
  fronts: 'All fronts',
  attainment: 'Attainment surfaces',
  attainmentHelp: 'Strong line: what half of the seeds attain. Faint: a quarter and three quarters.',
  twoOnly: 'Fronts and attainment surfaces are drawn for two objectives.',
  svg: 'SVG',
  saveSvg: (title: string) => `Save as SVG: ${title}`,
  csvRuns: 'Runs as CSV',
  csvCurves: 'Curves as CSV',
};

/** What the figures of a comparison say. */
export const figureWords: FigureWords = {
  objectives: {
    error: 'Validation error',
    secondError: 'Second validation error',
    parameters: 'Parameters',
    multiplyAdds: 'Multiply-adds',
    activationBytes: 'Activation memory',
    inferenceSeconds: 'Inference time',
  },
  hypervolume: 'Hypervolume',
  axes: { curve: 'images seen', clock: 'seconds of training' },
  titles: {
    hypervolume: (axis, title) => `Hypervolume by ${axis}: ${title}`,
    attainment: (title) => `Attainment surfaces: ${title}`,
    fronts: (title) => `Fronts: ${title}`,
  },
};

/** The same on the page, where the lemon area goes by its name. */
export const pageFigureWords: FigureWords = {
  ...figureWords,
  hypervolume: 'Lemon area',
  titles: { ...figureWords.titles, hypervolume: (axis, title) => `Lemon area by ${axis}: ${title}` },
};

/** "seed by seed +0.0309 ± 0.0120, ahead in 3 of 3": the differences of runs that share a seed. */
function pairedText(paired: PairedDifference): string {
  const { pairs, mean, ahead, exceedsSpread } = paired;
  const seeds = `ahead in ${ahead} of ${pairs}`;
  if (exceedsSpread === null) return `Seed by seed: ${signed(mean)}, ${seeds}.`;
  const found = exceedsSpread
    ? 'more than the spread of the differences'
    : 'within the spread of the differences, so no difference is shown this way';
  return `Seed by seed: ${pairedMean(paired)}, ${seeds}: ${found}.`;
}

/** Two sentences about two groups' final hypervolume: against the spread over seeds, and seed by seed. */
export function verdictText({ a, b, difference, paired }: Verdict): string {
  const { spread, exceedsSpread } = difference;
  const size = Math.abs(difference.difference).toFixed(4);
  const order =
    difference.difference >= 0 ? `${a} is ahead of ${b} by ${size}` : `${a} is behind ${b} by ${size}`;
  const rest = paired ? ` ${pairedText(paired)}` : '';
  if (exceedsSpread === null) return `${order}; with one seed the spread is not known.${rest}`;
  return exceedsSpread
    ? `${order}: more than the spread over seeds (${spread.toFixed(4)}).${rest}`
    : `${order}: within the spread over seeds (${spread.toFixed(4)}), so no difference is shown.${rest}`;
}

/** One sentence about how soon one search has what the other has at its end. */
export function reachText({ share, shareOfChildren, reached, pairs }: ImagesToReach): string {
  const seeds = `reached with ${reached} of ${pairs} ${plural(pairs, 'seed', 'seeds')}`;
  if (!Number.isFinite(share)) return seeds;
  return `${percent(share)} of its images, ${percent(shareOfChildren)} of those after the starting networks (median; ${seeds})`;
}
