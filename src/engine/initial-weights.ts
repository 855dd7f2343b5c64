import type { Architecture } from '../core/architecture/types.ts';
import { layoutOf, type TensorSlot, type Weights } from '../core/architecture/weights.ts';
import type { Random } from '../core/random.ts';

/** Inputs that one output number of this tensor sums over. */
function fanIn(slot: TensorSlot): number {
  const [a = 1, b = 1, c = 1] = slot.shape;
  if (slot.name === 'depthwise') return a * b;
  return slot.shape.length === 4 ? a * b * c : a;
}

/**
 * Weights of a network trained from scratch: kernels normal with variance 2 / fan-in (He et al. 2015), the
 * classifier with variance 1 / fan-in, BN and bias at identity, lambda 1/2 [ours].
 */
export function initialWeights(architecture: Architecture, random: Random): Weights {
  const layout = layoutOf(architecture);
  const weights = new Float32Array(layout.length);
  for (const slot of layout.slots) {
    const draws = random.split(`${slot.node}/${slot.name}`);
    const values = weights.subarray(slot.offset, slot.offset + slot.length);
    switch (slot.name) {
      case 'kernel':
      case 'depthwise':
      case 'pointwise': {
        const gain = slot.shape.length === 2 ? 1 : 2;
        const deviation = Math.sqrt(gain / fanIn(slot));
        for (let i = 0; i < values.length; i++) values[i] = draws.normal() * deviation;
        break;
      }
      case 'gamma':
      case 'variance':
      case 'variance1':
        values.fill(1);
        break;
      case 'lambda':
        values.fill(0.5);
        break;
      case 'beta':
      case 'mean':
      case 'mean1':
      case 'bias':
        break;
    }
  }
  return weights;
}
