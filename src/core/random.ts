/**
 * A seeded, splittable generator (sfc32, seeded from a 128-bit string hash).
 * Every stochastic choice in this project comes from one of these, so that a seed decides a run.
 */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [0, bound). Throws RangeError unless `bound` is a positive integer. */
  integer(bound: number): number;
  /** Standard normal deviate (Box-Muller). */
  normal(): number;
  /** One of `items`, uniformly. Throws RangeError when empty. */
  pick<T>(items: readonly T[]): T;
  /** A new shuffled copy (Fisher-Yates). */
  shuffle<T>(items: readonly T[]): T[];
  /** An independent generator named by `label`; does not advance this one. */
  split(label: string | number): Random;
}

/** Four 32-bit words of a string (cyrb128); not cryptographic. */
function hash128(text: string): [number, number, number, number] {
  let a = 1779033703;
  let b = 3144134277;
  let c = 1013904242;
  let d = 2773480762;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = b ^ Math.imul(a ^ code, 597399067);
    b = c ^ Math.imul(b ^ code, 2869860233);
    c = d ^ Math.imul(c ^ code, 951274213);
    d = a ^ Math.imul(d ^ code, 2716044179);
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  a ^= b ^ c ^ d;
  return [a >>> 0, (b ^ a) >>> 0, (c ^ a) >>> 0, (d ^ a) >>> 0];
}

/** The generator named by `path`, for example `seeded('42')` or `seeded('42/child/17')`. */
export function seeded(path: string | number): Random {
  const name = String(path);
  let [a, b, c, d] = hash128(name);
  const word = (): number => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 15; i++) word();

  const next = () => word() / 4294967296;
  const integer = (bound: number) => {
    if (!Number.isInteger(bound) || bound < 1) throw new RangeError(`integer(${bound}): bound must be >= 1`);
    return Math.floor(next() * bound);
  };
  return {
    next,
    integer,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    pick: (items) => {
      if (items.length === 0) throw new RangeError('pick: nothing to pick from');
      return items[integer(items.length)]!;
    },
    shuffle: (items) => {
      const copy = [...items];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        [copy[i], copy[j]] = [copy[j]!, copy[i]!];
      }
      return copy;
    },
    split: (label) => seeded(`${name}/${label}`),
  };
}
