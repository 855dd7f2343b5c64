import type { PicturePreparation, PictureStep } from './preparation.ts';

function sentence(step: PictureStep): string {
  switch (step.do) {
    case 'reduce':
      return `Lay it on white and average whole blocks of pixels so far that its shorter side keeps ${step.shorterSide}.`;
    case 'ink':
      return 'Take its ink as light on black: how far its luma (0.299 R + 0.587 G + 0.114 B) lies from the median of its border.';
    case 'grey':
      return 'Make it grey: 0.299 R + 0.587 G + 0.114 B.';
    case 'rgb':
      return 'Take red, green and blue, in this order.';
    case 'crop':
      return `Cut it to the box around all pixels more than ${step.above} away from ${ground(step.from)}.`;
    case 'need-content':
      return `It is blank where no pixel lies above ${step.above}.`;
    case 'crop-middle':
      return 'Cut it to its middle square.';
    case 'fit':
      return `Scale it by averaging areas so that its longer side is ${step.side}.`;
    case 'resize':
      return `Scale it by averaging areas to ${step.side} x ${step.side}.`;
    case 'stretch':
      return 'Scale the values so that the largest is 255.';
    case 'centre':
      return `Put it in the middle of a square of ${step.side} x ${step.side} of ${ground(step.ground)}.`;
    case 'centre-mass':
      return `Put it on a black square of ${step.side} x ${step.side}, its centre of mass in the middle.`;
    case 'threshold':
      return `Make values from ${step.at} on 255, the others 0.`;
    case 'gain':
      return `Multiply the values by ${step.by}, at most 255.`;
    case 'levels':
      return `Round the values to ${step.count} levels from 0 to 255.`;
    case 'channels':
      return step.count === 1
        ? 'Make it grey: 0.299 R + 0.587 G + 0.114 B.'
        : 'Repeat its one channel three times.';
  }
}

const ground = (name: 'black' | 'border') => (name === 'black' ? 'black' : "the border's colour");

/** The steps as English sentences, for readers of an exported file. */
export const preparationSentences = ({ steps, levels }: PicturePreparation): readonly string[] => [
  ...steps.map(sentence),
  ...(levels === 256
    ? ['Round the values to whole numbers from 0 to 255.']
    : [`Round the values to ${levels} levels from 0 to 255 (multiples of ${255 / (levels - 1)}).`]),
];

/** What readers ask of a preparation first. */
export interface PreparationSummary {
  /** What a picture lies on where it is transparent. */
  readonly laidOn: 'white';
  readonly crop: 'content' | 'middle-square' | 'none';
  /** What fills the square around what was cut out; none where nothing is left to fill. */
  readonly ground: 'black' | 'border' | 'none';
  /** 'light-on-black': ink becomes light on black, whatever it was drawn on; none: values stay. */
  readonly inversion: 'light-on-black' | 'none';
  readonly levels: number;
}

export function summaryOf({ steps, levels }: PicturePreparation): PreparationSummary {
  const has = (kind: PictureStep['do']) => steps.some((step) => step.do === kind);
  const centre = steps.find((step) => step.do === 'centre');
  return {
    laidOn: 'white',
    crop: has('crop') ? 'content' : has('crop-middle') ? 'middle-square' : 'none',
    ground: centre ? centre.ground : has('centre-mass') ? 'black' : 'none',
    inversion: has('ink') ? 'light-on-black' : 'none',
    levels,
  };
}
