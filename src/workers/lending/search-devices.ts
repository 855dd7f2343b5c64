import type { SearchState } from '../../core/search/state.ts';
import { isOwnId, type Recipe } from '../../core/search/recipe.ts';
import { exception } from '../../core/failure.ts';
import { fail, type Result } from '../../core/result.ts';
import type { BackendKind } from '../../engine/engine.ts';
import { connectTrainer } from '../connect-trainer.ts';
import type { AskedNetwork, MeasuredErrors, SiteBase, TrainedNetwork } from '../protocol.ts';
import type { TrainerConnection, TrainerPool } from '../trainer-pool.ts';
import { Stopwatch } from '../stopwatch.ts';
import { beatSeconds, DeviceHub } from './hub.ts';
import type { FromSearch, ToSearch } from './report.ts';

interface Opened {
  readonly recipe: Recipe;
  readonly backend: BackendKind;
  readonly site: SiteBase;
  readonly pool: TrainerPool;
}

const randomShare = (): number => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;

/**
 * A worker that measures again what other devices claim, beside those that train: a check waits for no child. It starts
 * with the first check.
 */
class Checker {
  readonly #recipe: Recipe;
  readonly #site: SiteBase;
  #trainer: TrainerConnection | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(recipe: Recipe, site: SiteBase) {
    this.#recipe = recipe;
    this.#site = site;
  }

  evaluate(network: AskedNetwork): Promise<Result<MeasuredErrors>> {
    const next = this.#last.then(() => this.#evaluate(network));
    this.#last = next.catch(() => {});
    return next;
  }

  async #evaluate(network: AskedNetwork): Promise<Result<MeasuredErrors>> {
    try {
      if (!this.#trainer) {
        const trainer = connectTrainer();
        const prepared = await trainer.api.prepare(this.#recipe, this.#site);
        if (!prepared.ok) {
          trainer.terminate();
          return prepared;
        }
        this.#trainer = trainer;
      }
      return await this.#trainer.api.evaluate(network);
    } catch (error) {
      this.#trainer?.terminate();
      this.#trainer = null;
      return fail(exception(error));
    }
  }

  dispose(): void {
    this.#trainer?.terminate();
  }
}

/** The devices of one search, between its pool and the page that has the lines to them. Own pictures are lent to none. */
export class SearchDevices {
  #port: MessagePort | null = null;
  #opened: Opened | null = null;
  #hub: DeviceHub | null = null;
  #checker: Checker | null = null;
  #beat: ReturnType<typeof setInterval> | null = null;
  #isPaused = true;
  /** Of training, since the search began. */
  readonly #trained = new Stopwatch();
  /** Who trained a network, where another device did. */
  readonly #trainedBy = new Map<number, string>();

  attach(port: MessagePort): void {
    this.#port?.close();
    this.#port = port;
    this.#start();
  }

  /** The search's trainers are ready. */
  open(opened: Opened): void {
    this.#opened = opened;
    this.#start();
  }

  trained(result: Result<TrainedNetwork>): void {
    if (!result.ok) return;
    const { network, device } = result.value;
    if (device !== undefined) this.#trainedBy.set(network, device);
    this.#hub?.trained(result.value);
  }

  /** A generation has ended. */
  news(state: SearchState): void {
    const networks = new Map(state.networks.map((record) => [record.id, record]));
    const front = state.front.flatMap((id) => {
      const { parameters, error } = networks.get(id)?.objectives ?? {};
      return parameters === undefined || error === undefined
        ? []
        : [{ network: id, parameters, error, device: this.#trainedBy.get(id) }];
    });
    const evaluated = state.networks.filter(({ status }) => status === 'evaluated').length;
    this.#hub?.news(state.generation, evaluated, front);
  }

  paused(isPaused: boolean): void {
    this.#isPaused = isPaused;
    if (isPaused) this.#trained.stop();
    else this.#trained.start();
    this.#hub?.paused(isPaused);
  }

  /** The search has ended; devices may be lent to another. */
  over(): void {
    this.#trained.stop();
    this.#hub?.over();
    if (this.#beat !== null) clearInterval(this.#beat);
    this.#checker?.dispose();
  }

  #start(): void {
    const [port, opened] = [this.#port, this.#opened];
    if (!port || !opened || isOwnId(opened.recipe.dataset) || isOwnId(opened.recipe.secondDataset)) return;
    const { recipe, backend, site, pool } = opened;
    const lent = { ...recipe, backend };
    const say = (message: FromSearch) => port.postMessage(message);
    this.#hub?.over();
    if (this.#beat !== null) clearInterval(this.#beat);
    const checker = (this.#checker ??= new Checker(lent, site));
    const hub = (this.#hub = new DeviceHub({
      recipe: lent,
      backend,
      send: (line, bytes) => say({ kind: 'bytes', line, bytes }),
      close: (line) => say({ kind: 'close', line }),
      report: (report) => say({ kind: 'report', report }),
      lend: (trainer) => pool.lend(trainer),
      evaluate: (network) => checker.evaluate(network),
      chance: randomShare,
      isPaused: () => this.#isPaused,
      minutes: () => this.#trained.seconds() / 60,
    }));
    this.#beat = setInterval(() => hub.beat(), beatSeconds * 1000);
    port.onmessage = ({ data }: MessageEvent<ToSearch>) => {
      if (data.kind === 'opened') hub.opened(data.line, data.way);
      else if (data.kind === 'closed') hub.closed(data.line);
      else if (data.kind === 'bytes') hub.received(data.line, data.bytes);
      else {
        hub.dismiss();
        say({ kind: 'dismissed' });
      }
    };
    say({ kind: 'open' });
  }
}
