import type { ObjectiveValues } from '../../core/search/objectives.ts';
import type { MeasuredOnnx } from '../../workers/onnx-import.ts';

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
