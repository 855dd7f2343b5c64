import { plural } from './plurals.ts';

/** Hand-made families, as they are named on the plot and in its legend. */
export const families = { vgg: 'VGG-like', mobilenet: 'MobileNetV2-like' };
export const byHand = (family: string): string => `${family}, by hand`;

/** Hand-made networks on the card at a run's end; fetched with their part of it. */
export const handMade = {
  against: 'Against hand-made networks',
  same: (images: string) => `two families, each with ${images} images in all`,
  notTrained: 'As many as this whole search has seen.',
  train: 'Train them too',
  running: (share: string) => `Hand-made networks are being trained, ${share}`,
  found: (all: number, kept: number) =>
    kept === 0
      ? `Each of the ${all} is beaten by a network of this front that is at least as good in every objective.`
      : `${kept} of the ${all} ${plural(kept, 'is', 'are')} not beaten by any network of this front.`,
};
