/** Words of the lessons and their places: fetched together, when one is opened. */
export * from './compose.ts';
export * from './lesson-plan.ts';
export * from './lesson-tasks.ts';
export * from './lessons.ts';
export * from './next-class.ts';
export * from './sampling.ts';
export * from './weights.ts';
export * from './workbench.ts';
