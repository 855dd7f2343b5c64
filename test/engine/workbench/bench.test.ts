import { beforeAll, describe, expect, it } from 'vitest';
import { nodeId } from '../../../src/core/architecture/graph.ts';
import { forwardImage } from '../../../src/core/architecture/forward.ts';
import { layoutOf } from '../../../src/core/architecture/weights.ts';
import { provenance, resolveSelections } from '../../../src/core/morphisms/provenance.ts';
import { inheritWeights } from '../../../src/core/morphisms/resolve.ts';
import { seeded } from '../../../src/core/random.ts';
import { makeToyData } from '../../../src/datasets/toys.ts';
import { Workbench } from '../../../src/engine/workbench/workbench.ts';
import type { DistillReading } from '../../../src/engine/workbench/results.ts';
import { differenceOf } from '../../../src/engine/workbench/measure.ts';
import { answerWith } from '../../../src/engine/workbench/tanh.ts';
import { pixelTable, plainImages } from '../../../src/engine/batches.ts';
import { batchNormEpsilon, type Engine } from '../../../src/engine/engine.ts';
import { answerOf } from '../../../src/engine/evaluate.ts';
import { inheritAlong } from '../../../src/engine/inherit.ts';
import { startEngine } from '../start.ts';
import { benchCases, shippedTanhToy, shippedToys } from '../../support/toys.ts';

const data = makeToyData();
const toys = shippedToys();
const seed = 1;
/** The float32 band of the gauge, and where another function begins. */
const [rounding, different] = [1e-5, 0.1];
/** Breaks that keep the function by design: their harm is that the new weights never learn, or learn alike. */
const harmless = new Set(['zero-filters', 'no-noise']);
let engine: Engine;
beforeAll(async () => {
  engine = await startEngine('wasm');
});

async function onBench(name: string) {
  const { toy, morphism } = benchCases.find((entry) => entry.name === name)!;
  const bench = new Workbench(engine);
  const opened = await bench.open(toys[toy], data, shippedTanhToy());
  const transformed = await bench.transform(morphism, seed);
  if (!transformed.ok) throw new Error(JSON.stringify(transformed.reason));
  return { bench, opened, parent: toys[toy], transformed: transformed.value };
}

