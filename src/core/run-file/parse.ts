import * as v from 'valibot';
import type { Weights } from '../architecture/weights.ts';
import { messageOf } from '../failure.ts';
import { fail, ok, type Result } from '../result.ts';
import type { NetworkId } from '../search/events.ts';
import { networkProblem } from '../search/network-problem.ts';
import type { Problem } from '../search/problem.ts';
import type { DatasetId } from '../search/recipe.ts';
import { checkRun, type FileProblem, type TaskShape } from './check.ts';
import { migrate } from './migrations.ts';
import { runFileSchema, runFormat, runVersion, type RunFile } from './schema.ts';

/** Why a file cannot be opened. */
export type RunFileError =
  | { readonly kind: 'too-large'; readonly characters: number; readonly limit: number }
  | { readonly kind: 'not-json'; readonly detail: string }
  /** JSON, but not of this format. */
  | { readonly kind: 'not-a-run' }
  /** Made by a newer version of this page. */
  | { readonly kind: 'newer-version'; readonly version: number; readonly known: number }
  /** `problems` are the first of `count`. */
  | { readonly kind: 'invalid'; readonly count: number; readonly problems: readonly FileProblem[] };

export interface OpenedRun {
  readonly file: RunFile;
  /** Weights that came with the file, decoded. */
  readonly weights: ReadonlyMap<NetworkId, Weights>;
  /** The same of networks whose training was finished: what their last finishing left. */
  readonly finishedWeights: ReadonlyMap<NetworkId, Weights>;
  /** Errors on the official test images that came with the file. */
  readonly testErrors: ReadonlyMap<NetworkId, number>;
}

/** Characters of JSON that are read at most. */
export const sizeLimit = 128 * 1024 * 1024;
const problemsShown = 20;

function invalid(problems: readonly FileProblem[]): Result<never, RunFileError> {
  return fail({ kind: 'invalid', count: problems.length, problems: problems.slice(0, problemsShown) });
}

/** Own message where valibot's would print a whole value. */
const shorten = (message: string): string => (message.length > 200 ? `${message.slice(0, 200)}…` : message);

export interface ParseOptions {
  readonly limit?: number;
  readonly problem?: Problem;
  /** What a data set asks of networks, where it is known. */
  readonly shapeOf?: (dataset: DatasetId) => TaskShape | null;
}

/**
 * Opens a run file: size, JSON, format, version, migration, schema, and what must agree within it. Never throws, and
 * nothing of the text is executed; every problem names its place.
 */
export function parseRunFile(text: string, options: ParseOptions = {}): Result<OpenedRun, RunFileError> {
  const limit = options.limit ?? sizeLimit;
  if (text.length > limit) return fail({ kind: 'too-large', characters: text.length, limit });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return fail({
      kind: 'not-json',
      detail: shorten(messageOf(error)),
    });
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return fail({ kind: 'not-a-run' });
  const file = json as Readonly<Record<string, unknown>>;
  if (file.format !== runFormat) return fail({ kind: 'not-a-run' });
  const version = file.version;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    return invalid([{ path: 'version', code: 'schema', detail: 'expected a whole number from 1' }]);
  if (version > runVersion) return fail({ kind: 'newer-version', version, known: runVersion });

  const parsed = v.safeParse(runFileSchema, migrate(file, version));
  if (!parsed.success)
    return invalid(
      parsed.issues.map((issue) => ({
        ...{ path: v.getDotPath(issue) ?? '', code: 'schema' },
        detail: shorten(issue.message),
      })),
    );
  const output: RunFile = parsed.output;
  const known = options.shapeOf?.(output.recipe.dataset) ?? null;
  const checked = checkRun(output, options.problem ?? networkProblem, known);
  if (!checked.run || checked.problems.length > 0) return invalid(checked.problems);
  const testErrors = new Map(output.testErrors?.map(({ network, error }) => [network, error]));
  const { weights, finishedWeights } = checked.run;
  return ok({ file: output, weights, finishedWeights, testErrors });
}
