import type { PicturePreparation, PictureStep } from '../core/export/preparation.ts';
import { isOwnId, type ShippedId } from '../core/search/recipe.ts';
import { shorterSide } from './raster.ts';
import type { DatasetFacts, ImageSet, Preparation } from './types.ts';

const reduce: PictureStep = { do: 'reduce', shorterSide };

const fitInk = (side: number, above = 32): readonly PictureStep[] => [
  reduce,
  { do: 'ink' },
  { do: 'crop', above, from: 'black' },
  { do: 'fit', side },
  { do: 'stretch' },
];
const centre = (side: number, ground: 'black' | 'border' = 'black'): PictureStep => ({
  ...{ do: 'centre', side, ground, over: 'before' },
});

/** The way in which each set's own images were made. */
const steps: Readonly<Record<ShippedId, readonly PictureStep[]>> = {
  fashion: [...fitInk(28, 12), centre(28)],
  mnist: [...fitInk(20), { do: 'centre-mass', side: 28 }],
  // A 32 x 32 bitmap of which each 4 x 4 block is counted (Alpaydin and Kaynak 1998).
  digits: [...fitInk(32), centre(32), { do: 'threshold', at: 128 }, { do: 'resize', side: 8 }],
  quickdraw: [...fitInk(28), centre(28)],
  shapes: [
    reduce,
    { do: 'ink' },
    { do: 'need-content', above: 32 },
    { do: 'fit', side: 24 },
    { do: 'stretch' },
    centre(24),
  ],
  emoji: [
    reduce,
    { do: 'rgb' },
    { do: 'crop', above: 16, from: 'border' },
    { do: 'fit', side: 32 },
    centre(32, 'border'),
  ],
};

/** Sets of own pictures made before there was a choice. */
export const plain: Preparation = { fit: 'crop', gain: 1 };

export type InputFormat = Pick<DatasetFacts, 'width' | 'channels' | 'bits' | 'preparation'>;

/** How a set of own pictures prepares its pictures: laid on white, its middle square or the whole with a border. */
export function ownPreparation({
  width,
  channels,
  bits,
  preparation: { fit, gain } = plain,
}: InputFormat): PicturePreparation {
  const sized: readonly PictureStep[] =
    fit === 'crop'
      ? [{ do: 'crop-middle' }, { do: 'resize', side: width }]
      : [
          { do: 'fit', side: width },
          { do: 'centre', side: width, ground: 'border', over: 'after' },
        ];
  return {
    steps: [
      reduce,
      { do: channels === 1 ? 'grey' : 'rgb' },
      ...sized,
      ...(gain === 1 ? [] : [{ do: 'gain' as const, by: gain }]),
    ],
    levels: bits === 8 ? 256 : 16,
  };
}

/** How a picture becomes an input of a set's networks. */
export const preparationOf = (facts: InputFormat & Pick<DatasetFacts, 'id'>): PicturePreparation =>
  isOwnId(facts.id) ? ownPreparation(facts) : { steps: steps[facts.id], levels: 16 };

/** The same for a second head, whose set's images are fitted to the first's (tasks.ts): afterwards, as there. */
export function fittedPreparation(
  facts: DatasetFacts,
  { height, width, channels }: Pick<ImageSet, 'height' | 'width' | 'channels'>,
): PicturePreparation {
  const own = preparationOf(facts);
  if (facts.height === height && facts.width === width && facts.channels === channels) return own;
  const { steps, levels } = own;
  return {
    steps: [
      ...steps,
      { do: 'levels', count: levels },
      { do: 'channels', count: channels === 1 ? 1 : 3 },
      { do: 'resize', side: width },
    ],
    levels: 256,
  };
}
