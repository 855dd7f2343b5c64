import { datasetsOf, labelled } from '../../core/compare/labels.ts';
import { compareRuns, type Comparison } from '../../core/compare/comparison.ts';
import { viewOf } from '../../core/run-file/fold.ts';
import { isFrontOnly, type RunView } from '../../core/run-file/view.ts';
import type { NetworkId, SearchEvent } from '../../core/search/events.ts';
import { formatRecipe } from '../../core/search/recipe-parse.ts';
import type { DatasetId } from '../../core/search/recipe.ts';
import type { Run } from '../model/run.svelte.ts';
import { nameOf } from '../model/run-name.ts';
import { texts } from '../text/texts.ts';
import type { LinkedRun } from './compare-links.ts';
import { PuzzleResults } from './puzzle-results.svelte.ts';

export type EntryOrigin = 'page' | 'file' | 'stored' | 'queue' | LinkedRun['origin'];

/** A run that can be compared. */
export interface Entry {
  /** Of the stored run, or a number of its own. */
  readonly id: string;
  /** '' where a link names nobody: then its number stands for it. */
  readonly name: string;
  /** Of those that links do not name, from 1. */
  readonly number?: number;
  readonly origin: EntryOrigin;
  readonly view: RunView;
  /** On the official test images, where they were measured. */
  readonly testErrors?: ReadonlyMap<NetworkId, number>;
}

/** By a link or a code, as a pupil hands it in. */
export const isHandedIn = ({ origin }: Pick<Entry, 'origin'>): boolean =>
  origin === 'link' || origin === 'front';

/** What a run is called here: its name, or the number of a pupil whose link gives none. */
export const titleOfEntry = ({ name, number = 0 }: Entry): string => name || texts.compare.pupil(number);

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
  /** Runs that were handed in stand each for itself, under the pupil's name; else equal searches are seeds of one. */
  apart = $state(true);
  /** Pupils in the class, as the teacher says; 0 until then. */
  pupils = $state(0);
  /** Of the data set shown, one handed in at least. */
  isClass: boolean;
  /** Pupils of whom a run is here, whatever its data set. */
  received: number;
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
    this.isClass = $derived(this.shown.some(isHandedIn));
    this.received = $derived(
      this.entries
        .filter(isHandedIn)
        .map(titleOfEntry)
        .filter((title, index, all) => all.indexOf(title) === index).length,
    );
    const runs = $derived(
      this.shown.map((entry) => ({
        ...{ view: entry.view, ...(entry.testErrors && { testErrors: entry.testErrors }) },
        ...(this.apart &&
          this.isClass &&
          (isHandedIn(entry) || entry.origin === 'page') && { person: titleOfEntry(entry) }),
      })),
    );
    this.comparison = $derived(compareRuns(labelled(runs, texts.strategyTitles, texts.compare.frontOnly)));
    const whole = run.log.whole;
    if (whole && whole.front.length > 0)
      this.#add({
        id: 'page',
        name: nameOf(run.name, run.recipe),
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

  /**
   * Not `added` where the same result of the same name is there already; one of a front alone gives way to the whole.
   * `title` is what it is called here.
   */
  addLinked(run: LinkedRun): { readonly added: boolean; readonly title: string } {
    const id = linkedId(run);
    const known = this.entries.find((entry) => entry.id === id);
    if (known && (run.origin === 'front' || !isFrontOnly(known.view)))
      return { added: false, title: titleOfEntry(known) };
    const last = Math.max(0, ...this.entries.map(({ number = 0 }) => number));
    const entry = { ...run, id, ...(run.name === '' && { number: known?.number ?? last + 1 }) };
    this.#add(entry);
    return { added: true, title: titleOfEntry(entry) };
  }

  toggle(id: string): void {
    const rest = this.hidden.filter((one) => one !== id);
    this.hidden = rest.length < this.hidden.length ? rest : [...rest, id];
  }

  remove(id: string): void {
    this.entries = this.entries.filter((entry) => entry.id !== id);
  }
}
