import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Comparison } from '../../src/core/compare/comparison.ts';
import { attainmentFigure, hypervolumeFigure } from '../../src/core/compare/figures.ts';
import { svgText, type Drawing } from '../../src/core/compare/drawing.ts';
import { memberImages } from '../../src/core/compare/family-images.ts';
import { imagesToReach } from '../../src/core/compare/verdicts.ts';
import { curvesCsv, membersCsv, pairsCsv, runsCsv, surfacesCsv } from '../../src/core/compare/csv.ts';
import { meanText } from '../../src/core/compare/numbers.ts';
import { compare as compareWords, figureWords, reachText } from '../../src/app/text/en/compare.ts';
import { commitText } from './commit.ts';
import { differencesCsv, measuresCsv } from './differences.ts';
import { levelsTable, retrainedCsv, retrainedPart } from './levels.ts';
import { tableOf } from './markdown.ts';
import type { Plan, PlannedRun } from './plan.ts';
import { labelsOf, readSet, type StudySet } from './study-set.ts';
import { summary } from './summary.ts';

const size = { width: 760, height: 380 };

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

/** Text under a heading, or nothing where there is none. */
const titled = (title: string, body: string): readonly string[] => (body === '' ? [] : [title, body]);

async function section(set: StudySet, folder: string): Promise<string> {
  const { facts, comparison } = set;
  const { id, title } = facts;
  const first = comparison.groups[0]!.label;
  const drawings: (readonly [string, Drawing | null])[] = [
    [`${id}-hypervolume.svg`, hypervolumeFigure(comparison, title, size, figureWords)],
    [`${id}-seconds.svg`, hypervolumeFigure(comparison, title, size, figureWords, 'clock')],
    [`${id}-attainment.svg`, attainmentFigure(comparison, title, size, figureWords)],
  ];
  for (const [name, drawing] of drawings)
    if (drawing) await writeFile(join(folder, 'figures', name), svgText(drawing));
  const files = {
    runs: runsCsv(comparison, { seconds: false }),
    curves: curvesCsv(comparison, { seconds: false }),
    members: membersCsv(comparison),
    pairs: pairsCsv(comparison),
    attainment: surfacesCsv(comparison),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, `${id}-${name}.csv`), text);
  const images = drawings.flatMap(([name, drawing]) =>
    drawing ? [`![${drawing.title}](figures/${name})`] : [],
  );
  return [
    `## ${title}`,
    table(comparison),
    ...images,
    'Seconds depend on the machine and on what else it did; images do not.',
    ...titled('Measures with test errors:', levelsTable(set, 'test')),
    ...titled('Measures with validation errors:', levelsTable(set, 'validation')),
    ...titled(
      `Images after which ${first} has the other's final hypervolume, as a share of all that the other saw:`,
      reachSentences(comparison).join('\n'),
    ),
    ...titled(
      'Images after which each search has the final hypervolume of random, as a share of all that random saw:',
      reachRandom(comparison).join('\n'),
    ),
    ...retrainedPart(set),
    ...comparison.warnings.map((warning) => compareWords.warnings[warning]),
  ].join('\n\n');
}

const introduction = (plan: Plan, command: string, commit: string, counts: string): readonly string[] => [
  `# ${plan.name}`,
  ...(plan.note ? [plan.note] : []),
  ...titled('Hypotheses, written down in the plan:', plan.hypotheses.map((each) => `- ${each}`).join('\n')),
  `\`${command}\`${commit === '' ? '' : ` (the plan ${commit})`}; ${counts} runs are in this report.`,
  ...(plan.data === 'full'
    ? [
        'MNIST and Fashion-MNIST are the whole sets (`npx tsx scripts/data/full.ts`), not the samples of the site.',
      ]
    : []),
  'Values are mean ± sample standard deviation over seeds. Hypervolume is the share of the fixed box up to the reference point 1.1 (1 is the most); IGD+ and additive epsilon are against the non-dominated union of all runs of the data set, normalised to the same box; contribution is the share of the box that would be lost without a member of the front, mean over members; per member is the number of images that the middle (median) member of the fronts has seen, own and inherited. The front is chosen by validation errors; its test errors were measured once, after the search, and no choice rests on them; "tested" counts the runs whose whole front was.',
];

/**
 * Writes report.md, figures/*.svg and the CSV files of all finished runs into `folder`; `missing` says what of the plan
 * is not there. The CSV files have no seconds: made again on other machines, they are the same byte for byte.
 */
export async function writeReport(
  plan: Plan,
  runs: readonly PlannedRun[],
  missing: readonly string[],
  planned: number,
  folder: string,
  planPath: string,
): Promise<void> {
  await mkdir(join(folder, 'figures'), { recursive: true });
  const sections: string[] = [];
  const sets: StudySet[] = [];
  for (const dataset of plan.datasets) {
    const set = await readSet(runs, dataset, folder);
    if (!set) continue;
    sets.push(set);
    sections.push(await section(set, folder));
  }
  const [first] = labelsOf(sets);
  if (first === undefined) return;
  const tables = {
    measures: measuresCsv(sets),
    differences: differencesCsv(sets, first),
    retrained: retrainedCsv(sets),
  };
  for (const [name, text] of Object.entries(tables)) await writeFile(join(folder, `${name}.csv`), text);
  const command = `npm run study -- --plan ${planPath} --out FOLDER`;
  const counts = `${runs.length} of ${planned}`;
  const intro = introduction(plan, command, await commitText(planPath), counts);
  const gaps = missing.map((line) => `- ${line}`).join('\n');
  await writeFile(
    join(folder, 'report.md'),
    `${[...intro, ...titled('What is missing:', gaps), summary(sets), ...sections].join('\n\n')}\n`,
  );
}
