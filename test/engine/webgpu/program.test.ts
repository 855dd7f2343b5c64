import fc from 'fast-check';
import { expect, test } from 'vitest';
import { networkCost } from '../../../src/core/architecture/cost.ts';
import { layoutOf } from '../../../src/core/architecture/weights.ts';
import { kernelsOf } from '../../../src/engine/webgpu/kernels/catalog.ts';
import { planArena } from '../../../src/engine/webgpu/arena.ts';
import { compileInference, compileStatistics, compileTraining } from '../../../src/engine/webgpu/compile.ts';
import { describe as describeProgram, summarise } from '../../../src/engine/webgpu/describe.ts';
import { graphOf } from '../../../src/engine/webgpu/graph.ts';
import { Pacer } from '../../../src/engine/webgpu/pacer.ts';
import { packWeights, placeParameters, unpackWeights } from '../../../src/engine/webgpu/parameters.ts';
import type { Program } from '../../../src/engine/webgpu/program.ts';
import { benchNetworks, chain, r10 } from '../../bench/networks.ts';
import { architectures, randomWeights } from '../../support/architectures.ts';
import { reductions } from './kernels/run-dispatch.ts';
import { someNodes } from './agreement.ts';

const training = { task: 0, trained: null, isSoft: false, reduction: 'shared' } as const;
const names = (program: Program) => program.instructions.map(({ kernel }) => kernel.name);

test.each(reductions)('one training step of R10 takes at most 70 dispatches: %s', (reduction) => {
  const { program } = compileTraining(graphOf(r10.architecture), {
    ...training,
    reduction,
    batch: r10.batch,
  });
  expect(program.instructions.length).toBeLessThanOrEqual(70);
});

test.each(reductions)('a program has kernels of its own way to add up only: %s', (reduction) => {
  const known = new Set(kernelsOf[reduction]);
  for (const { architecture } of benchNetworks) {
    const graph = graphOf(architecture);
    const { program } = compileTraining(graph, { ...training, reduction, batch: 4 });
    const all = [program, compileInference(graph, { batch: 4, reduction }, 0)];
    for (const { instructions } of all)
      for (const { kernel } of instructions) expect(known).toContain(kernel);
  }
});

test('inference takes one dispatch a conv block, pool and head', () => {
  const program = compileInference(graphOf(r10.architecture), { batch: 8, reduction: 'shared' }, 0);
  expect(program.instructions.length).toBe(r10.architecture.nodes.length);
});

test('the multiply-adds of inference are those of the cost model, but for what it counts as additions', () => {
  for (const { architecture } of benchNetworks) {
    const program = compileInference(graphOf(architecture), { batch: 1, reduction: 'shared' }, 0);
    const convolutions = program.instructions
      .filter(({ kernel }) => kernel.source === 'conv')
      .reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0);
    const { multiplyAdds } = networkCost(architecture);
    expect(Math.abs(multiplyAdds / convolutions - 1)).toBeLessThan(0.01);
  }
});

test('a dense connection is concatenated without a copy, forward and backward', () => {
  const architecture = chain({ height: 8, width: 8, channels: 3 }, [
    { filters: 8 },
    { filters: 8, skip: 'concat' },
    { filters: 8, skip: 'concat' },
    { filters: 8 },
  ]);
  const { program } = compileTraining(graphOf(architecture), { ...training, batch: 4 });
  expect(names(program)).not.toContain('copy');
});

test('a plan prints one line a dispatch and its totals', () => {
  const { program } = compileTraining(graphOf(r10.architecture), { ...training, batch: 8 });
  const lines = describeProgram(program).split('\n');
  const summary = summarise(program);
  expect(lines.length).toBe(summary.dispatches + 2);
  expect(lines[1]).toMatch(/b0 +conv-forward-statistics .* 442368 multiply-adds/);
  expect(summary.savedBytes).toBeGreaterThan(summary.arenaBytes / 4);
});

test('on random graphs: no two tensors alive at once share memory, and every weight that is trained has its gradient', () => {
  fc.assert(
    fc.property(architectures({ maxSteps: 14 }), fc.nat(99), (architecture, seed) => {
      const graph = graphOf(architecture);
      const trained = seed % 2 === 0 ? null : new Set(someNodes(architecture, seed));
      const reduction = reductions[seed % 3 === 0 ? 0 : 1]!;
      const options = { batch: 3, task: 0, trained, isSoft: false, reduction };
      const { program, blocks } = compileTraining(graph, options);
      const programs = [
        program,
        compileInference(graph, { batch: 2, reduction }, 0),
        compileStatistics(graph, { batch: 2, reduction }, null).program,
        compileStatistics(graph, { batch: 2, reduction }, trained).program,
      ];
      for (const { instructions } of programs) {
        const { slots, sizes } = planArena(instructions);
        const lives = new Map<number, { first: number; last: number }>();
        instructions.forEach(({ operands, kernel }, index) => {
          const written = operands.filter((_, i) => kernel.bindings[i] === 'write');
          for (const operand of operands) {
            if (typeof operand === 'string') continue;
            const first = lives.get(operand.id)?.first ?? index;
            // Nothing is read before a dispatch of this step wrote it.
            if (first === index) expect(written).toContain(operand);
            lives.set(operand.id, { first, last: index });
            expect(sizes[slots.get(operand.id)!]).toBeGreaterThanOrEqual(operand.floats);
          }
        });
        for (const [a, own] of lives) {
          for (const [b, other] of lives) {
            if (a >= b || slots.get(a) !== slots.get(b)) continue;
            expect(own.last < other.first || other.last < own.first).toBe(true);
          }
        }
      }
      // Blocks of the optimiser cover the trained tensors exactly.
      const moved = new Set<number>();
      for (let i = 0; i < blocks.length; i += 8) {
        for (let k = 0; k < blocks[i + 1]!; k++) moved.add(blocks[i]! + k);
      }
      const expected = layoutOf(architecture)
        .slots.filter((slot) => slot.trainable && (trained === null || trained.has(slot.node)))
        .reduce((sum, slot) => sum + slot.length, 0);
      expect(moved.size).toBe(expected);
    }),
    { numRuns: 60 },
  );
});

test('weights survive packing, and every tensor starts at a multiple of four', () => {
  fc.assert(
    fc.property(architectures(), fc.nat(), (architecture, seed) => {
      const placement = placeParameters(layoutOf(architecture));
      const weights = randomWeights(architecture, seed);
      expect(unpackWeights(placement, packWeights(placement, weights))).toEqual(weights);
      for (const { node, name } of placement.layout.slots) expect(placement.offset(node, name) % 4).toBe(0);
    }),
    { numRuns: 30 },
  );
  const placement = placeParameters(layoutOf(r10.architecture));
  expect(() => packWeights(placement, new Float32Array(3))).toThrow(RangeError);
});

test('submissions grow while they are short, and shrink at once when they take too long', () => {
  let time = 0;
  const pacer = new Pacer(64, () => time);
  const run = (perStep: number) => {
    const { steps } = pacer;
    pacer.submitted();
    time += steps * perStep;
    pacer.completed(steps);
    return pacer.steps;
  };
  expect([run(1), run(1), run(1), run(1), run(1), run(1), run(1)]).toEqual([2, 4, 8, 16, 32, 40, 40]);
  expect(run(10)).toBe(4);
  expect(run(500)).toBe(1);
});
