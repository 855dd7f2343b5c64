import type { PlainNetwork } from '../../core/export/plain-answer.ts';

/*
 * What an exported program carries beside its code: JSON in the file. Its words are strings; where a sentence has a
 * part that is known later only, `{name}` stands for it.
 */

/** A sentence with its open parts put in. */
export const filled = (sentence: string, parts: Readonly<Record<string, string | number>>): string =>
  sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(parts[name] ?? whole));

/** The page of one network (page.ts). */
export interface CarriedPage {
  /** One, or one a head. */
  readonly networks: readonly PlainNetwork[];
  /** Pictures of the shipped set as its networks see them; none of own pictures, which stay where they are. */
  readonly samples: {
    /** uint8 [count, height, width, channels] as base64. */
    readonly pixels: string;
    readonly labels: readonly number[];
  } | null;
  /** Width of the pen, as a share of the pad's side. */
  readonly pen: number;
  /** Of the page's language, for numbers. */
  readonly locale: string;
  readonly words: {
    /** With `{share}`. */
    readonly sure: string;
    /** With `{answer}` and `{share}`. */
    readonly says: string;
    /** With `{answer}`. */
    readonly truth: string;
    /** With `{milliseconds}`. */
    readonly took: string;
    /** With `{column}` and `{row}`. */
    readonly penDown: string;
    readonly penUp: string;
    readonly cameraProblems: {
      readonly insecure: string;
      readonly denied: string;
      readonly none: string;
      readonly busy: string;
      readonly ended: string;
    };
    readonly problems: Readonly<Record<'blank-picture' | 'picture-unreadable' | 'canvas-noise', string>>;
  };
}

/** The script for Node of one network (predict.ts). */
export interface CarriedScript {
  readonly networks: readonly PlainNetwork[];
  readonly words: {
    readonly usage: string;
    /** All with `{file}`. */
    readonly blank: string;
    readonly missing: string;
    readonly interlaced: string;
    readonly damaged: string;
    readonly convert: string;
  };
}
