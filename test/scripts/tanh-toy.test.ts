import { expect, it } from 'vitest';
import { addGradient } from '../../scripts/tanh-toy.ts';
import { forwardImage } from '../../src/core/architecture/forward.ts';
import { makeToyData } from '../../src/datasets/toys.ts';
import { pixelTable, plainImages } from '../../src/engine/batches.ts';
import { batchNormEpsilon } from '../../src/engine/engine.ts';
import { shippedTanhToy } from '../support/toys.ts';

it('descends along the loss’s own gradient: as finite differences have it, for every number it learns', () => {
  const { architecture, weights } = shippedTanhToy();
  const { validation } = makeToyData();
  const image = plainImages(validation, pixelTable(validation), 3, 1);
  const label = validation.labels[3]!;
  const loss = (numbers: typeof weights) => {
    const maps = forwardImage(architecture, numbers, image, batchNormEpsilon, 'tanh');
    const logits = maps.get(architecture.nodes.at(-1)!.id)!;
    const top = Math.max(...logits);
    return Math.log(logits.reduce((sum, value) => sum + Math.exp(value - top), 0)) + top - logits[label]!;
  };
  const gradient = new Float64Array(weights.length);
  addGradient(architecture, weights, image, label, gradient);
  const learnt = [...gradient.keys()].filter((i) => gradient[i] !== 0);
  expect(learnt.length).toBeGreaterThan(80);
  for (const i of learnt) {
    const [more, less] = [weights.slice(), weights.slice()];
    more[i]! += 0.01;
    less[i]! -= 0.01;
    expect(gradient[i], `number ${i}`).toBeCloseTo((loss(more) - loss(less)) / 0.02, 2);
  }
});
