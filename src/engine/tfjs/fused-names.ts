/**
 * Kernels that a backend may register with tfjs to do in one pass what the portable trainer else composes from
 * several operations (src/engine/tfjs/wasm/fused.ts does). Both ways compute the same, and are tested against each other.
 */
export const fusedNames = {
  moments: 'Moments',
  normaliseRelu: 'NormaliseRelu',
  normaliseReluBack: 'NormaliseReluBack',
  scaleRelu: 'ScaleRelu',
  scaleReluBack: 'ScaleReluBack',
  globalAverage: 'GlobalAverage',
  globalAverageBack: 'GlobalAverageBack',
  mix: 'Mix',
  mixBackLambda: 'MixBackLambda',
  momentumStep: 'MomentumStep',
} as const;
