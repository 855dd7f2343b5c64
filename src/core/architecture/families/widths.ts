import { networkCost } from '../cost.ts';
import type { Architecture } from '../types.ts';

export interface FamilyCaps {
  readonly minParameters: number;
  readonly maxParameters: number;
  readonly maxMultiplyAdds: number;
}

const widest = 512;

/**
 * `count` networks of a family, the narrowest first: evenly spread in log size from the narrowest that has at least
 * `minParameters` to the widest that keeps the caps [ours], so they cover the sizes that a search with these limits
 * covers. Fewer where widths coincide; the narrowest alone where none keeps the caps. `network` must cost more, the
 * wider it is.
 */
export function familyWithin(
  network: (width: number) => Architecture,
  caps: FamilyCaps,
  count: number,
): readonly Architecture[] {
  const parameters = (width: number) => networkCost(network(width)).parameters;
  const isWithin = (width: number) => {
    const cost = networkCost(network(width));
    return cost.parameters <= caps.maxParameters && cost.multiplyAdds <= caps.maxMultiplyAdds;
  };
  const narrowest = firstWidth((width) => parameters(width) >= caps.minParameters, 1);
  const high = Math.max(narrowest, firstWidth((width) => !isWithin(width), narrowest) - 1);
  const [least, most] = [parameters(narrowest), parameters(high)];
  const widths = Array.from({ length: count }, (_, index) => {
    const wanted = least * (most / least) ** (index / Math.max(1, count - 1));
    const above = firstWidth((width) => parameters(width) >= wanted, narrowest);
    const below = Math.max(narrowest, above - 1);
    return Math.abs(Math.log(parameters(below) / wanted)) < Math.abs(Math.log(parameters(above) / wanted))
      ? below
      : above;
  });
  return [...new Set(widths)].map(network);
}

/** The smallest width from `low` on for which `holds`, which must hold for all larger ones too; `widest` if none. */
function firstWidth(holds: (width: number) => boolean, low: number): number {
  let high = widest;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
