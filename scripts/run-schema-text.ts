import { toJsonSchema } from '@valibot/to-json-schema';
import { format, resolveConfig } from 'prettier';
import { runFileSchema, runVersion } from '../src/core/run-file/schema.ts';

type Json = { [key: string]: unknown };

/**
 * A tuple in the words of draft 7: an empty one is a list without entries, others say their length, and one with a rest
 * (always of its own entries' kind) is a list of at least so many.
 */
function tuple({ additionalItems, ...schema }: Json, length: number, rest: boolean): Json {
  if (length === 0) return { type: 'array', maxItems: 0 };
  if (rest) return { type: 'array', items: additionalItems, minItems: length };
  return { ...schema, additionalItems: false, minItems: length, maxItems: length };
}

/** ISO 8601: a day, or a moment with its zone; '' where a salvaged run does not know it. */
const datePattern = '^(\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2}))?)?$';

/**
 * The JSON Schema (draft 7) of run files as this page writes them, from the schema that opening a file uses, formatted
 * as the repository is. It is stricter in two things: no unknown keys (opening leaves them out), and the author's date
 * is one.
 */
export async function runSchemaText(): Promise<string> {
  const schema = toJsonSchema(runFileSchema, {
    errorMode: 'throw',
    overrideSchema: ({ valibotSchema, jsonSchema }) => {
      const given = jsonSchema as Json;
      switch (valibotSchema.type) {
        case 'object':
          return { ...given, additionalProperties: false };
        case 'strict_tuple':
        case 'tuple_with_rest': {
          const { items } = valibotSchema as unknown as { readonly items: readonly unknown[] };
          return tuple(given, items.length, valibotSchema.type === 'tuple_with_rest');
        }
        default:
          return undefined;
      }
    },
    // A guard and a check say what JSON Schema cannot: whole recipes, and types that strings are branded with.
    overrideAction: ({ valibotAction: { type }, jsonSchema }) =>
      type === 'safe_integer'
        ? { ...jsonSchema, type: 'integer' }
        : type === 'guard' || type === 'check'
          ? jsonSchema
          : undefined,
  });
  const { author } = schema.properties as {
    readonly author: { readonly properties: { readonly date: Json } };
  };
  author.properties.date['pattern'] = datePattern;
  const titled = {
    ...schema,
    title: `LEMONADE Playground run file, version ${runVersion}`,
    description:
      'A saved search, as version ' +
      `${runVersion} writes it; older files are brought to it when they are opened. ` +
      'The event log is the truth: networks and hypervolume restate what it folds to. ' +
      'Objectives are minimised; error is a share from 0 to 1; seconds count from the start of the run. ' +
      'Weights are little-endian float32 in base64; scripts/read_run.py reads them.',
  };
  const config = await resolveConfig('public/run.schema.json');
  return format(JSON.stringify(titled), { ...config, parser: 'json' });
}
