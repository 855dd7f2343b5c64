import { plural } from './plurals.ts';

/** Beside errors that rest on few images. */
export const fewImages = {
  rests: (images: number) =>
    `Counted on only ${plural(images, 'one validation image', `${images} validation images`)}, by which the search also chose, so much of it may be luck.`,
  unseen: (images: number, errors: string) => `On ${images} images that it never saw: ${errors} wrong.`,
  one: (id: number, error: string) => `#${id} ${error}`,
  ask: (images: number) => `Test on ${images} images never seen`,
  asking: 'Testing',
};
