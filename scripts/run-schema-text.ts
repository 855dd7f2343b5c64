import { toJsonSchema } from '@valibot/to-json-schema';
import { format, resolveConfig } from 'prettier';
import { runFileSchema, runVersion } from '../src/core/run-file/schema.ts';

/** The JSON Schema (draft 7) of run files, from the schema that opening a file uses, formatted as the repository is. */
export async function runSchemaText(): Promise<string> {
  const schema = toJsonSchema(runFileSchema, {
    errorMode: 'throw',
    // A guard and a check say what JSON Schema cannot: whole recipes, and types that strings are branded with.
    overrideAction: ({ valibotAction: { type }, jsonSchema }) =>
      type === 'safe_integer'
        ? { ...jsonSchema, type: 'integer' }
        : type === 'guard' || type === 'check'
          ? jsonSchema
          : undefined,
  });
  const titled = {
    ...schema,
    title: `LEMONADE Playground run file, version ${runVersion}`,
    description:
      'A saved search. The event log is the truth: networks and hypervolume restate what it folds to. ' +
      'Objectives are minimised; error is a share from 0 to 1; seconds count from the start of the run.',
  };
  const config = await resolveConfig('public/run.schema.json');
  return format(JSON.stringify(titled), { ...config, parser: 'json' });
}
