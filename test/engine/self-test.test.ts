import { expect, test } from 'vitest';
import { pixelTable, plainImages } from '../../src/engine/batches.ts';
import {
  selfTestArchitecture,
  selfTestImages,
  selfTestSchedule,
  selfTestWeights,
} from '../../src/engine/self-test.ts';
import { selfTestLogits } from '../../src/engine/self-test-numbers.ts';
import { scalarForward, scalarReestimate, scalarTrain } from '../support/scalar-training.ts';

test('the self-test compares with what the scalar oracle computes', () => {
  const data = selfTestImages();
  const weights = scalarTrain(selfTestArchitecture, selfTestWeights(), data, selfTestSchedule);
  const images = plainImages(data, pixelTable(data), 0, data.count);
  scalarReestimate(selfTestArchitecture, weights, images, data.count);
  const { logits } = scalarForward(selfTestArchitecture, weights, images, data.count, () => 'inference');
  expect(logits.length).toBe(selfTestLogits.length);
  logits.forEach((value, i) => expect(value).toBeCloseTo(selfTestLogits[i]!, 6));
});
