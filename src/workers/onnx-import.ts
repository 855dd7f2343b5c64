import { exception } from '../core/failure.ts';
import type { Cost } from '../core/architecture/cost.ts';
import type { ImportProblem } from '../core/import/import-problem.ts';
import {
  pixelScales,
  planInput,
  statedClasses,
  type ImageFacts,
  type PixelScale,
} from '../core/import/onnx-input.ts';
import { readOnnxModel } from '../core/import/onnx-model.ts';
import {
  answerImages,
  areProbabilities,
  ownNetwork,
  type AnswerHooks,
  type ImportedNetwork,
} from '../core/import/onnx-network.ts';
import type { InputPlan } from '../core/import/onnx-input.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { DatasetId } from '../core/search/recipe.ts';
import { factsOf } from '../datasets/catalog.ts';
import { loadSearchData } from '../datasets/load.ts';
import type { ImageSet } from '../datasets/types.ts';
import { answerOf } from '../engine/evaluate.ts';
import { runtimeNetwork } from '../engine/onnx-runtime.ts';
import { loadOnnxRuntime } from '../engine/site-onnx-runtime.ts';
import type { SiteBase } from './protocol.ts';
import { siteData } from './site-data.ts';

/** A network of one's own, measured as those of a run are. */
export interface MeasuredOnnx {
  readonly cost: ImportedNetwork['cost'] & Partial<Cost>;
  /** Share of wrong answers on the validation images. */
  readonly error: number;
  /** How many those are. */
  readonly images: number;
  readonly scale: PixelScale;
  /** The file says so; it was the best on some images; the user chose it. */
  readonly scaleFrom: 'stated' | 'tried' | 'chosen';
  readonly answers: 'probabilities' | 'logits';
  readonly runBy: ImportedNetwork['runBy'];
  /** Classes that the file names, where they are others than the data set's. */
  readonly otherClasses: readonly string[] | null;
  readonly producer: string;
}

export interface OnnxRequest {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly dataset: DatasetId;
  /** Of the run: it divides the images. */
  readonly seed: number;
  /** Null: what the file says, else the best of all. */
  readonly scale: PixelScale | null;
  readonly site: SiteBase;
}

/** How far a measurement is. */
export interface OnnxProgress {
  readonly answered: number;
  readonly of: number;
}

/** A worker that holds ONNX files against a data set. To stop it, end it. */
export interface OnnxImportApi {
  measure(
    request: OnnxRequest,
    onProgress: (progress: OnnxProgress) => void,
  ): Promise<Result<MeasuredOnnx, ImportProblem>>;
}

/** Images on which a network is tried with each way of scaling pixels; sets are round-robin over classes. */
const triedImages = 200;
/** Progress is told, and whoever watches this worker is answered, so often, in images. */
const toldEvery = 50;
/** Lets messages in. */
const breath = () => new Promise<void>((resolve) => setTimeout(resolve));

const wrongShare = (answers: Float32Array, { labels, classes }: ImageSet): number => {
  const count = answers.length / classes;
  let wrong = 0;
  for (let i = 0; i < count; i++) if (answerOf(answers, i, classes) !== labels[i]) wrong++;
  return wrong / count;
};

export class OnnxImport implements OnnxImportApi {
  async measure(
    request: OnnxRequest,
    onProgress: (progress: OnnxProgress) => void,
  ): Promise<Result<MeasuredOnnx, ImportProblem>> {
    try {
      return await this.#measure(request, onProgress);
    } catch (error) {
      return fail({ code: 'failed', cause: exception(error) });
    }
  }

  async #measure(
    { bytes, dataset, seed, scale: chosen, site }: OnnxRequest,
    onProgress: (progress: OnnxProgress) => void,
  ): Promise<Result<MeasuredOnnx, ImportProblem>> {
    const model = readOnnxModel(bytes);
    if (!model.ok) return model;
    const source = await siteData(site, [dataset]);
    if (!source.ok) return fail({ code: 'failed', cause: source.reason });
    const { height, width, channels, classes, mean, deviation } = factsOf(dataset);
    const facts: ImageFacts = { height, width, channels, classes: classes.length, mean, deviation };
    // What it expects is known before any image is loaded.
    const plan = planInput(model.value, facts);
    if (!plan.ok) return plan;
    const own = ownNetwork(model.value, plan.value, facts);
    if (!own.ok) return own;
    const network = own.value
      ? ok(own.value)
      : await runtimeNetwork(bytes, model.value, plan.value, facts, () => loadOnnxRuntime(site));
    if (!network.ok) return network;
    try {
      const data = await loadSearchData(dataset, seed, source.value);
      if (!data.ok) return fail({ code: 'failed', cause: data.reason });
      const { validation } = data.value;
      const measured = await this.#errorOf(network.value, plan.value, facts, validation, chosen, onProgress);
      if (!measured.ok) return measured;
      const named = statedClasses(model.value);
      return ok({
        ...measured.value,
        cost: network.value.cost,
        images: validation.count,
        runBy: network.value.runBy,
        otherClasses: named && named.join('\n') !== classes.join('\n') ? named : null,
        producer: model.value.producer,
      });
    } finally {
      network.value.dispose();
    }
  }

  async #errorOf(
    network: ImportedNetwork,
    plan: InputPlan,
    facts: ImageFacts,
    set: ImageSet,
    chosen: PixelScale | null,
    onProgress: (progress: OnnxProgress) => void,
  ): Promise<Result<Pick<MeasuredOnnx, 'error' | 'scale' | 'scaleFrom' | 'answers'>, ImportProblem>> {
    const ask = (scale: PixelScale, count: number, hooks: AnswerHooks = {}) =>
      answerImages(network, plan, scale, facts, set.images, count, hooks);
    let best = plan.stated ?? chosen;
    if (best === null) {
      let least = Infinity;
      for (const scale of pixelScales) {
        await breath();
        const answers = await ask(scale, Math.min(triedImages, set.count));
        if (!answers.ok) continue;
        const error = wrongShare(answers.value, set);
        if (error < least) [best, least] = [scale, error];
      }
      if (best === null) return fail({ code: 'not-finite' });
    }
    const answers = await ask(best, set.count, {
      onProgress: async (answered) => {
        if (answered % toldEvery !== 0) return;
        onProgress({ answered, of: set.count });
        await breath();
      },
    });
    if (!answers.ok) return answers;
    return ok({
      error: wrongShare(answers.value, set),
      scale: best,
      scaleFrom: plan.stated ? 'stated' : chosen ? 'chosen' : 'tried',
      answers: areProbabilities(answers.value, facts.classes) ? 'probabilities' : 'logits',
    });
  }
}
