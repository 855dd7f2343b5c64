/**
 * Fixed-point arithmetic as TensorFlow Lite's reference kernels define it (Jacob et al. 2018, gemmlowp): a real factor
 * is an int32 multiplier in [2^30, 2^31) and a power of two.
 */
export interface FixedFactor {
  readonly multiplier: number;
  /** The factor is multiplier / 2^31 * 2^shift. */
  readonly shift: number;
}

/** The nearest fixed-point factor of a real one >= 0; below 2^-32 it is 0. Throws RangeError on anything else. */
export function fixedFactor(factor: number): FixedFactor {
  if (!(factor >= 0 && Number.isFinite(factor))) throw new RangeError(`not a factor: ${factor}`);
  if (factor === 0) return { multiplier: 0, shift: 0 };
  let shift = Math.floor(Math.log2(factor)) + 1;
  // The logarithm may round across a power of two.
  while (factor * 2 ** -shift >= 1) shift++;
  while (factor * 2 ** -shift < 0.5) shift--;
  let multiplier = Math.round(factor * 2 ** -shift * 2 ** 31);
  if (multiplier === 2 ** 31) [multiplier, shift] = [2 ** 30, shift + 1];
  if (shift > 30) throw new RangeError(`too large a factor: ${factor}`);
  return shift < -31 ? { multiplier: 0, shift: 0 } : { multiplier, shift };
}

/** High half of the doubled product, to the nearest, halves upwards; |x| <= 2^31, multiplier in [0, 2^31). */
function doublingHighProduct(x: number, multiplier: number): number {
  const size = Math.abs(x);
  const nudge = x >= 0 ? 2 ** 30 : 2 ** 30 - 1;
  if (size < 2 ** 22) {
    const result = Math.floor((size * multiplier + nudge) / 2 ** 31);
    return x >= 0 ? result : -result;
  }
  // Doubles hold 53 bits of the product's 62, so x is taken in two halves.
  const high = Math.floor(size / 65536) * multiplier;
  const low = (size % 65536) * multiplier;
  const whole = Math.floor(high / 32768);
  const rest = (high % 32768) * 65536 + low + nudge;
  const result = whole + Math.floor(rest / 2 ** 31);
  return x >= 0 ? result : -result;
}

/** x / 2^exponent, rounded half away from zero. */
function roundedShift(x: number, exponent: number): number {
  if (exponent === 0) return x;
  const unit = 2 ** exponent;
  const half = unit / 2;
  return x >= 0 ? Math.floor((x + half) / unit) : -Math.floor((-x + half) / unit);
}

/**
 * x times a fixed-point factor: TensorFlow Lite's MultiplyByQuantizedMultiplier with double rounding. Exact for
 * |x| * 2^max(0, shift) < 2^31, which `quantise` sees to.
 */
export function scaled(x: number, { multiplier, shift }: FixedFactor): number {
  if (shift > 0) return doublingHighProduct(x * 2 ** shift, multiplier);
  return roundedShift(doublingHighProduct(x, multiplier), -shift);
}

/** `value` cut to int8, not below `low`. */
export const toInt8 = (value: number, low = -128): number => (value < low ? low : value > 127 ? 127 : value);