describe.each(benchCases.map(({ name }) => name))('%s on the bench', (name) => {
  it('shows the numbers that the engine gives for the same network and seed', async () => {
    const { opened, parent, transformed } = await onBench(name);
    const { step, inference } = transformed;
    const random = seeded(`${seed}/bench`).split('inherit');
    const weights = await inheritAlong(engine, [step], parent.weights, data.train, random, false);
    expect(transformed.weights).toEqual(weights);
    const logits = async (architecture: typeof step.child, numbers: typeof weights) => {
      const network = engine.network(architecture, numbers);
      const all = await network.logits(data.validation, 0, 256);
      network.dispose();
      return all;
    };
    const [before, after] = [
      await logits(parent.architecture, parent.weights),
      await logits(step.child, weights),
    ];
    expect(opened.answers.logits).toEqual(before);
    expect(inference.answers.logits).toEqual(after);
    let [max, alike, right] = [0, 0, 0];
    for (let i = 0; i < before.length; i++) max = Math.max(max, Math.abs(before[i]! - after[i]!));
    for (let i = 0; i < 256; i++) {
      if (answerOf(before, i, 3) === answerOf(after, i, 3)) alike++;
      if (answerOf(after, i, 3) === data.validation.labels[i]) right++;
    }
    expect(inference.difference.max).toBeCloseTo(max, 5);
    expect(inference.difference.alike).toBe(alike);
    expect(inference.answers.right).toBe(right);
  });

  it('stays in the float32 band where the operator is exact, and only there', async () => {
    const { transformed } = await onBench(name);
    const { max, alike } = transformed.inference.difference;
    if (name === 'widen copy') expect(alike).toBeGreaterThan(250);
    else if (transformed.exact) expect(max).toBeLessThanOrEqual(rounding);
    else expect(max).toBeGreaterThan(different);
  });

  it('takes every number from where the weight map says', async () => {
    const { parent, transformed } = await onBench(name);
    const { step, weights } = transformed;
    const layout = layoutOf(parent.architecture);
    const selections = resolveSelections(step.map, layout, parent.weights);
    const inherited = inheritWeights(
      step.parent,
      parent.weights,
      step.child,
      step.map,
      seeded(`${seed}/bench`).split('inherit').split(0),
    );
    const measured = new Set(
      inherited.measured.flatMap(({ ref, channels }) => channels.map((c) => `${ref.node}/${ref.name}/${c}`)),
    );
    for (const { to, from, index, factor, noisy } of provenance(
      step.parent,
      step.child,
      step.map,
      selections,
    )) {
      const start = from && layout.slots.find((s) => s.node === from.node && s.name === from.name)!.offset;
      for (let i = 0; i < to.length; i++) {
        const value = weights[to.offset + i]!;
        if (index[i]! >= 0 && !noisy[i])
          expect(value).toBeCloseTo(parent.weights[start! + index[i]!]! * factor[i]!, 6);
        else if (!measured.has(`${to.node}/${to.name}/${i}`))
          expect(value).toBe(inherited.weights[to.offset + i]);
      }
    }
  });

  it('leaves the band under every break that is meant to', async () => {
    const { bench, transformed } = await onBench(name);
    for (const kind of transformed.breaks) {
      const broken = await bench.breakIt(kind, transformed, seed);
      if (!broken.ok) throw new Error(JSON.stringify(broken.reason));
      const { max } = broken.value.difference;
      if (harmless.has(kind)) expect(max, kind).toBeLessThanOrEqual(rounding);
      else expect(max, kind).toBeGreaterThan(different);
      if (kind === 'zero-filters') {
        expect(broken.value.stuck!.zero).toBe(broken.value.stuck!.of);
        expect(broken.value.stuck!.of).toBeGreaterThan(18);
      }
    }
  });
});

