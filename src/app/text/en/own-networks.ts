import type { ImportProblem } from '../../../core/import/import-problem.ts';
import type { PixelScale } from '../../../core/import/onnx-input.ts';
import { say } from '../say.ts';
import { describeFailure } from './failures.ts';
import { plural } from './plurals.ts';

const list = (names: readonly string[]) => names.join(', ');
const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

/** The place where ONNX files of the user's own are held against a run. */
export const ownNetworks = {
  title: 'Your own networks',
  lead: (dataset: string) =>
    `Choose an ONNX file that classifies ${dataset}, or drop it anywhere on this page. It is measured here on the validation images, by which the networks of this run are compared, and stands as a cross on the plot. It leaves this computer as little as your pictures do, and is kept while this page is open.`,
  choose: 'Choose an ONNX file',
  another: 'Choose another file',
  remove: (name: string) => `Remove ${name}`,
  stop: 'Stop',
  reading: (name: string) => `${name} is being read…`,
  measuring: (name: string, answered: string, of: string) => `${name}: ${answered} of ${of} images`,
  size: (parameters: string) => `${parameters} parameters`,
  result: (error: string, images: string) => `${error} wrong on ${images} validation images`,
  beaten: (id: number) => `#${id} of the front is at least as good in every objective.`,
  unbeaten: 'No network of the front is as good in every objective.',
  uncounted: (objectives: string) =>
    `It has no place on these axes: ${objectives} cannot be known of a network out of a file.`,
  scale: 'Pixels',
  scales: {
    bytes: '0 to 255',
    unit: '0 to 1',
    normal: 'as networks here see them: mean and deviation taken out',
  } satisfies Record<PixelScale, string>,
  scaleFrom: {
    stated: 'The file says so.',
    tried: 'The file does not say: of the three ways this was wrong least often, on 200 of the images.',
    chosen: 'You chose it.',
  },
  answers: {
    probabilities: 'It answers with probabilities.',
    logits: 'It answers with numbers that are no probabilities; the largest one counts.',
  },
  /** A problem as a sentence that says what can be done. */
  problem: (problem: ImportProblem): string => say(problems[problem.code], problem),
  runBy: {
    page: 'Run by this page’s own code.',
    onnxruntime: 'Run by ONNX Runtime, which was loaded for it from this site.',
  },
  otherClasses: (classes: readonly string[]) =>
    `It was made for other classes (${list(classes.slice(0, 4))}${classes.length > 4 ? '…' : ''}): each answer is taken for the class of the same number here, which may be wrong.`,
};

const onlyOurs = 'export it again with its image as the only input';

/** Why a file is refused, and what can be done. */
const problems: {
  readonly [C in ImportProblem['code']]: (problem: Extract<ImportProblem, { readonly code: C }>) => string;
} = {
  'not-onnx': () => 'This is no ONNX file, or only a part of one: choose another.',
  'too-large': ({ bytes, most }) =>
    `It has ${megabytes(bytes)}; files of up to ${megabytes(most)} are read here: choose a smaller one.`,
  'external-data': ({ path }) =>
    `Its weights lie in a file of their own (${path}): export it with the weights inside, as one file.`,
  'number-type': () => 'Its weights are numbers of a kind that is not read here: export it in float32.',
  inputs: ({ count }) => `It has ${plural(count, '1 input', `${count} inputs`)}: ${onlyOurs}.`,
  'input-type': () => 'It takes numbers of a kind that images are not: export it with a float32 input.',
  'input-shape': ({ takes, given }) =>
    `It takes images of ${takes || 'another shape'}, and those of this data set are ${given} (channels × height × width): export it for these, or choose another data set.`,
  classes: ({ answers, classes }) =>
    `It tells ${plural(answers, '1 class', `${answers} classes`)} apart, and this data set has ${classes}: choose a network for these.`,
  'output-shape': ({ shape }) =>
    `It answers with ${shape || 'nothing'} instead of one row of numbers an image: export the classifier alone.`,
  'not-finite': () =>
    'Some of its answers on these images are not numbers: its weights are damaged. Choose another file.',
  'not-runnable': ({ operators, operatorSet, detail }) =>
    `${operators.length > 0 ? `Its operators (${list(operators)})` : 'It'} could not be run, by ONNX Runtime neither (${detail}): it is written in operator set ${operatorSet}; export it in 17.`,
  'runtime-missing': ({ operators }) =>
    `It needs ONNX Runtime${operators.length > 0 ? ` for ${list(operators)}` : ''}, which could not be loaded: go online once, then choose it again.`,
  failed: ({ cause }) =>
    `It could not be measured: ${describeFailure(cause).replace(/\.$/, '')}. Choose it once more.`,
};
