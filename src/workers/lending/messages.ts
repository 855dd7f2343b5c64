import * as v from 'valibot';
import { architectureSchema } from '../../core/architecture/schema.ts';
import type { Weights } from '../../core/architecture/weights.ts';
import { morphismSchema } from '../../core/morphisms/parse.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { recipeSchema } from '../../core/run-file/recipe-schema.ts';
import { count, id, most, real, share, size, text } from '../../core/run-file/values.ts';

/*
 * What a host and a device that lends its trainers say to each other: JSON that one of two schemas accepts, and float32
 * arrays behind it. Neither side ever sends code. Everything that arrives is read here, whoever sent it.
 */

/** Both sides must speak the same; it changes when a message or the numbers of a training do. */
export const lendingVersion = 2;
/** Bytes of one message, at most: twice the weights of the largest network that a recipe allows, several times over. */
export const mostBytes = 64 * 1024 * 1024;
const mostHeaderBytes = 512 * 1024;
/** Characters of the name that a device may give itself. */
export const longestName = 40;

const name = text(longestName);
/** A device's own random name, the same when it comes back. */
const self = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/));
const number = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const cores = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1024));
const backend = v.picklist(['webgpu', 'webgl', 'wasm', 'cpu']);
/** A failure as writeFailure writes it. */
const reason = text(most.text);
/** A share of the recipe's rate. */
const rate = v.pipe(size, v.maxValue(100));
const chain = v.pipe(v.array(morphismSchema), v.maxLength(most.chain));

const job = v.object({
  kind: v.literal('job'),
  job: number,
  network: id,
  architecture: architectureSchema,
  /** With one array: the parent's weights; with two: its running average too. */
  inheritance: v.nullable(v.object({ parent: architectureSchema, chain })),
  ownImages: v.pipe(count, v.maxValue(10_000_000)),
  inheritedImages: count,
  rates: v.nullable(v.object({ first: rate, last: rate })),
  averaging: v.pipe(v.number(), v.minValue(0), v.maxValue(1000)),
});

/** What the student's screen shows of the shared search; `mine` are networks that this device trained. */
const news = v.object({
  kind: v.literal('news'),
  generation: count,
  evaluated: count,
  devices: count,
  contributed: count,
  front: v.pipe(
    v.array(v.object({ network: id, parameters: size, error: share, mine: v.boolean() })),
    v.maxLength(500),
  ),
});

const fromHost = v.variant('kind', [
  v.object({ kind: v.literal('welcome'), version: number, recipe: recipeSchema, search: number }),
  job,
  v.object({ kind: v.literal('cancel'), job: number }),
  v.object({ kind: v.literal('kept'), job: number }),
  v.object({ kind: v.literal('pause') }),
  v.object({ kind: v.literal('resume') }),
  v.object({ kind: v.literal('ping'), beat: number }),
  news,
  /** This search has ended; another may follow. */
  v.object({ kind: v.literal('over'), search: number }),
  v.object({
    kind: v.literal('refused'),
    why: v.picklist(['version', 'lied', 'full', 'nonsense', 'own-pictures', 'closed']),
  }),
]);

const closeness = {
  distillation: v.exactOptional(v.object({ before: real, after: real })),
  agreement: v.exactOptional(v.object({ same: count, of: count, maxDifference: size })),
};

const fromDevice = v.variant('kind', [
  v.object({ kind: v.literal('hello'), version: number, self, name, cores }),
  v.object({
    kind: v.literal('ready'),
    search: number,
    backend,
    selfTestPassed: v.boolean(),
    trainers: cores,
    /** Images a second of all its trainers together, by the same measure as the host's. */
    speed: size,
  }),
  v.object({ kind: v.literal('unable'), search: number, reason }),
  v.object({
    kind: v.literal('progress'),
    job: number,
    point: v.object({ images: count, loss: real }),
  }),
  v.object({
    kind: v.literal('result'),
    job: number,
    objectives: v.object({ error: share, secondError: v.exactOptional(share) }),
    forwardEquivalents: count,
    trainSeconds: v.pipe(size, v.maxValue(1e6)),
    learningExponent: v.exactOptional(v.pipe(size, v.maxValue(1000))),
    ...closeness,
  }),
  v.object({ kind: v.literal('failed'), job: number, reason }),
  v.object({ kind: v.literal('pong'), beat: number }),
  v.object({ kind: v.literal('bye') }),
]);

export type FromHost = v.InferOutput<typeof fromHost>;
export type FromDevice = v.InferOutput<typeof fromDevice>;
export type HostJob = Extract<FromHost, { kind: 'job' }>;
export type HostNews = Extract<FromHost, { kind: 'news' }>;
export type DeviceResult = Extract<FromDevice, { kind: 'result' }>;
export type RefusalReason = Extract<FromHost, { kind: 'refused' }>['why'];

export interface Received<T> {
  readonly message: T;
  readonly arrays: readonly Weights[];
}

/** One message as bytes: the header's length (uint32), the header (JSON, with the arrays' lengths), the arrays. */
export function encodeMessage(
  message: FromHost | FromDevice,
  arrays: readonly Weights[] = [],
): Uint8Array<ArrayBuffer> {
  const header = new TextEncoder().encode(
    JSON.stringify({ message, arrays: arrays.map(({ length }) => length) }),
  );
  const floats = arrays.reduce((sum, { length }) => sum + length, 0);
  const bytes = new Uint8Array(4 + header.length + 4 * floats);
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  bytes.set(header, 4);
  let at = 4 + header.length;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += array.byteLength;
  }
  return bytes;
}

const envelope = v.object({
  message: v.unknown(),
  arrays: v.pipe(v.array(v.pipe(count, v.maxValue(mostBytes / 4))), v.maxLength(2)),
});

/** Reads bytes by `schema`. The reason says what is wrong with them, in English, for the log of whoever looks. */
function decode<T>(
  schema: v.GenericSchema<unknown, T>,
  bytes: Uint8Array<ArrayBuffer>,
): Result<Received<T>, string> {
  if (bytes.length < 4 || bytes.length > mostBytes) return fail('of no sensible length');
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  if (headerLength > mostHeaderBytes || 4 + headerLength > bytes.length)
    return fail('its header is too long');
  let header: unknown;
  try {
    header = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(4, 4 + headerLength)),
    );
  } catch {
    return fail('its header is no JSON');
  }
  const outer = v.safeParse(envelope, header);
  if (!outer.success) return fail('its header is not of the form');
  const message = v.safeParse(schema, outer.output.message);
  if (!message.success) {
    const [issue] = message.issues;
    return fail(`${v.getDotPath(issue) ?? 'message'}: ${issue.message}`);
  }
  let at = 4 + headerLength;
  const floats = outer.output.arrays.reduce((sum, length) => sum + length, 0);
  if (at + 4 * floats !== bytes.length) return fail('its arrays are not as long as it says');
  const arrays = outer.output.arrays.map((length) => {
    const from = bytes.byteOffset + at;
    at += 4 * length;
    return new Float32Array(bytes.buffer.slice(from, from + 4 * length));
  });
  if (!arrays.every((array) => array.every(Number.isFinite))) return fail('not all its numbers are finite');
  return ok({ message: message.output, arrays });
}

export const readFromHost = (bytes: Uint8Array<ArrayBuffer>): Result<Received<FromHost>, string> =>
  decode(fromHost, bytes);
export const readFromDevice = (bytes: Uint8Array<ArrayBuffer>): Result<Received<FromDevice>, string> =>
  decode(fromDevice, bytes);
