/**
 * One step from a picture of any size to what a network of a data set sees. Planes hold values from 0 to 255; *the
 * border* is the median of a plane's outermost pixels as it was before any cutting.
 */
export type PictureStep =
  /** Averaged over whole blocks of pixels so far that the shorter side keeps at least `shorterSide`, rounded. */
  | { readonly do: 'reduce'; readonly shorterSide: number }
  /**
   * One plane, light on black: the picture's opacity where its border is clear, else how far its Rec. 601 luma on white
   * lies from that of the border, on the side where the border is not.
   */
  | { readonly do: 'ink' }
  /** One plane: Rec. 601 luma of the picture laid on white. */
  | { readonly do: 'grey' }
  /** Three planes, red, green, blue, of the picture laid on white. */
  | { readonly do: 'rgb' }
  /** The smallest box around all pixels more than `above` away from black or from the border. None: a blank picture. */
  | { readonly do: 'crop'; readonly above: number; readonly from: 'black' | 'border' }
  /** A picture without a pixel above is blank. */
  | { readonly do: 'need-content'; readonly above: number }
  /** The middle square. */
  | { readonly do: 'crop-middle' }
  /** Scaled by areas so that the longer side is `side`. */
  | { readonly do: 'fit'; readonly side: number }
  /** Scaled by areas to `side` by `side`. */
  | { readonly do: 'resize'; readonly side: number }
  /** Scaled so that the largest value is 255. */
  | { readonly do: 'stretch' }
  /** In the middle of a square of black or of the border's colour; an odd pixel over is left and above, or right and below. */
  | {
      readonly do: 'centre';
      readonly side: number;
      readonly ground: 'black' | 'border';
      readonly over: 'before' | 'after';
    }
  /** On a black square, its centre of mass in the middle, by whole pixels (MNIST; LeCun et al. 1998). */
  | { readonly do: 'centre-mass'; readonly side: number }
  /** 255 from `at` on, else 0. */
  | { readonly do: 'threshold'; readonly at: number }
  /** Times `by`, cut to 0..255. */
  | { readonly do: 'gain'; readonly by: number }
  /** Rounded to this many levels, evenly from 0 to 255. */
  | { readonly do: 'levels'; readonly count: number }
  /** Three planes as their Rec. 601 luma, or one repeated. */
  | { readonly do: 'channels'; readonly count: 1 | 3 };

/** How a picture of any size becomes the uint8 input of a network: what the page does, and what every export says. */
export interface PicturePreparation {
  readonly steps: readonly PictureStep[];
  /** Values are rounded to this many levels, evenly from 0 to 255, as in the set's files. */
  readonly levels: 16 | 256;
}
