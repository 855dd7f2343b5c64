import { texts } from '../text/texts.ts';
import type { Architecture } from '../../core/architecture/types.ts';
import type { Weights } from '../../core/architecture/weights.ts';
import { exception } from '../../core/failure.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { RunTransfer } from '../../core/run-file/after-search.ts';
import { presetRecipe } from '../../core/search/presets.ts';
import type { Recipe } from '../../core/search/recipe.ts';
import { startAsk } from '../../workers/clients.ts';
import { siteBase } from '../../workers/site-base.ts';
import { startCompose, type ComposeHandle } from '../../workers/compose-client.ts';

/** What is to be trained: everything of a transfer but its result. */
export type TransferPlan = Omit<RunTransfer, 'error' | 'testError'>;

interface Trained {
  readonly architecture: Architecture;
  readonly weights: Weights;
}

/** Found cells trained elsewhere, from scratch and one at a time, in a worker of their own; kept with the run. */
export class Transfers {
  running = $state.raw<TransferPlan | null>(null);
  /** Images that the running one has seen. */
  seen = $state(0);
  failure = $state('');
  readonly #beside: { transferred: readonly RunTransfer[] };
  #handle: ComposeHandle | null = null;
  /** Of those trained on this page; a file does not keep them. */
  readonly #trained = new WeakMap<RunTransfer, Trained>();

  constructor(beside: { transferred: readonly RunTransfer[] }) {
    this.#beside = beside;
  }

  get list(): readonly RunTransfer[] {
    return this.#beside.transferred;
  }

  /** Trains `architecture` with the settings of `recipe` on the plan's data set, split by the recipe's seed. */
  async start(plan: TransferPlan, architecture: Architecture, recipe: Recipe): Promise<void> {
    this.stop();
    this.running = plan;
    this.seen = 0;
    this.failure = '';
    const handle = startCompose();
    this.#handle = handle;
    const result = await this.#train(handle, plan, architecture, recipe);
    if (this.#handle !== handle) return;
    this.stop();
    if (!result.ok) {
      this.failure = texts.describeFailure(result.reason);
      return;
    }
    const { error, weights } = result.value;
    const transfer: RunTransfer = { ...plan, error };
    this.#trained.set(transfer, { architecture, weights });
    this.#beside.transferred = [...this.list, transfer];
  }

  async #train(
    handle: ComposeHandle,
    { dataset, images }: TransferPlan,
    architecture: Architecture,
    recipe: Recipe,
  ): Promise<Result<{ error: number; weights: Weights }>> {
    const augment = recipe.augment === 'none' ? 'none' : presetRecipe(dataset, 'long').augment;
    const prepared = await handle.prepare({ ...recipe, dataset, secondDataset: '', augment });
    if (!prepared.ok) return prepared;
    const trained = await handle.train(
      { network: 1, architecture, from: null, ownImages: images },
      (point) => {
        if (this.#handle === handle) this.seen = point.images;
      },
    );
    if (!trained.ok) return trained;
    const weights = await handle.weights(1);
    const { error } = trained.value.objectives;
    return weights && error !== undefined
      ? ok({ error, weights })
      : fail({ code: 'weights-missing', network: 1 });
  }

  /** Whether its weights are here, so that it can be tested. */
  canTest = (transfer: RunTransfer): boolean => this.#trained.has(transfer);

  /** Measures its error on the official test images; once, as the result is kept. */
  async test(transfer: RunTransfer, { seed, backend }: Recipe): Promise<void> {
    const trained = this.#trained.get(transfer);
    if (!trained || transfer.testError !== undefined) return;
    const ask = startAsk();
    try {
      const ready = await ask.api.prepare(transfer.dataset, seed, backend, siteBase());
      await ask.api.keep(transfer.from, trained);
      const tested = ready.ok ? await ask.api.testError(transfer.from) : ready;
      if (!tested.ok) {
        this.failure = texts.describeFailure(tested.reason);
      } else {
        const known = { ...transfer, testError: tested.value };
        this.#trained.set(known, trained);
        this.#beside.transferred = this.list.map((one) => (one === transfer ? known : one));
      }
    } catch (error) {
      this.failure = texts.describeFailure(exception(error));
    } finally {
      ask.dispose();
    }
  }

  stop(): void {
    this.#handle?.dispose();
    this.#handle = null;
    this.running = null;
  }
}
