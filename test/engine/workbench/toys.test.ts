import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { makeToys, toySeed, toyText } from '../../../scripts/make-toys.ts';
import { makeToyData } from '../../../src/datasets/toys.ts';
import { Workbench } from '../../../src/engine/workbench/workbench.ts';
import { shippedTanhToy, shippedToys } from '../../support/toys.ts';
import { startEngine } from '../start.ts';

it('trains again, from nothing, exactly the toys that are shipped', { timeout: 180_000 }, async () => {
  const engine = await startEngine('wasm');
  const data = makeToyData();
  const toys = await makeToys(engine, data, toySeed);
  for (const [name, shipped] of Object.entries(shippedToys())) {
    const made = toys[name as keyof typeof toys];
    expect(made.weights, name).toEqual(shipped.weights);
    const { answers } = await new Workbench(engine).open(shipped, data);
    expect(answers.right / answers.count, name).toBeCloseTo(made.right, 12);
  }
  expect(toys.tanh.weights).toEqual(shippedTanhToy().weights);
  expect(toyText(toySeed, toys)).toBe(readFileSync('public/toys.json', 'utf8'));
});
