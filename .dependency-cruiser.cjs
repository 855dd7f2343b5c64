/** The layer rules of ARCHITECTURE.md: core <- datasets, storage <- engine <- workers <- app. */
const layer = (name, from, to) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: to },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Of types neither.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'core-is-pure',
      severity: 'error',
      from: { path: '^src/core' },
      // d3 for round ticks, flatbuffers for TFLite: they need no page either.
      to: { pathNot: '^(src/core|node_modules/(valibot|d3/|flatbuffers/))' },
    },
    layer('datasets-and-storage-know-core-only', '^src/(datasets|storage)', '^src/(engine|workers|app)'),
    layer('engine-knows-no-workers', '^src/engine', '^src/(workers|app|storage)'),
    layer('workers-know-no-app', '^src/workers', '^src/app'),
    {
      name: 'app-imports-no-engine',
      comment: 'Types may cross; code may not.',
      severity: 'error',
      from: { path: '^src/app' },
      to: { path: '^src/engine', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-engine-imports-runtimes',
      comment: 'tfjs and onnxruntime-web.',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/engine' },
      to: { path: 'node_modules/(@tensorflow|onnxruntime)' },
    },
    {
      name: 'only-workers-import-comlink',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/workers' },
      to: { path: 'node_modules/comlink' },
    },
    {
      name: 'model-knows-no-view',
      severity: 'error',
      from: { path: '^src/app/model' },
      to: { path: '^src/app/(?!model|text)' },
    },
    {
      name: 'charts-know-no-session',
      severity: 'error',
      from: { path: '^src/app/charts' },
      to: { path: '^src/app/(model|run|learn|network|shell)' },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '(\\?(raw|url|worker)|^svelte/internal|^virtual:)' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      conditionNames: ['import', 'svelte', 'browser', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.svelte', '.mjs', '.json', '.wgsl'],
    },
  },
};
