import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareRuns, type ComparedRun, type Comparison } from '../../src/core/compare/comparison.ts';
import { attainmentFigure, hypervolumeFigure } from '../../src/core/compare/figures.ts';
import { svgText, type Drawing } from '../../src/core/compare/drawing.ts';
import { memberImages } from '../../src/core/compare/family-images.ts';
import { allVerdicts, imagesToReach, verdicts, type Measure } from '../../src/core/compare/verdicts.ts';
import {
  curvesCsv,
  meanText,
  membersCsv,
  pairedMean,
  pairsCsv,
  reachText,
  runsCsv,
  signed,
  surfacesCsv,
  verdictText,
} from '../../src/core/compare/words.ts';
import { viewOf } from '../../src/core/run-file/fold.ts';
import type { DatasetId } from '../../src/core/search/recipe.ts';
import { factsOf } from '../../src/datasets/catalog.ts';
import { tableOf } from './markdown.ts';
import type { Plan, PlannedRun } from './plan.ts';
import { readRun } from './run-file-node.ts';
import { summary, type ComparedSet } from './summary.ts';

const size = { width: 760, height: 380 };

async function comparisonOf(
  runs: readonly PlannedRun[],
  dataset: DatasetId,
  folder: string,
): Promise<Comparison | null> {
  const compared: ComparedRun[] = [];
  for (const { label, recipe, file } of runs) {
    if (recipe.dataset !== dataset) continue;
    const opened = await readRun(join(folder, file));
    const view = viewOf(opened.file.events);
    if (view?.finished) compared.push({ label, view, testErrors: opened.testErrors });
  }
  return compareRuns(compared);
}

function table({ groups }: Comparison): string {
  const head = [
    ...[
      'search',
      'seeds',
      'hypervolume',
      'IGD+',
      'epsilon',
      'lowest error',
      'front',
      'contribution',
      'images',
      'per member',
    ],
    ...['test hypervolume', 'lowest test error', 'tested'],
  ];
  const rows = groups.map((group) => [
    group.label,
    String(group.runs.length),
    meanText(group.hypervolume),
    meanText(group.igdPlus),
    meanText(group.epsilon, 3),
    meanText(group.lowestError, 3),
    group.frontSize.mean.toFixed(1),
    group.contribution.mean.toFixed(4),
    Math.round(group.runs.reduce((sum, { images }) => sum + images, 0) / group.runs.length).toLocaleString(
      'en',
    ),
    memberImages(group.runs.flatMap(({ front }) => front)).toLocaleString('en'),
    group.test ? meanText(group.test.hypervolume) : '',
    group.test ? meanText(group.test.lowestError, 3) : '',
    `${group.test?.hypervolume.count ?? 0} of ${group.runs.length}`,
  ]);
  return tableOf(head, rows);
}

const shown = (exceeds: boolean | null) => (exceeds === null ? 'not known' : exceeds ? 'yes' : 'no');

/** Every pair of searches, by both measures. */
function pairsTable(comparison: Comparison, measure: Measure): string {
  const head = [
    ...['search', 'other', 'difference', 'spread over seeds', 'more than it'],
    ...['seed by seed', 'ahead', 'more than their spread'],
  ];
  const rows = allVerdicts(comparison, measure).map(({ a, b, difference, paired }) => [
    ...[a, b, signed(difference.difference), difference.spread.toFixed(4), shown(difference.exceedsSpread)],
    ...(paired
      ? [pairedMean(paired), `${paired.ahead} of ${paired.pairs}`, shown(paired.exceedsSpread)]
      : ['', '', 'not known']),
  ]);
  return tableOf(head, rows);
}

/** How soon the first group has what the others have at their end. */
function reachSentences({ groups }: Comparison): readonly string[] {
  const [first, ...others] = groups;
  return others.flatMap((other) => {
    const reach = imagesToReach(first!, other);
    return reach ? [`- ${other.label}: ${reachText(reach)}.`] : [];
  });
}

/** How soon every group has what random search has at its end; empty where the plan has no random search. */
function reachRandom({ groups }: Comparison): readonly string[] {
  const random = groups.find(({ label }) => label === 'random');
  if (!random) return [];
  return groups.flatMap((group) => {
    const reach = group === random ? null : imagesToReach(group, random);
    return reach ? [`- ${group.label}: ${reachText(reach)}.`] : [];
  });
}

