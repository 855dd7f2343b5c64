import { fail, type Result } from '../../core/result.ts';
import type { ImportProblem } from '../../core/import/import-problem.ts';
import type { PixelScale } from '../../core/import/onnx-input.ts';
import type { ObjectiveValues } from '../../core/search/objectives.ts';
import type { Recipe } from '../../core/search/recipe.ts';
import { startOnnxImport, type OnnxHandle } from '../../workers/onnx-client.ts';
import type { MeasuredOnnx, OnnxProgress } from '../../workers/onnx-import.ts';
import type { ImportedOnnx } from './imported.ts';

/** A larger file is not read: networks of a search have some kilobytes. [ours] */
const mostBytes = 100_000_000;

/** What importing needs of the run that files are held against. */
interface ImporterRun {
  readonly recipe: Recipe;
  readonly sideRuns: { imported: readonly ImportedOnnx[] };
}

const objectivesOf = ({ cost, error }: MeasuredOnnx): ObjectiveValues => ({ ...cost, error });

/** Measures ONNX files of the user's own on the images of a run, one after the other, in a worker. */
export class Importer {
  /** The file that is measured; null where none is. */
  working = $state.raw<{ readonly name: string; readonly progress: OnnxProgress | null } | null>(null);
  /** Files that cannot be held against this run. */
  refused = $state.raw<readonly { readonly name: string; readonly problem: ImportProblem }[]>([]);
  readonly #run: ImporterRun;
  #handle: OnnxHandle | null = null;
  #last = 0;
  #queue: Promise<void> = Promise.resolve();

  constructor(run: ImporterRun) {
    this.#run = run;
    this.#last = Math.max(0, ...run.sideRuns.imported.map(({ key }) => key));
  }

  /** A file of a name that is there already takes its place. */
  take(files: readonly File[]): Promise<void> {
    for (const file of files) this.#queue = this.#queue.then(() => this.#take(file, null));
    return this.#queue;
  }

  /** Measures again with another way of giving pixels. */
  again({ name, file }: ImportedOnnx, scale: PixelScale): void {
    this.#queue = this.#queue.then(() => this.#take(new File([file], name), scale));
  }

  forget(name: string): void {
    this.refused = this.refused.filter((one) => one.name !== name);
  }

  /** Ends what is being measured; what was measured stays. */
  stop(): void {
    this.#handle?.dispose();
    this.#handle = null;
    this.#queue = Promise.resolve();
    this.working = null;
  }

  async #take(file: File, scale: PixelScale | null): Promise<void> {
    this.forget(file.name);
    this.working = { name: file.name, progress: null };
    const handle = startOnnxImport();
    this.#handle = handle;
    const measured = await this.#measure(handle, file, scale);
    handle.dispose();
    if (this.#handle !== handle) return;
    this.#handle = null;
    this.working = null;
    if (!measured.ok) {
      this.refused = [...this.refused, { name: file.name, problem: measured.reason }];
      return;
    }
    const { sideRuns } = this.#run;
    const before = sideRuns.imported.find(({ name }) => name === file.name);
    const one: ImportedOnnx = {
      ...{ key: before?.key ?? ++this.#last, name: file.name, file },
      ...{ measured: measured.value, objectives: objectivesOf(measured.value) },
    };
    sideRuns.imported = before
      ? sideRuns.imported.map((other) => (other === before ? one : other))
      : [...sideRuns.imported, one];
  }

  async #measure(
    handle: OnnxHandle,
    file: File,
    scale: PixelScale | null,
  ): Promise<Result<MeasuredOnnx, ImportProblem>> {
    if (file.size > mostBytes) return fail({ code: 'too-large', bytes: file.size, most: mostBytes });
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      bytes = new Uint8Array(await file.arrayBuffer());
    } catch {
      return fail({ code: 'not-onnx' });
    }
    const { dataset, seed } = this.#run.recipe;
    return handle.measure({ bytes, dataset, seed, scale }, (progress) => {
      if (this.#handle === handle) this.working = { name: file.name, progress };
    });
  }
}
