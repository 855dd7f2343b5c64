import * as v from 'valibot';
import { nodeIdSchema } from '../architecture/schema.ts';
import { fail, ok, type Result } from '../result.ts';
import { operatorKinds, operators, type Morphism, type OperatorKind } from './morphism.ts';
import type { MorphismField, MorphismForm } from './operator.ts';

const fieldSchema = (field: MorphismField): v.GenericSchema =>
  field === 'node'
    ? nodeIdSchema
    : field === 'integer'
      ? v.pipe(v.number(), v.safeInteger())
      : field.length === 1
        ? v.literal(field[0]!)
        : v.picklist(field);

const formSchema = (kind: OperatorKind, form: MorphismForm) =>
  v.strictObject({
    operator: v.literal(kind),
    ...Object.fromEntries(
      Object.entries(form).map(([name, field]) =>
        name.endsWith('?')
          ? [name.slice(0, -1), v.exactOptional(fieldSchema(field))]
          : [name, fieldSchema(field)],
      ),
    ),
  });

type FormSchema = ReturnType<typeof formSchema>;
type KindSchema = FormSchema | v.VariantSchema<'variant', FormSchema[], undefined>;

/** Of an operator with several forms, `variant` tells which one is meant; one without it is told by its values. */
function kindSchemas(kind: OperatorKind): readonly KindSchema[] {
  const own: readonly MorphismForm[] = operators[kind].forms;
  const forms = own.map((form) => formSchema(kind, form));
  return forms.length > 1 && own.every((form) => 'variant' in form) ? [v.variant('variant', forms)] : forms;
}

/** Schema of a morphism's JSON, from the operators' forms; whether its site is legal only `applyMorphism` can say. */
export const morphismSchema = v.pipe(
  v.variant('operator', operatorKinds.flatMap(kindSchemas)),
  v.guard((morphism): morphism is Morphism & typeof morphism => morphism.operator in operators),
);

/** Reads a morphism from unknown data (a file). */
export function parseMorphism(data: unknown): Result<Morphism, string> {
  const parsed = v.safeParse(morphismSchema, data);
  if (parsed.success) return ok(parsed.output);
  const issue = parsed.issues[0];
  return fail(`${v.getDotPath(issue) ?? 'morphism'}: ${issue.message}`);
}
