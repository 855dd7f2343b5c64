import * as v from 'valibot';
import { fail, type Result } from '../result.ts';
import type { Architecture, NodeId } from './types.ts';
import { idPattern, limits, validate, type ArchitectureProblem } from './validate.ts';

/** Schema of a node id as it stands in files. */
export const nodeIdSchema = v.pipe(
  v.string(),
  v.regex(idPattern, 'not a node id'),
  v.guard((id): id is NodeId => idPattern.test(id)),
);
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(limits.filters));
const one = v.strictTuple([nodeIdSchema]);
const kernelSize = v.picklist([1, 3, 5]);

/** Schema of an architecture's JSON; that the graph itself is sound is `validate`'s business. */
export const architectureSchema = v.strictObject({
  nodes: v.pipe(
    v.array(
      v.variant('kind', [
        v.strictObject({
          kind: v.literal('input'),
          id: nodeIdSchema,
          inputs: v.strictTuple([]),
          height: count,
          width: count,
          channels: count,
        }),
        v.strictObject({
          kind: v.literal('conv'),
          id: nodeIdSchema,
          inputs: one,
          kernelSize,
          filters: count,
        }),
        v.strictObject({
          kind: v.literal('sepConv'),
          id: nodeIdSchema,
          inputs: one,
          kernelSize,
          filters: count,
        }),
        v.strictObject({ kind: v.literal('maxPool'), id: nodeIdSchema, inputs: one }),
        v.strictObject({
          kind: v.literal('add'),
          id: nodeIdSchema,
          inputs: v.strictTuple([nodeIdSchema, nodeIdSchema]),
        }),
        v.strictObject({
          kind: v.literal('concat'),
          id: nodeIdSchema,
          inputs: v.pipe(v.tupleWithRest([nodeIdSchema, nodeIdSchema], nodeIdSchema), v.maxLength(64)),
        }),
        v.strictObject({
          kind: v.literal('head'),
          id: nodeIdSchema,
          inputs: one,
          classes: count,
          task: count,
        }),
      ]),
    ),
    v.maxLength(limits.nodes),
  ),
});

/** Reads an architecture from unknown data (a file). Problems name the node, or the path into the JSON. */
export function parseArchitecture(data: unknown): Result<Architecture, readonly ArchitectureProblem[]> {
  const parsed = v.safeParse(architectureSchema, data);
  if (parsed.success) return validate(parsed.output);
  return fail(
    parsed.issues.map((issue) => ({
      node: '',
      problem: `${v.getDotPath(issue) ?? 'architecture'}: ${issue.message}`,
    })),
  );
}
