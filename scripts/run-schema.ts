/** Writes public/run.schema.json, the JSON Schema of run files:  npx tsx scripts/run-schema.ts */
import { writeFileSync } from 'node:fs';
import { runSchemaText } from './run-schema-text.ts';

writeFileSync('public/run.schema.json', await runSchemaText());
