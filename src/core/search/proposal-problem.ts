import { deviceRam } from '../export/int8/device-memory.ts';
import type { Problem } from './problem.ts';
import type { Recipe } from './recipe.ts';
import { spaces } from './spaces.ts';

/**
 * The problem of a space for whoever proposes in it: it also knows what a network takes of a microcontroller, which those
 * who only fold a log need not.
 */
export const proposalProblem = (space: Recipe['space']): Problem => ({
  ...spaces[space].problem,
  deviceBytes: deviceRam,
});
