import type { ObjectiveValues } from '../../core/search/objectives.ts';
import type { MeasuredOnnx } from '../../workers/onnx-import.ts';
import type { Session } from './session.svelte.ts';

/** A network out of an ONNX file of the user's own, measured on a run's validation images; kept while the page is open. */
export interface ImportedOnnx {
  readonly key: number;
  /** Of the file. */
  readonly name: string;
  readonly file: Blob;
  readonly measured: MeasuredOnnx;
  /** Of those that can be known: its error on the run's first data set, and what can be counted of its size. */
  readonly objectives: ObjectiveValues;
}

export const isOnnx = ({ name }: { readonly name: string }): boolean => /\.onnx$/i.test(name);

/** Opens the place of the user's own networks, and measures `files` there. */
export async function importOnnx({ run, page }: Session, files: readonly File[]): Promise<void> {
  page.drawer = 'onnx';
  const { Importer } = await import('./importer.svelte.ts');
  run.sideRuns.importer ??= new Importer(run);
  await run.sideRuns.importer.take(files);
}
