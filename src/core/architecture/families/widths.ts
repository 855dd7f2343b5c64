import { networkCost } from '../cost.ts';
import type { Architecture } from '../types.ts';

export interface FamilyCaps {
  readonly maxParameters: number;
  readonly maxMultiplyAdds: number;
}

const narrowest = 2;
const widest = 512;

/**
 * `count` networks of a family, the narrowest first: their widths go by equal factors from 2 to the widest that keeps
 * the caps [ours], so they cover the sizes that a search with these caps covers. Fewer where widths coincide; the
 * narrowest alone where none keeps the caps. `network` must cost more, the wider it is.
 */
export function familyWithin(
  network: (width: number) => Architecture,
  caps: FamilyCaps,
  count: number,
): readonly Architecture[] {
  const fits = (width: number) => {
    const { parameters, multiplyAdds } = networkCost(network(width));
    return parameters <= caps.maxParameters && multiplyAdds <= caps.maxMultiplyAdds;
  };
  let [low, high] = [narrowest, widest];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  const widths = Array.from({ length: count }, (_, index) =>
    Math.round(narrowest * (low / narrowest) ** (index / Math.max(1, count - 1))),
  );
  return [...new Set(widths)].map(network);
}
