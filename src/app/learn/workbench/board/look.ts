import type { TensorName } from '../../../../core/architecture/weights.ts';

/** From which size on a number is drawn in full colour, by tensor. */
function saturation(tensor: TensorName): number {
  switch (tensor) {
    case 'gamma':
    case 'beta':
    case 'mean':
    case 'variance':
      return 3;
    case 'bias':
      return 8;
    default:
      return 0.9;
  }
}

/** Share of full colour, 0 to 1, of a number; dense rows take up to 8. */
export const strength = (tensor: TensorName, value: number, dense: boolean): number =>
  Math.min(1, Math.abs(value) / (dense ? 8 : saturation(tensor)));

/** CSS background of a cell: white at zero, blue below, orange above. */
export function cellFill(tensor: TensorName, value: number, dense: boolean): string {
  const share = Math.round(100 * strength(tensor, value, dense));
  return `color-mix(in oklab, var(--cell-${value < 0 ? 'low' : 'high'}) ${share}%, var(--cell-zero))`;
}

/**
 * Which ink reads at 4.5:1 or better on that cell, in both themes. Of black and white one always does; where they
 * change places follows from the luminances of the colours in bench.css.
 */
export function cellInk(tensor: TensorName, value: number, dense: boolean): string {
  const share = strength(tensor, value, dense);
  if (value < 0 && share >= 0.96) return 'on-low';
  return share > (value < 0 ? 0.75 : 0.72) ? 'on-high' : 'on-pale';
}

export const normSymbols: Partial<Record<TensorName, string>> = {
  gamma: 'γ',
  beta: 'β',
  mean: 'μ',
  variance: 'σ²',
};

/** A feature map as a picture: ink where the number is large; the theme inverts it. */
export function mapUrl(
  values: Float32Array,
  width: number,
  height: number,
  channels: number,
  channel: number,
): string {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d');
  if (!context) return '';
  const image = context.createImageData(width, height);
  let [low, high] = [Infinity, -Infinity];
  for (let p = 0; p < width * height; p++) {
    const value = values[p * channels + channel]!;
    [low, high] = [Math.min(low, value), Math.max(high, value)];
  }
  const span = high - Math.min(low, 0) || 1;
  for (let p = 0; p < width * height; p++) {
    const share = (values[p * channels + channel]! - Math.min(low, 0)) / span;
    image.data[4 * p + 3] = Math.round(235 * share);
  }
  context.putImageData(image, 0, 0);
  return canvas.toDataURL();
}
