import { keptOverLanguage } from '../shell/kept.svelte.ts';
import type { LentTab } from './lent-tab.svelte.ts';

/** A tab goes on lending when its language is changed. */
export const keep = keptOverLanguage<LentTab>();
