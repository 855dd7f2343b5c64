/**
 * Lists the files that a new operator must touch: registers a throw-away one, in memory only, and prints where the type
 * checker then finds something missing. Usage: npx tsx scripts/operator-files.ts
 * Svelte components are not checked; they take their words and drawings from tables that are.
 */
import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (path: string) => resolve(root, path);
const read = (path: string) => readFileSync(at(path), 'utf8');

/** The throw-away operator's file and its registration: all that core and engine should need. */
function throwAway(): ReadonlyMap<string, string> {
  const own = read('src/core/morphisms/separate.ts')
    .replaceAll("'separate'", "'throwAway'")
    .replace('export const separate:', 'export const throwAway:');
  const list = read('src/core/morphisms/morphism.ts')
    .replace('import { separate }', "import { throwAway } from './throw-away.ts';\nimport { separate }")
    .replace('prune, separate }', 'prune, separate, throwAway }');
  return new Map([
    [at('src/core/morphisms/throw-away.ts'), own],
    [at('src/core/morphisms/morphism.ts'), list],
  ]);
}

/** Files of src in which something is missing once an operator is added, besides its own and its registration. */
export function operatorFiles(): readonly string[] {
  const { config } = ts.readConfigFile(at('tsconfig.json'), (path) => readFileSync(path, 'utf8')) as {
    config: unknown;
  };
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const changed = throwAway();
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (path) => changed.get(resolve(path)) ?? readFile(path);
  host.fileExists = (path) => changed.has(resolve(path)) || fileExists(path);
  const sources = fileNames.filter((path) => relative(root, path).startsWith('src/') && path.endsWith('.ts'));
  const program = ts.createProgram([...sources, ...changed.keys()], { ...options, noEmit: true }, host);
  const missing = program.getSemanticDiagnostics().filter(({ messageText, code }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, ' ');
    // 2366: a function that ends without a return, where a switch no longer has a case for everything.
    return text.includes('throwAway') || code === 2366;
  });
  const files = missing.flatMap(({ file }) => (file ? [relative(root, file.fileName)] : []));
  return [...new Set(files)].filter((file) => file.startsWith('src/')).sort();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) for (const file of operatorFiles()) console.log(file);
