import type * as Runtime from 'onnxruntime-web/wasm';
import { messageOf } from '../core/failure.ts';
import type { ImportProblem } from '../core/import/import-problem.ts';
import type { ImageFacts, InputPlan } from '../core/import/onnx-input.ts';
import type { OnnxModel } from '../core/import/onnx-model.ts';
import { answersOf, countedOnly, type ImportedNetwork } from '../core/import/onnx-network.ts';
import { unknownOperators } from '../core/import/onnx-run.ts';
import { fail, ok, type Result } from '../core/result.ts';

/** What onnxruntime-web says is long; its first line names the operator. */
const detailOf = (error: unknown): string => messageOf(error).split('\n')[0]!.slice(0, 200);

function inputOf(
  { Tensor }: typeof Runtime,
  { type, batch, shape }: InputPlan,
  values: Float32Array<ArrayBuffer>,
): Runtime.Tensor {
  const sizes = [batch, ...shape];
  if (type === 'uint8') return new Tensor('uint8', Uint8Array.from(values), sizes);
  if (type === 'float64') return new Tensor('float64', Float64Array.from(values), sizes);
  return new Tensor('float32', values, sizes);
}

/**
 * The network of the file `bytes`, run by onnxruntime-web on the processor: for operators that do not run in
 * core/import, and for large networks. Tried on one blank batch.
 */
export async function runtimeNetwork(
  bytes: Uint8Array<ArrayBuffer>,
  model: OnnxModel,
  plan: InputPlan,
  facts: ImageFacts,
  load: () => Promise<typeof Runtime>,
): Promise<Result<ImportedNetwork, ImportProblem>> {
  const operators = unknownOperators(model);
  let runtime: typeof Runtime;
  try {
    runtime = await load();
  } catch {
    return fail({ code: 'runtime-missing', operators });
  }
  let session: Runtime.InferenceSession | null = null;
  try {
    session = await runtime.InferenceSession.create(bytes, { executionProviders: ['wasm'] });
    const opened = session;
    const run = async (values: Float32Array<ArrayBuffer>) =>
      opened.run({ [plan.name]: inputOf(runtime, plan, values) });
    const size = plan.batch * plan.shape.reduce((a, b) => a * b, 1);
    const tried = await run(new Float32Array(size));
    const shapes = new Map(Object.entries(tried).map(([name, { dims }]) => [name, { shape: dims }]));
    const output = answersOf(model, shapes, plan, facts);
    if (!output.ok) {
      await session.release();
      return output;
    }
    return ok({
      cost: countedOnly(model),
      runBy: 'onnxruntime',
      answer: async (input) =>
        Float32Array.from((await run(input))[output.value]!.data as Float32Array, Number),
      dispose: () => void opened.release(),
    });
  } catch (error) {
    await session?.release();
    const { operatorSet } = model;
    return fail({ code: 'not-runnable', operators, operatorSet, detail: detailOf(error) });
  }
}
