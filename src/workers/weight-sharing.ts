import { exception } from '../core/failure.ts';
import { fail, type Result } from '../core/result.ts';
import type { ShippedId } from '../core/search/recipe.ts';
import { loadSearchData } from '../datasets/load.ts';
import { startEngine } from '../engine/site-engine.ts';
import { WeightSharing, type OtherError } from '../engine/weight-sharing.ts';
import type { SiteBase } from './protocol.ts';
import { siteData } from './site-data.ts';

/** What is asked of the lesson's networks: one training or evaluation a question. */
export type SharingQuestion =
  | { readonly kind: 'supernet' | 'parent' }
  /** Path 0 .. 255 with shared weights, and trained alone for time 0, 1, ... */
  | { readonly kind: 'shared'; readonly path: number }
  | { readonly kind: 'alone'; readonly path: number; readonly time: number }
  /** Child 0, 1, ...: inheriting, and trained alone for time 0, 1, ... */
  | { readonly kind: 'child'; readonly index: number }
  | { readonly kind: 'childAlone'; readonly index: number; readonly time: number };

/** An engine worker in the role of the lesson "Shared or inherited?": its questions, one at a time. */
export interface WeightSharingApi {
  /** Starts the engine and loads the images. On wasm: networks of this size gain nothing on a GPU. */
  prepare(dataset: ShippedId, seed: number, site: SiteBase): Promise<Result<null>>;
  /** `onImages` is told how many images a longer training has seen. */
  ask(question: SharingQuestion, onImages: (images: number) => void): Promise<Result<OtherError>>;
}

export class WeightSharingWorker implements WeightSharingApi {
  #sharing: WeightSharing | null = null;

  async prepare(dataset: ShippedId, seed: number, site: SiteBase): Promise<Result<null>> {
    const engine = await startEngine('wasm', site);
    if (!engine.ok) return engine;
    const source = await siteData(site, [dataset]);
    if (!source.ok) return source;
    const data = await loadSearchData(dataset, seed, source.value);
    if (!data.ok) return data;
    this.#sharing = new WeightSharing(engine.value, data.value, seed);
    return { ok: true, value: null };
  }

  async ask(question: SharingQuestion, onImages: (images: number) => void): Promise<Result<OtherError>> {
    if (!this.#sharing) return fail({ code: 'not-prepared' });
    try {
      return await this.#answer(this.#sharing, question, onImages);
    } catch (error) {
      return fail(exception(error));
    }
  }

  #answer(
    sharing: WeightSharing,
    question: SharingQuestion,
    onImages: (images: number) => void,
  ): Promise<Result<OtherError>> {
    switch (question.kind) {
      case 'supernet':
        return sharing.trainSupernet(({ images }) => onImages(images));
      case 'parent':
        return sharing.trainParent(({ images }) => onImages(images));
      case 'shared':
        return sharing.withSharedWeights(question.path);
      case 'alone':
        return sharing.alone(question.path, question.time);
      case 'child':
        return sharing.child(question.index);
      case 'childAlone':
        return sharing.childAlone(question.index, question.time);
    }
  }
}
