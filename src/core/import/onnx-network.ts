import type { Cost } from '../architecture/cost.ts';
import { fail, ok, type Result } from '../result.ts';
import { onnxCost, onnxParameters } from './onnx-cost.ts';
import type { ImportProblem } from './import-problem.ts';
import { fillInput, type ImageFacts, type InputPlan, type PixelScale } from './onnx-input.ts';
import type { OnnxModel } from './onnx-model.ts';
import { runOnnx, unknownOperators, type Values } from './onnx-run.ts';

/** A network out of a file that answers images. */
export interface ImportedNetwork {
  /** As far as it can be counted. */
  readonly cost: Partial<Cost> & Pick<Cost, 'parameters'>;
  /** Who runs it. */
  readonly runBy: 'page' | 'onnxruntime';
  /** float32 [plan.batch, classes]: what it says of one batch, logits or probabilities. */
  answer(input: Float32Array<ArrayBuffer>): Promise<Float32Array>;
  dispose(): void;
}

/** The output that has a number for every class; else what is wrong with the first. */
export function answersOf(
  model: OnnxModel,
  values: ReadonlyMap<string, { readonly shape: readonly number[] }>,
  { batch }: InputPlan,
  { classes }: ImageFacts,
): Result<string, ImportProblem> {
  const shapes = model.outputs.map(({ name }) => [name, values.get(name)?.shape ?? []] as const);
  const each = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1) / batch;
  const found = shapes.find(([, shape]) => shape[0] === batch && each(shape) === classes);
  if (found) return ok(found[0]);
  const [, shape] = shapes[0] ?? ['', []];
  if (shape[0] !== batch || !Number.isInteger(each(shape)) || shape.slice(1, -1).some((size) => size !== 1))
    return fail({ code: 'output-shape', shape: shape.join(' × ') });
  return fail({ code: 'classes', answers: each(shape), classes });
}

/** More multiply-adds an image are left to onnxruntime-web, which has SIMD. [ours] */
const mostMultiplyAdds = 1e7;

/**
 * The network of a file whose operators all run here, tried on one blank batch; null where they do not, or where it is so
 * large that another runtime is much faster.
 */
export function ownNetwork(
  model: OnnxModel,
  plan: InputPlan,
  facts: ImageFacts,
): Result<ImportedNetwork | null, ImportProblem> {
  if (unknownOperators(model).length > 0) return ok(null);
  const run = (values: Float32Array): Values => {
    const shape = [plan.batch, ...plan.shape];
    return runOnnx(model, new Map([[plan.name, { shape, values, bits: 0 }]]));
  };
  let tried: Values;
  try {
    tried = run(fillInput(plan, 'bytes', facts, new Uint8Array(), 0, 0));
  } catch (error) {
    if (error instanceof RangeError) return ok(null);
    throw error;
  }
  const output = answersOf(model, tried, plan, facts);
  if (!output.ok) return output;
  const cost = onnxCost(model, tried, facts.height * facts.width * facts.channels);
  if (cost.multiplyAdds > mostMultiplyAdds) return ok(null);
  return ok({
    cost,
    runBy: 'page',
    answer: (input) => Promise.resolve(Float32Array.from(run(input).get(output.value)!.values)),
    dispose: () => {},
  });
}

/** What can be said of the size of a network that another runtime runs. */
export const countedOnly = (model: OnnxModel): Pick<Cost, 'parameters'> => ({
  parameters: onnxParameters(model),
});

export interface AnswerHooks {
  /** Told after every batch; a promise is waited for. */
  readonly onProgress?: (answered: number) => Promise<void> | void;
}

/** What a network says of the first `count` images, float32 [count, classes]. Problem: an answer that is no number. */
export async function answerImages(
  network: ImportedNetwork,
  plan: InputPlan,
  scale: PixelScale,
  facts: ImageFacts,
  images: Uint8Array,
  count: number,
  { onProgress }: AnswerHooks = {},
): Promise<Result<Float32Array, ImportProblem>> {
  const answers = new Float32Array(count * facts.classes);
  for (let first = 0; first < count; first += plan.batch) {
    const here = Math.min(plan.batch, count - first);
    const said = await network.answer(fillInput(plan, scale, facts, images, first, here));
    const rows = said.subarray(0, here * facts.classes);
    if (!rows.every(Number.isFinite)) return fail({ code: 'not-finite' });
    answers.set(rows, first * facts.classes);
    await onProgress?.(first + here);
  }
  return ok(answers);
}

/** Whether rows of answers are probabilities: none negative, each row's sum 1. */
export function areProbabilities(answers: Float32Array, classes: number): boolean {
  for (let row = 0; row < answers.length; row += classes) {
    let sum = 0;
    for (let c = 0; c < classes; c++) {
      if (answers[row + c]! < 0) return false;
      sum += answers[row + c]!;
    }
    if (Math.abs(sum - 1) > 1e-3) return false;
  }
  return true;
}
