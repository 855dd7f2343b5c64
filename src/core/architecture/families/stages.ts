import type { ArchitectureBuilder } from '../build.ts';
import type { NodeId, Shape } from '../types.ts';

const stages = 3;

export interface StartingOptions {
  /** Classes of a second data set, which then gets a head of its own on the same body. */
  readonly secondClasses?: number;
}

/** Three stages; a pooling layer stands before each but the first, as far as the images are 4 pixels wide there. */
export function stagesFor({
  height,
  width,
}: Shape): readonly { readonly stage: number; readonly pooled: boolean }[] {
  let size = Math.min(height, width);
  return Array.from({ length: stages }, (_, stage) => {
    const pooled = stage > 0 && size >= 4;
    if (pooled) size = Math.floor(size / 2);
    return { stage, pooled };
  });
}

/** The classifier, and a second one where there is a second data set. */
export function addHeads(
  graph: ArchitectureBuilder,
  from: NodeId,
  classes: number,
  { secondClasses }: StartingOptions,
): void {
  graph.head(from, classes);
  if (secondClasses !== undefined) graph.head(from, secondClasses, 1);
}
