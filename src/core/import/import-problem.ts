import type { Failure } from '../failure.ts';

/** Why a file is no network that can be held against a run's: a code and the values that its words need. */
export type ImportProblem =
  | { readonly code: 'not-onnx' }
  | { readonly code: 'too-large'; readonly bytes: number; readonly most: number }
  /** Its weights lie in the file `path`. */
  | { readonly code: 'external-data'; readonly path: string }
  /** Numbers of TensorProto.DataType `type`, which are not read. */
  | { readonly code: 'number-type'; readonly type: number }
  | { readonly code: 'inputs'; readonly count: number }
  /** It takes numbers of another type than float32, float64 or uint8. */
  | { readonly code: 'input-type'; readonly type: number }
  /** Sizes as text, channels first: `takes` of the network, `given` of the data set. */
  | { readonly code: 'input-shape'; readonly takes: string; readonly given: string }
  | { readonly code: 'classes'; readonly answers: number; readonly classes: number }
  /** Its output is not one row of numbers an image. */
  | { readonly code: 'output-shape'; readonly shape: string }
  | { readonly code: 'not-finite' }
  /** Neither our own code nor onnxruntime-web runs it; what that said. */
  | {
      readonly code: 'not-runnable';
      readonly operators: readonly string[];
      readonly operatorSet: number;
      readonly detail: string;
    }
  /** onnxruntime-web, which it needs, could not be loaded. */
  | { readonly code: 'runtime-missing'; readonly operators: readonly string[] }
  | { readonly code: 'failed'; readonly cause: Failure };