describe('the bench', () => {
  it('gives the new weights of a widened network a gradient, unlike zero filters', async () => {
    const { bench, transformed } = await onBench('widen');
    const subject = { architecture: transformed.step.child, weights: transformed.weights };
    const gradient = await bench.gradient(subject);
    const readers = layoutOf(subject.architecture).slots.find((s) => s.node === '2' && s.name === 'kernel')!;
    const zeros = [...gradient.keys()].filter(
      (i) => i >= readers.offset && i < readers.offset + readers.length && subject.weights[i] === 0,
    );
    expect(zeros).toHaveLength(54);
    expect(zeros.filter((i) => gradient[i] !== 0).length).toBeGreaterThan(40);
  });

  it('changes nothing but the readers when copies are not divided, not even their noise', async () => {
    const { bench, transformed } = await onBench('widen copy');
    const broken = await bench.breakIt('undivided', transformed, seed);
    if (!broken.ok) throw new Error(JSON.stringify(broken.reason));
    const changed = layoutOf(transformed.step.child).slots.filter(({ offset, length }) =>
      Array.from({ length }, (_, i) => offset + i).some(
        (i) => broken.value.weights[i] !== transformed.weights[i],
      ),
    );
    expect(changed.map(({ node, name }) => `${node}/${name}`)).toEqual(['2/kernel']);
  });

  it('holds the parent and the child in training mode against each other', async () => {
    const { transformed } = await onBench('deepen');
    const { parent, answers, difference } = transformed.training;
    expect(differenceOf(parent, answers)).toEqual(difference);
    expect(difference.max).toBeGreaterThan(transformed.inference.difference.max);
  });

  it('draws what a new block gets: never negative, of the mean and variance that its batch norm is given', async () => {
    const { bench, transformed } = await onBench('deepen');
    const { step, weights } = transformed;
    const block = step.child.nodes.find(({ id }) => !step.parent.nodes.some((node) => node.id === id))!;
    const slots = layoutOf(step.child).slots.filter(({ node }) => node === block.id);
    const number = (name: string, channel: number) =>
      weights[slots.find((slot) => slot.name === name)!.offset + channel]!;
    const histograms = bench.histograms(nodeId('1'), 8);
    expect(histograms).toHaveLength(2);
    histograms.forEach(({ images, least, mean, variance, zeros, total, counts }, channel) => {
      expect(images).toBe(250);
      expect(least).toBeGreaterThanOrEqual(0);
      expect(mean).toBeCloseTo(number('mean', channel), 3);
      expect(variance).toBeCloseTo(number('variance', channel), 3);
      expect(number('beta', channel)).toBeCloseTo(mean, 3);
      expect(zeros + counts.reduce((sum, count) => sum + count, 0)).toBe(total);
    });
  });

  it('shows that an identity block after tanh is not neutral, and that after ReLU the same loops find it so', async () => {
    const { bench, transformed } = await onBench('deepen');
    const broken = await bench.breakIt('after-tanh', transformed, seed);
    if (!broken.ok) throw new Error(JSON.stringify(broken.reason));
    const { tanh, architecture, weights, answers, difference } = broken.value;
    expect(tanh!.answers.right / 256).toBeGreaterThan(0.7);
    expect(difference.max).toBeGreaterThan(different);
    expect(differenceOf(tanh!.answers, answers).max).toBe(difference.max);
    // By hand: the new block is exactly the identity before its tanh, so its map is tanh of the map before.
    const [before, block] = [
      nodeId('1'),
      architecture.nodes.find(({ id }) => !tanh!.architecture.nodes.some((n) => n.id === id))!,
    ];
    const image = plainImages(data.validation, pixelTable(data.validation), 0, 1);
    const maps = forwardImage(architecture, weights, image, batchNormEpsilon, 'tanh');
    maps.get(block.id)!.forEach((value, i) => expect(value).toBeCloseTo(Math.tanh(maps.get(before)![i]!), 5));
    const relu = [tanh!, broken.value].map((one) =>
      answerWith('relu', one.architecture, one.weights, data.validation),
    );
    expect(differenceOf(relu[0]!, relu[1]!).max).toBeLessThanOrEqual(rounding);
  });

  it('has no tanh for a network that none was trained for', async () => {
    const bench = new Workbench(engine);
    await bench.open(toys.plain, data);
    const transformed = await bench.transform(benchCases[0]!.morphism, seed);
    if (!transformed.ok) throw new Error(JSON.stringify(transformed.reason));
    expect(transformed.value.breaks).not.toContain('after-tanh');
    expect((await bench.breakIt('after-tanh', transformed.value, seed)).ok).toBe(false);
  });

  it('brings an approximate child closer to its parent by distillation', async () => {
    const { bench, transformed } = await onBench('prune');
    const readings: DistillReading[] = [];
    const distilled = await bench.distill(transformed, seed, (reading) => readings.push(reading));
    expect(distilled.ok).toBe(true);
    expect(readings.length).toBeGreaterThan(10);
    expect(readings.at(-1)!.difference.divergence).toBeLessThan(
      transformed.inference.difference.divergence / 10,
    );
  });

  it('computes in plain loops what the engine computes, for the pictures of what filters see', () => {
    const toy = toys.deep;
    const image = plainImages(data.validation, pixelTable(data.validation), 5, 1);
    const maps = forwardImage(toy.architecture, toy.weights, image, batchNormEpsilon);
    const network = engine.network(toy.architecture, toy.weights);
    return network.logits(data.validation, 5, 1).then((logits) => {
      network.dispose();
      const plain = maps.get(toy.architecture.nodes.at(-1)!.id)!;
      logits.forEach((value, c) => expect(plain[c]).toBeCloseTo(value, 3));
    });
  });

  it('ships toys that answer as well as the page says they do', async () => {
    for (const toy of Object.values(toys)) {
      const opened = await new Workbench(engine).open(toy, data);
      expect(opened.answers.right / 256).toBeGreaterThan(0.9);
    }
  });
});
