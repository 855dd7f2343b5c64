import type { SearchEvent } from '../search/events.ts';

/** Forward passes that one image of ordinary training costs: one forward, and a backward pass of about two. */
const passesPerTrainedImage = 3;

/** What a network cost; logs from before that was counted, and failed networks, say their images only. */
function forwardEquivalentsIn(event: SearchEvent): number {
  if (event.type === 'evaluated') return event.forwardEquivalents ?? passesPerTrainedImage * event.ownImages;
  return event.type === 'failed' ? passesPerTrainedImage * (event.images ?? 0) : 0;
}

/**
 * Forward passes of one image that the training of all networks of a log cost, failed ones included: a trained image
 * counts 3, one that was only run forward (calibration, teacher, re-estimation, comparison) counts 1.
 */
export const forwardEquivalentsOf = (events: readonly SearchEvent[]): number =>
  events.reduce((sum, event) => sum + forwardEquivalentsIn(event), 0);
