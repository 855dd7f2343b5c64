/** Words of the run's screen and of what opens over it: fetched together, after the first page. */
export * from './article.ts';
export * from './compare.ts';
export * from './failures.ts';
export * from './hand-made.ts';
export * from './help.ts';
export * from './morphisms.ts';
export * from './network.ts';
export * from './own-pictures.ts';
export * from './recipe-problems.ts';
export * from './run-charts.ts';
export * from './run-file-errors.ts';
export * from './run-screen.ts';
export * from './settings.ts';
export * from './share.ts';
export * from './start.ts';
export * from './states.ts';
export * from './summary.ts';
