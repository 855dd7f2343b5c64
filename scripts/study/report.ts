import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  compareRuns,
  imagesToReach,
  verdicts,
  type ComparedRun,
  type Comparison,
} from '../../src/core/compare/comparison.ts';
import { attainmentFigure, hypervolumeFigure } from '../../src/core/compare/figures.ts';
import { svgText, type Drawing } from '../../src/core/compare/drawing.ts';
import { curvesCsv, meanText, reachText, runsCsv, verdictText } from '../../src/core/compare/words.ts';
import { viewOf } from '../../src/core/run-file/fold.ts';
import type { DatasetId } from '../../src/core/search/recipe.ts';
import { catalog } from '../../src/datasets/catalog.ts';
import type { Plan, PlannedRun } from './plan.ts';
import { readRun } from './run-file-node.ts';

const size = { width: 760, height: 380 };

async function comparisonOf(
  runs: readonly PlannedRun[],
  dataset: DatasetId,
  folder: string,
): Promise<Comparison | null> {
  const compared: ComparedRun[] = [];
  for (const { label, recipe, file } of runs) {
    if (recipe.dataset !== dataset) continue;
    const view = viewOf((await readRun(join(folder, file))).file.events);
    if (view?.finished) compared.push({ label, view });
  }
  return compareRuns(compared);
}

function table({ groups }: Comparison): string {
  const head = ['search', 'seeds', 'hypervolume', 'IGD+', 'epsilon', 'lowest error', 'front', 'images'];
  const rows = groups.map((group) => [
    group.label,
    String(group.runs.length),
    meanText(group.hypervolume),
    meanText(group.igdPlus),
    meanText(group.epsilon, 3),
    meanText(group.lowestError, 3),
    group.frontSize.mean.toFixed(1),
    Math.round(group.runs.reduce((sum, { images }) => sum + images, 0) / group.runs.length).toLocaleString(
      'en',
    ),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** How soon the first group has what the others have at their end. */
function reachSentences({ groups }: Comparison): readonly string[] {
  const [first, ...others] = groups;
  return others.flatMap((other) => {
    const reach = imagesToReach(first!, other);
    return reach ? [`- ${other.label}: ${reachText(reach)}.`] : [];
  });
}

async function section(dataset: DatasetId, comparison: Comparison, folder: string): Promise<string> {
  const { title } = catalog[dataset];
  const first = comparison.groups[0]!.label;
  const drawings: (readonly [string, Drawing | null])[] = [
    [`${dataset}-hypervolume.svg`, hypervolumeFigure(comparison, title, size)],
    [`${dataset}-seconds.svg`, hypervolumeFigure(comparison, title, size, 'clock')],
    [`${dataset}-attainment.svg`, attainmentFigure(comparison, title, size)],
  ];
  for (const [name, drawing] of drawings)
    if (drawing) await writeFile(join(folder, 'figures', name), svgText(drawing));
  await writeFile(join(folder, `${dataset}-runs.csv`), runsCsv(comparison));
  await writeFile(join(folder, `${dataset}-curves.csv`), curvesCsv(comparison));
  const images = drawings.flatMap(([name, drawing]) =>
    drawing ? [`![${drawing.title}](figures/${name})`] : [],
  );
  return [
    `## ${title}`,
    table(comparison),
    ...images,
    'Final hypervolume:',
    verdicts(comparison, first)
      .map((verdict) => `- ${verdictText(verdict)}`)
      .join('\n'),
    `Images after which ${first} has the other's final hypervolume, as a share of all that the other saw:`,
    reachSentences(comparison).join('\n'),
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
  for (const dataset of plan.datasets) {
    const comparison = await comparisonOf(runs, dataset, folder);
    if (comparison) sections.push(await section(dataset, comparison, folder));
  }
  const intro = [
    `# ${plan.name}`,
    ...(plan.note ? [plan.note] : []),
    `\`npm run study -- --plan ${planPath} --out FOLDER\`; ${runs.length} of ${planned} runs are in this report.`,
    'Values are mean ± sample standard deviation over seeds. Hypervolume is the share of the fixed box up to the reference point 1.1 (1 is the most); IGD+ and additive epsilon are against the non-dominated union of all runs of the data set, normalised to the same box. "More than the spread" means that the difference of the means exceeds the root mean square of the two standard deviations.',
  ];
  await writeFile(join(folder, 'report.md'), `${[...intro, ...sections].join('\n\n')}\n`);
}
