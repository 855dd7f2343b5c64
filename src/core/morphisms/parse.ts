import * as v from 'valibot';
import { nodeIdSchema } from '../architecture/validate.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Morphism } from './morphism.ts';

const factor = v.picklist([1.5, 2]);

/** Schema of a morphism's JSON; whether its site is legal only `applyMorphism` can say. */
export const morphismSchema = v.variant('operator', [
  v.strictObject({ operator: v.literal('deepen'), after: nodeIdSchema, kernelSize: v.picklist([3, 5]) }),
  v.variant('variant', [
    v.strictObject({
      operator: v.literal('widen'),
      block: nodeIdSchema,
      factor,
      variant: v.literal('zero'),
      multiple: v.exactOptional(v.literal(2)),
    }),
    v.strictObject({
      operator: v.literal('widen'),
      block: nodeIdSchema,
      factor,
      variant: v.literal('copy'),
      seed: v.pipe(v.number(), v.safeInteger()),
      multiple: v.exactOptional(v.literal(2)),
    }),
  ]),
  v.strictObject({
    operator: v.literal('skip'),
    from: nodeIdSchema,
    to: nodeIdSchema,
    variant: v.picklist(['add', 'concat']),
  }),
  v.strictObject({ operator: v.literal('remove'), target: nodeIdSchema }),
  v.strictObject({
    operator: v.literal('prune'),
    block: nodeIdSchema,
    fraction: v.picklist([0.5, 0.25]),
    least: v.exactOptional(v.literal(2)),
  }),
  v.strictObject({ operator: v.literal('separate'), block: nodeIdSchema }),
]);

/** Reads a morphism from unknown data (a file). */
export function parseMorphism(data: unknown): Result<Morphism, string> {
  const parsed = v.safeParse(morphismSchema, data);
  if (parsed.success) return ok(parsed.output);
  const issue = parsed.issues[0];
  return fail(`${v.getDotPath(issue) ?? 'morphism'}: ${issue.message}`);
}
