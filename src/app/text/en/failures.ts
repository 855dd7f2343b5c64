import { readFailure, type Failure, type FailureCode } from '../../../core/failure.ts';
import { plural } from './plurals.ts';
import { say } from '../say.ts';

const decoding = {
  'not-gzip': 'it is not compressed as it should be',
  'wrong-length': 'it does not have as many pixels as it should',
  'unknown-label': 'one of its labels names no class',
  'invalid-network': 'it holds no valid network',
};

const counted = (count: number) => plural(count, 'is one', `are ${count}`);

/** Words for every code; the compiler finds a missing one. */
const sentences: {
  readonly [C in FailureCode]: (failure: Extract<Failure, { readonly code: C }>) => string;
} = {
  aborted: () => 'it was stopped',
  diverged: () => 'diverged',
  'not-prepared': () => 'it was asked before it was ready',
  'no-second-dataset': () => 'there is no second data set',
  'no-trainer-left': () => 'no trainer is left',
  'trainer-silent': () => 'its trainer stopped answering',
  'worker-closed': () => 'its worker has ended without a word',
  'worker-silent': () => 'its worker does not answer any more',
  'message-unreadable': () => 'a message of the trainer could not be read',
  'stored-run-unreadable': () => 'the stored run could not be read',
  'run-open-elsewhere': () => 'this run goes on in another tab',
  'run-taken-over': () => 'this run goes on in another tab now',
  'weights-not-here': () => 'The weights of this network are not in this browser.',
  'weights-of-front-only': () => 'The recording comes with the weights of its front only.',
  'inference-time-not-measured': () => 'inference time could not be measured on this device',
  'no-storage': () => 'The pictures cannot be read: this browser lends the page no storage.',
  'pictures-elsewhere': () =>
    'The pictures of this run are not in this browser: open them under Data set, Your own pictures.',
  'blank-picture': () => 'There is nothing on this picture yet.',
  'picture-unreadable': () => 'This file is not a picture that the browser can read.',
  'canvas-noise': () =>
    'This browser gives noise for drawings and pictures, as it resists fingerprinting: allow this site to read canvas data (beside the address), then load the page again.',
  'no-webgpu': () => 'this browser offers no WebGPU adapter',
  'no-webgl': () => 'this browser offers no WebGL 2 here',
  'no-webassembly': () => 'this browser offers no WebAssembly',
  'no-simd': () => 'its WebAssembly has no vector instructions (SIMD)',
  'no-tanh-network': () => 'there is no network with tanh for this',
  superseded: () => 'other pictures are being read',
  exception: ({ detail }) => detail,
  'device-lost': ({ detail }) => `the graphics device was lost (${detail})`,
  'out-of-gpu-memory': ({ detail }) => `the graphics device has too little memory (${detail})`,
  'gpu-error': ({ detail }) => `the graphics device reports an error (${detail})`,
  'worker-crashed': ({ detail }) => (detail ? `its worker crashed (${detail})` : 'its worker crashed'),
  'illegal-morphism': ({ detail }) => `a step of its chain does not apply (${detail})`,
  'emulated-gpu': ({ detail }) => `${detail} is emulated on the processor: wasm is faster`,
  'backend-not-started': ({ detail }) => `the ${detail} backend did not start`,
  'trainer-died': ({ cause }) => `its trainers stopped one after the other: ${describeFailure(cause)}`,
  'trainer-not-started': ({ cause }) => `no trainer could be started: ${describeFailure(cause)}`,
  'plan-refused': ({ cause }) => `compiled plan: ${describeFailure(cause)}`,
  'every-start-failed': ({ cause }) => `every starting network failed (${describeFailure(cause)})`,
  extinct: ({ cause }) => `no network is left to go on from (${describeFailure(cause)})`,
  'self-test': ({ difference }) => `self-test: off by ${difference.toPrecision(2)} from the known numbers`,
  slower: ({ imagesPerSecond, taken }) =>
    `measured here, it trains ${Math.round(imagesPerSecond)} images a second, and the one taken ${Math.round(taken)}`,
  'no-backend': ({ tried }) =>
    tried.map(({ kind, reason }) => `${kind}: ${describeFailure(reason)}`).join('; '),
  'weights-missing': ({ network }) => `the weights of network ${network} are not here`,
  'load-stopped': ({ path }) => `Loading ${path} was stopped.`,
  offline: ({ path, detail }) => `Could not load ${path}: this device seems to be offline (${detail}).`,
  'file-missing': ({ path, status }) => `The file ${path} is missing from this site (HTTP status ${status}).`,
  'connection-broke': ({ path, detail }) => `The connection broke while ${path} was loading (${detail}).`,
  'file-unreadable': ({ path, detail }) => `The file ${path} could not be read (${detail}).`,
  'file-length': ({ path, bytes, expected }) => `The file ${path} has ${bytes} bytes instead of ${expected}.`,
  'file-changed': ({ path }) =>
    `The file ${path} is not the one this site was built with: its checksum differs.`,
  'file-undecodable': ({ path, problem }) => `The file ${path} cannot be decoded: ${decoding[problem]}.`,
  'class-count': ({ count, most }) =>
    `Two to ${most} classes of pictures are needed; there ${counted(count)}.`,
  'class-too-small': ({ name, count, least }) =>
    `The class "${name}" has ${count} different pictures; at least ${least} are needed.`,
};

/** A failure in words; the place that shows it may put them into a sentence of its own. */
export function describeFailure<F extends Failure>(failure: F): string {
  return say(sentences[failure.code], failure);
}

/** What a log or a run file keeps of a failure, in words; a sentence of an older file as it is. */
export function describeKept(text: string): string {
  const failure = readFailure(text);
  return failure ? describeFailure(failure) : text;
}
