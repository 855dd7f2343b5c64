import { exception, type Failure } from './failure.ts';

/** An expected failure is a value, also across the worker line; misuse throws. */
export type Result<T, E = Failure> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: E };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const fail = <E>(reason: E): { readonly ok: false; readonly reason: E } => ({ ok: false, reason });

/** An answer, or the failure for which there will be none. */
export const orFailure = <T>(answer: Promise<Result<T>>): Promise<Result<T>> =>
  answer.catch((error: unknown) => fail(exception(error)));
