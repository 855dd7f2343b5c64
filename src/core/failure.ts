/** Failures that say all by their code. */
const plainFailures = [
  'aborted',
  /** The loss is not a finite number. */
  'diverged',
  /** A worker was asked before it was prepared. */
  'not-prepared',
  'no-second-dataset',
  /** Every trainer has stopped. */
  'no-trainer-left',
  'trainer-silent',
  /** A worker has ended without a word. */
  'worker-closed',
  /** A worker does not answer any more. */
  'worker-silent',
  'message-unreadable',
  'stored-run-unreadable',
  /** A stored run that another tab goes on with; and one that another tab has taken from this one. */
  'run-open-elsewhere',
  'run-taken-over',
  'weights-not-here',
  /** The recording has the weights of its front only. */
  'weights-of-front-only',
  'inference-time-not-measured',
  /** The browser lends the page no storage. */
  'no-storage',
  /** Own pictures that are not in this browser. */
  'pictures-elsewhere',
  'blank-picture',
  'picture-unreadable',
  /** The browser gives noise for what the page has drawn: it resists fingerprinting. */
  'canvas-noise',
  'no-webgpu',
  'no-webgl',
  'no-webassembly',
  'no-simd',
  'no-tanh-network',
  /** Another reading of pictures has begun. */
  'superseded',
] as const;
export type PlainFailure = (typeof plainFailures)[number];

/** Failures with `detail`: what the browser or the driver said, in its own words. */
const detailedFailures = [
  'exception',
  'device-lost',
  'out-of-gpu-memory',
  'gpu-error',
  'worker-crashed',
  'illegal-morphism',
  /** A GPU emulated on the processor, which nobody asked for by name; `detail` is the adapter. */
  'emulated-gpu',
  /** `detail` is the backend. */
  'backend-not-started',
] as const;
export type DetailedFailure = (typeof detailedFailures)[number];

/** Failures that another one led to. */
const causedFailures = [
  /** A child whose trainers died one after the other. */
  'trainer-died',
  'trainer-not-started',
  /** The compiled WebGPU plan; tfjs' own WebGPU may still do. */
  'plan-refused',
  /** No network is left to go on from; `cause` is why the last one failed. */
  'every-start-failed',
  'extinct',
] as const;
export type CausedFailure = (typeof causedFailures)[number];

/** Failures of loading the file `path`. */
export type FileFailure =
  | { readonly code: 'load-stopped' | 'file-changed'; readonly path: string }
  | {
      readonly code: 'offline' | 'connection-broke' | 'file-unreadable';
      readonly path: string;
      readonly detail: string;
    }
  | { readonly code: 'file-missing'; readonly path: string; readonly status: number }
  | { readonly code: 'file-length'; readonly path: string; readonly bytes: number; readonly expected: number }
  | { readonly code: 'file-undecodable'; readonly path: string; readonly problem: DecodingProblem };

/** Why bytes are no file of images. */
export type DecodingProblem = 'not-gzip' | 'wrong-length' | 'unknown-label' | 'invalid-network';

/** Why something that may fail did: a code, and the values that its words need; plain JSON. The page has the words. */
export type Failure =
  | { readonly code: PlainFailure }
  | { readonly code: DetailedFailure; readonly detail: string }
  | FileFailure
  | { readonly code: CausedFailure; readonly cause: Failure }
  /** The self-test's numbers are off by `difference`. */
  | { readonly code: 'self-test'; readonly difference: number }
  | { readonly code: 'no-backend'; readonly tried: readonly RefusedBackend[] }
  /** A backend that trains, but slower than the one that was taken; images per second of both. */
  | { readonly code: 'slower'; readonly imagesPerSecond: number; readonly taken: number }
  | { readonly code: 'weights-missing'; readonly network: number }
  | { readonly code: 'class-count'; readonly count: number; readonly most: number }
  | {
      readonly code: 'class-too-small';
      readonly name: string;
      readonly count: number;
      readonly least: number;
    };

/** A backend that was not taken, and why. */
export interface RefusedBackend {
  readonly kind: string;
  readonly reason: Failure;
}

export type FailureCode = Failure['code'];

/** What an error that was thrown says. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A failure that is thrown, where a promise has to be rejected. */
export class FailureError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(writeFailure(failure));
    this.failure = failure;
  }
}

/** An error that was thrown, as a failure. */
export const exception = (error: unknown): Failure =>
  error instanceof FailureError ? error.failure : { code: 'exception', detail: messageOf(error) };

/** A failure as a line of text, as logs and run files keep it: its code, and what more it says behind a colon. */
export function writeFailure(failure: Failure): string {
  const { code, ...values } = failure;
  if ('cause' in failure) return `${code}: ${writeFailure(failure.cause)}`;
  if ('tried' in failure)
    return `${code}: ${failure.tried.map(({ kind, reason }) => `${kind} ${writeFailure(reason)}`).join('; ')}`;
  return [code, ...Object.values(values)].join(': ');
}

/** The failure that writeFailure wrote; null where `text` is something else, as the sentence of an older file. */
export function readFailure(text: string): Failure | null {
  const at = text.indexOf(': ');
  const [name, rest] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 2)];
  const plain = plainFailures.find((code) => code === text);
  if (plain) return { code: plain };
  const [speed, taken] = rest.split(': ').map(Number);
  if (name === 'slower' && speed! > 0 && taken! > 0)
    return { code: 'slower', imagesPerSecond: speed!, taken: taken! };
  if (name === 'self-test' && Number(rest) > 0) return { code: 'self-test', difference: Number(rest) };
  const detailed = detailedFailures.find((code) => code === name);
  if (detailed) return { code: detailed, detail: rest };
  const caused = causedFailures.find((code) => code === name);
  const cause = caused && readFailure(rest);
  return caused && cause ? { code: caused, cause } : null;
}
