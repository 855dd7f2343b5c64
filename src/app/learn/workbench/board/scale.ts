import type { Board } from './board.ts';

/** px over the board, from where new numbers fall. */
export const headroom = 26;

/** Screen px per board px, so that both boards fit `width` x `height`; printed cells grow to `most` at the most. */
export function boardScale(
  { parent, child }: { readonly parent: Board; readonly child: Board },
  width: number,
  height: number,
  most: number,
): number {
  const wide = Math.max(parent.width, child.width);
  const high = Math.max(parent.height, child.height) + headroom;
  return Math.min(child.cell >= 12 ? most : 3, width / wide, height / high);
}