const verdictList = (comparison: Comparison, label: string, measure: Measure): string =>
  verdicts(comparison, label, measure)
    .map((verdict) => `- ${verdictText(verdict)}`)
    .join('\n');

/** Text under a heading, or nothing where there is none. */
const titled = (title: string, body: string): readonly string[] => (body === '' ? [] : [title, body]);

async function section(dataset: DatasetId, comparison: Comparison, folder: string): Promise<string> {
  const { title } = factsOf(dataset);
  const first = comparison.groups[0]!.label;
  const drawings: (readonly [string, Drawing | null])[] = [
    [`${dataset}-hypervolume.svg`, hypervolumeFigure(comparison, title, size)],
    [`${dataset}-seconds.svg`, hypervolumeFigure(comparison, title, size, 'clock')],
    [`${dataset}-attainment.svg`, attainmentFigure(comparison, title, size)],
  ];
  for (const [name, drawing] of drawings)
    if (drawing) await writeFile(join(folder, 'figures', name), svgText(drawing));
  const files = {
    runs: runsCsv(comparison),
    curves: curvesCsv(comparison),
    members: membersCsv(comparison),
    pairs: pairsCsv(comparison),
    attainment: surfacesCsv(comparison),
  };
  for (const [name, text] of Object.entries(files))
    await writeFile(join(folder, `${dataset}-${name}.csv`), text);
  const images = drawings.flatMap(([name, drawing]) =>
    drawing ? [`![${drawing.title}](figures/${name})`] : [],
  );
  const tested = comparison.groups.some(({ test }) => test !== null);
  return [
    `## ${title}`,
    table(comparison),
    ...images,
    'Seconds depend on the machine and on what else it did; images do not.',
    ...titled('Final hypervolume:', verdictList(comparison, first, 'validation')),
    ...titled(
      'Final hypervolume with test errors in place of validation errors:',
      verdictList(comparison, first, 'test'),
    ),
    ...titled(
      `Images after which ${first} has the other's final hypervolume, as a share of all that the other saw:`,
      reachSentences(comparison).join('\n'),
    ),
    ...titled(
      'Images after which each search has the final hypervolume of random, as a share of all that random saw:',
      reachRandom(comparison).join('\n'),
    ),
    'Every pair of searches, final hypervolume:',
    pairsTable(comparison, 'validation'),
    ...(tested ? ['Every pair, with test errors:', pairsTable(comparison, 'test')] : []),
    ...comparison.warnings.map((warning) => `Note: ${warning}.`),
  ].join('\n\n');
}

/** Writes report.md, figures/*.svg and the CSV files of all finished runs into `folder`. */
export async function writeReport(
  plan: Plan,
  runs: readonly PlannedRun[],
  planned: number,
  folder: string,
  planPath: string,
): Promise<void> {
  await mkdir(join(folder, 'figures'), { recursive: true });
  const sections: string[] = [];
  const sets: ComparedSet[] = [];
  for (const dataset of plan.datasets) {
    const comparison = await comparisonOf(runs, dataset, folder);
    if (!comparison) continue;
    sets.push({ title: factsOf(dataset).title, comparison });
    sections.push(await section(dataset, comparison, folder));
  }
  const intro = [
    `# ${plan.name}`,
    ...(plan.note ? [plan.note] : []),
    `\`npm run study -- --plan ${planPath} --out FOLDER\`; ${runs.length} of ${planned} runs are in this report.`,
    'Values are mean ± sample standard deviation over seeds. Hypervolume is the share of the fixed box up to the reference point 1.1 (1 is the most); IGD+ and additive epsilon are against the non-dominated union of all runs of the data set, normalised to the same box; contribution is the share of the box that would be lost without a member of the front, mean over members; per member is the number of images that the middle (median) member of the fronts has seen, own and inherited: what a hand-made family should be given (`imagesPerSeed`). The front is chosen by validation errors; its test errors were measured once, after the search, and no choice rests on them; "tested" counts the runs whose whole front was.',
    'Differences are put against two measures. "Spread over seeds": the difference of the means exceeds the root mean square of the two standard deviations. "Seed by seed": runs of one seed share split and starting networks, so their differences are taken first; their mean exceeds their standard deviation.',
  ];
  await writeFile(join(folder, 'report.md'), `${[...intro, summary(sets), ...sections].join('\n\n')}\n`);
}
