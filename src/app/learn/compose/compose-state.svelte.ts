import { texts } from '../../text/texts.ts';
import { writeFailure, type Failure } from '../../../core/failure.ts';
import { trivialNetworks } from '../../../core/architecture/starting-networks.ts';
import type { Weights } from '../../../core/architecture/weights.ts';
import type { Morphism } from '../../../core/morphisms/morphism.ts';
import type { RunView } from '../../../core/run-file/view.ts';
import type { TaskFacts } from '../../../core/search/bounds.ts';
import type { LearningPoint, NetworkId } from '../../../core/search/events.ts';
import type { Recipe } from '../../../core/search/recipe.ts';
import { catalog } from '../../../datasets/catalog.ts';
import type { BackendReport } from '../../../engine/engine.ts';
import { startCompose, type ComposeHandle } from '../../../workers/compose-client.ts';
import { SideRun } from '../../model/side-run.svelte.ts';
import { asRun } from './as-run.ts';
import * as tree from './history.ts';
import { puzzleById, puzzleRecipe, type Puzzle } from './puzzles.ts';

export type ComposePhase = 'preparing' | 'training' | 'ready' | 'failed';

/** Composing by hand: the tree of networks, their training in a worker, and the opponent. */
export class ComposeState {
  puzzle = $state.raw<Puzzle>(puzzleById(null));
  history = $state.raw<tree.History>(tree.beginHistory({ nodes: [] }));
  phase = $state<ComposePhase>('preparing');
  failure = $state('');
  backend = $state.raw<BackendReport | null>(null);
  validationImages = $state(0);
  /** LEMONADE on the same task with the same number of images. */
  readonly opponent = new SideRun(250);
  seed = 1;
  recipe: Recipe;
  facts: TaskFacts;
  /** All that was composed, as every chart reads it. */
  view: RunView;
  here: tree.Composed;
  line: readonly tree.Composed[];
  #handle: ComposeHandle | null = null;

  readonly #asked: number;

  constructor(puzzle: Puzzle, seed: number) {
    this.#asked = seed;
    this.recipe = $derived(puzzleRecipe(this.puzzle, this.seed));
    this.facts = $derived.by(() => {
      const { height, width, channels, classes } = catalog[this.puzzle.dataset];
      return { height, width, channels, classes: classes.length };
    });
    this.view = $derived(asRun(this.history, this.recipe, this.facts));
    this.here = $derived(tree.composed(this.history));
    this.line = $derived(tree.lineTo(this.history));
    this.choose(puzzle);
  }

  /** Begins a puzzle anew. */
  choose(puzzle: Puzzle): void {
    this.seed = puzzle.seed ?? this.#asked;
    this.puzzle = puzzle;
    this.opponent.clear();
    const { height, width, channels, classes } = catalog[puzzle.dataset];
    const start = trivialNetworks({ height, width, channels }, classes.length)[puzzle.start]!;
    this.history = tree.beginHistory(start);
    this.failure = '';
    void this.#begin();
  }

  async #begin(): Promise<void> {
    const { history } = this;
    this.phase = 'preparing';
    // Leaving a training undone would let it answer into the next puzzle: its worker goes with it.
    this.#handle?.dispose();
    const handle = startCompose();
    this.#handle = handle;
    const ready = await handle.prepare(this.recipe);
    if (this.#handle !== handle) return;
    if (!ready.ok) return this.#fail(ready.reason);
    this.backend = ready.value.backend;
    this.validationImages = ready.value.validationImages;
    await this.#train(tree.composed(history));
  }

  /** Applies `morphism` here and trains the child; nothing where it was made before. Why not, where it is not legal. */
  apply(morphism: Morphism): string {
    if (this.phase !== 'ready') return '';
    const applied = tree.apply(this.history, morphism);
    if (!applied.ok) return applied.reason;
    this.history = applied.value;
    const child = tree.composed(this.history);
    if (!child.trained) {
      this.history = tree.change(this.history, child.id, { failure: null });
      void this.#train(child);
    }
    return '';
  }

  undo(): void {
    if (this.phase === 'ready') this.history = tree.undo(this.history);
  }

  redo(): void {
    if (this.phase === 'ready') this.history = tree.redo(this.history);
  }

  goTo(id: NetworkId): void {
    if (this.phase === 'ready') this.history = tree.goTo(this.history, id);
  }

  /** Weights of network `id`; null where the worker has none. */
  async weightsOf(id: NetworkId): Promise<Weights | null> {
    return (await this.#handle?.weights(id)) ?? null;
  }

  dispose(): void {
    this.opponent.clear();
    this.#handle?.dispose();
    this.#handle = null;
  }

  async #train(node: tree.Composed): Promise<void> {
    const handle = this.#handle;
    if (!handle) return;
    this.phase = 'training';
    const curve: LearningPoint[] = [];
    const parent = node.parent === null ? null : tree.composed(this.history, node.parent);
    const result = await handle.train(
      {
        network: node.id,
        architecture: node.architecture,
        from:
          parent && node.morphism
            ? { parent: parent.id, architecture: parent.architecture, morphism: node.morphism }
            : null,
        ownImages: parent ? this.puzzle.imagesPerStep : this.puzzle.imagesPerSeed,
      },
      (point) => {
        if (this.#handle !== handle) return;
        curve.push(point);
        this.history = tree.change(this.history, node.id, { curve: [...curve] });
      },
    );
    if (this.#handle !== handle) return;
    if (!result.ok) {
      this.history = tree.undo(tree.change(this.history, node.id, { failure: writeFailure(result.reason) }));
      if (parent) this.phase = 'ready';
      else this.#fail(result.reason);
      this.failure = texts.describeFailure(result.reason);
      return;
    }
    const { objectives, ownImages, trainSeconds, distillation, agreement } = result.value;
    this.history = tree.change(this.history, node.id, {
      trained: {
        error: objectives.error ?? 1,
        ownImages,
        trainSeconds,
        ...(distillation ? { distillation } : {}),
        ...(agreement ? { agreement } : {}),
      },
    });
    this.failure = '';
    this.phase = 'ready';
  }

  #fail(reason: Failure): void {
    this.phase = 'failed';
    this.failure = texts.describeFailure(reason);
  }
}
