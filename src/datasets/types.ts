import type { DatasetId } from '../core/search/recipe.ts';

/** Facts of a data set; shown in the app. */
export interface DatasetFacts {
  readonly id: DatasetId;
  readonly title: string;
  readonly classes: readonly string[];
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  readonly trainCount: number;
  readonly testCount: number;
  readonly source: string;
  readonly licence: string;
  readonly attribution: string;
  /** True where a person can draw an input by hand. */
  readonly drawable: boolean;
  /** True where mirroring an image keeps its class. */
  readonly flips: boolean;
  /** Per-channel mean and standard deviation of the training part, of pixels scaled to [0, 1]. */
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  /** Of the files, as a run file states it where they are not here. */
  readonly checksum?: string;
  /** True where a run of an older page did not say them, so that they are a guess. */
  readonly statisticsAssumed?: boolean;
  /** Share of the training part that a search validates on; a fifth where it is not given. */
  readonly validationShare?: number;
  /** The last so many images of the training part validate, as the set's author divided it; else a share does. */
  readonly validationCount?: number;
  /** Bits of a sample in the files; 4 where it is not given. */
  readonly bits?: 8;
  /** How a picture becomes an input, for sets of own pictures. */
  readonly preparation?: Preparation;
  /** True where a file also holds a group number per image: images of one class and group are never parted. */
  readonly grouped?: boolean;
  /** Files under public/data/ (own pictures: in the browser's storage), in order; none for the procedural set. */
  readonly files: readonly DatasetFile[];
}

/** What is done to a picture of any size before a network sees it (own/prepare.ts). */
export interface Preparation {
  /** The middle square, or the whole picture with a border of its own edge's colour. */
  readonly fit: 'crop' | 'border';
  /** Every sample is multiplied by this, for pictures that came out dark (12 bits kept in 16). */
  readonly gain: number;
}

export interface DatasetFile {
  readonly path: string;
  readonly part: 'train' | 'test';
  readonly images: number;
  readonly bytes: number;
  /** As hexadecimal digits; of the site's own files it stands in checksums.ts. */
  readonly sha256?: string;
}

/** Decoded images: `images` is uint8 [count, height, width, channels], `labels` uint8 [count]. */
export interface ImageSet {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly classes: number;
  readonly count: number;
  readonly images: Uint8Array<ArrayBuffer>;
  readonly labels: Uint8Array<ArrayBuffer>;
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** What a search may see. The test part is loaded by `loadTest` only, on demand. */
export interface SearchData {
  readonly train: ImageSet;
  readonly validation: ImageSet;
}
