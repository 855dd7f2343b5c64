/**
 * Every exported format read by the programs that people use it with:  npm run check:exports [-- --few] [--write]
 *
 * Prints a table of export, consumer, networks and the largest difference of a probability from scalar loops, then the
 * answers of predict.py on photos. Installs nothing; what is not on this machine is listed as not run. `--write` puts
 * the table into docs/exports.md. Ends with 1 where a consumer that runs here disagrees or cannot read an export.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  inPython,
  onnxRuntimeNode,
  onnxRuntimeWeb,
  type Outcome,
  type PythonConsumer,
  pythonConsumers,
  tensorFlowJs,
  writeCase,
} from './exports/consumers.ts';
import { exportCases, fewCases } from './exports/networks.ts';
import { compiledC, ownReader } from './exports/own-code.ts';
import { photoRows } from './exports/photos.ts';

/** Float32 sums in another order: what is above is a mistake. */
const tolerance = 1e-4;

const { values } = parseArgs({
  options: { few: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
});
const root = '.cache/exports/cases';
mkdirSync(root, { recursive: true });
const cases = (values.few ? fewCases() : exportCases()).map((one) => writeCase(one, root));
console.error(`${cases.length} networks written to ${root}`);

const outcomes: Outcome[] = [];
const took = (what: string) => console.error(`${what}: ${performance.now().toFixed(0)} ms`);
for (const consumer of [ownReader, onnxRuntimeWeb, onnxRuntimeNode, tensorFlowJs, compiledC]) {
  outcomes.push(await consumer(cases));
  took(outcomes.at(-1)!.consumer);
}
for (const consumer of Object.keys(pythonConsumers) as readonly PythonConsumer[]) {
  outcomes.push(...(await inPython(consumer, cases, root)));
  took(consumer);
}
const photos = await photoRows(values.few ? 20 : 200);

const largest = ({ differences }: Outcome) => Math.max(0, ...differences.values());
const wrong = (outcome: Outcome) => outcome.problems.size > 0 || !(largest(outcome) <= tolerance);
const groups = [...new Set(cases.map(({ group }) => group))];
const sizes = groups.map((name) => `${cases.filter(({ group }) => group === name).length} ${name}`);
const lines = [
  `${cases.length} networks: ${sizes.join(', ')}.`,
  '',
  '| export | consumer | networks | largest difference |',
  '| --- | --- | --- | --- |',
  ...outcomes.map((outcome) => {
    const { format, consumer, differences, problems, notRun } = outcome;
    const checked = consumer.endsWith('checker');
    const result = notRun
      ? `not run: ${notRun}`
      : `${checked ? 'valid' : largest(outcome).toExponential(1)}${problems.size > 0 ? `; ${problems.size} failed` : ''}`;
    return `| ${format} | ${consumer} | ${differences.size} of ${cases.length} | ${result} |`;
  }),
  '',
  '| bundle | data set | photos | same class as the page | the page right | largest difference |',
  '| --- | --- | --- | --- | --- | --- |',
  ...photos.lines,
];
console.log(lines.join('\n'));
for (const { consumer, problems, differences } of outcomes) {
  for (const [name, problem] of problems) console.log(`${consumer}, ${name}: ${problem}`);
  for (const [name, difference] of differences)
    if (!(difference <= tolerance)) console.log(`${consumer}, ${name}: differs by ${difference}`);
}
if (values.write)
  writeFileSync(
    'docs/exports.md',
    `# Exports, read by others\n\nWritten by \`npm run check:exports -- --write\`. The difference is of a probability, from scalar loops in float64; of the C header it is of a score, from the reference in integers.\n\n${lines.join('\n')}\n`,
  );
process.exit(outcomes.some((outcome) => !outcome.notRun && wrong(outcome)) || !photos.right ? 1 : 0);
