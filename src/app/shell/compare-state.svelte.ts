import { datasetsOf, labelled } from '../../core/compare/labels.ts';
import { compareRuns, type Comparison } from '../../core/compare/comparison.ts';
import { viewOf } from '../../core/run-file/fold.ts';
import { isFrontOnly, type RunView } from '../../core/run-file/view.ts';
import type { NetworkId, SearchEvent } from '../../core/search/events.ts';
import { formatRecipe } from '../../core/search/recipe-parse.ts';
import type { DatasetId } from '../../core/search/recipe.ts';
import type { Run } from '../model/run.svelte.ts';
import { texts } from '../text/texts.ts';
import type { LinkedRun } from './compare-links.ts';
import { PuzzleResults } from './puzzle-results.svelte.ts';

export type EntryOrigin = 'page' | 'file' | 'stored' | 'queue' | LinkedRun['origin'];

/** A run that can be compared. */
export interface Entry {
  /** Of the stored run, or a number of its own. */
  readonly id: string;
  readonly name: string;
  readonly origin: EntryOrigin;
  readonly view: RunView;
  /** On the official test images, where they were measured. */
  readonly testErrors?: ReadonlyMap<NetworkId, number>;
}

/** What tells two runs of links apart: equal searches have equal results, but pupils have names. */
function linkedId({ name, view: { recipe, front, networks } }: LinkedRun): string {
  const values = front.map((id) =>
    recipe.objectives.map((key) => networks.get(id)!.objectives[key]?.toPrecision(5)).join(),
  );
  return ['link', name, formatRecipe(recipe), ...values.sort()].join(' ');
}

/** The runs side by side, which of them are drawn, and what comes out. */
export class CompareState {
  entries = $state.raw<readonly Entry[]>([]);
  hidden = $state.raw<readonly string[]>([]);
  dataset = $state<DatasetId>('fashion');
  shown: readonly Entry[];
  datasets: readonly DatasetId[];
  comparison: Comparison | null;
  /** Of the puzzle of the day, beside the runs. */
  readonly puzzles = new PuzzleResults();
  #numbered = 0;

  constructor(run: Run) {
    this.dataset = run.recipe.dataset;
    this.datasets = $derived(datasetsOf(this.entries.map(({ view }) => view)));
    this.shown = $derived(
      this.entries.filter(
        ({ id, view }) => view.recipe.dataset === this.dataset && !this.hidden.includes(id),
      ),
    );
    this.comparison = $derived(
      compareRuns(labelled(this.shown, texts.strategyTitles, texts.compare.frontOnly)),
    );
    const whole = run.log.whole;
    if (whole && whole.front.length > 0)
      this.#add({
        id: 'page',
        name: run.name,
        origin: 'page',
        view: whole,
        testErrors: run.tests.known,
      });
    for (const overlay of run.overlays.list)
      this.#add({ id: `overlay-${++this.#numbered}`, origin: 'file', ...overlay });
  }

  #add(entry: Entry): void {
    this.entries = [...this.entries.filter(({ id }) => id !== entry.id), entry];
    if (!this.entries.some(({ view }) => view.recipe.dataset === this.dataset))
      this.dataset = entry.view.recipe.dataset;
  }

  /** False where the log has no front yet. */
  add(
    run: Pick<Entry, 'name' | 'origin' | 'testErrors'> & {
      readonly events: readonly SearchEvent[];
      readonly id?: string;
    },
  ): boolean {
    const { events, id, ...facts } = run;
    const view = viewOf(events);
    if (!view || view.front.length === 0) return false;
    this.#add({ ...facts, id: id ?? `run-${++this.#numbered}`, view });
    return true;
  }

  /** False where the same result of the same name is there already; one of a front alone gives way to the whole. */
  addLinked(run: LinkedRun): boolean {
    const id = linkedId(run);
    const known = this.entries.find((entry) => entry.id === id);
    if (known && (run.origin === 'front' || !isFrontOnly(known.view))) return false;
    this.#add({ ...run, id });
    return true;
  }

  toggle(id: string): void {
    const rest = this.hidden.filter((one) => one !== id);
    this.hidden = rest.length < this.hidden.length ? rest : [...rest, id];
  }

  remove(id: string): void {
    this.entries = this.entries.filter((entry) => entry.id !== id);
  }
}
