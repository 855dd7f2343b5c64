import type { NodeId } from '../../core/architecture/types.ts';
import { layoutOf } from '../../core/architecture/weights.ts';
import { applyChain, isExact } from '../../core/morphisms/catalog.ts';
import type { Morphism } from '../../core/morphisms/morphism.ts';
import { resolveSelections } from '../../core/morphisms/provenance.ts';
import { seeded } from '../../core/random.ts';
import { writeFailure } from '../../core/failure.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { ImageSet, SearchData } from '../../datasets/types.ts';
import { batchNormEpsilon, type Engine } from '../engine.ts';
import { probabilities } from '../evaluate.ts';
import { inheritAlong } from '../inherit.ts';
import { initialWeights } from '../initial-weights.ts';
import { breakChild, breaksOf, type BreakKind } from './breaks.ts';
import { type ChannelHistogram, histogramsOf } from './histogram.ts';
import { answer, answerInTraining, type Answers, differenceOf, sliceSet } from './measure.ts';
import { newNumbers } from './new-numbers.ts';
import { reestimated, trainWithReadings } from './readings.ts';
import type {
  Subject,
  Opened,
  Measured,
  Transformed,
  Broken,
  DistillReading,
  Arm,
  LearnReading,
} from './results.ts';
import { shortSchedule, toySchedule } from './schedules.ts';
import { answerWith, deepenAfterTanh } from './tanh.ts';

/** Images in a distillation and in a training run of the bench. [ours] */
export const distillImages = 6144;
export const learnImages = 6144;
const checkImages = 256;

/**
 * One network on the bench: morphisms applied to it by the code of the search, and what both networks answer on the
 * same check images. All numbers come from `engine`.
 */
export class Workbench {
  readonly #engine: Engine;
  #parent: Subject | null = null;
  #answers: Answers | null = null;
  #training: Answers | null = null;
  #train: ImageSet | null = null;
  #check: ImageSet | null = null;
  #tanh: Subject | null = null;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /**
   * Puts a network on the bench, with the images to calibrate, train and check with; `tanh` is a network trained with
   * tanh in place of ReLU, if there is one for the same images.
   */
  async open(subject: Subject, data: SearchData, tanh: Subject | null = null): Promise<Opened> {
    this.#tanh = tanh;
    const check = sliceSet(data.validation, 0, Math.min(checkImages, data.validation.count));
    this.#parent = subject;
    this.#train = data.train;
    this.#check = check;
    this.#answers = await answer(this.#engine, subject.architecture, subject.weights, check);
    this.#training = null;
    return { ...subject, answers: this.#answers, check, epsilon: batchNormEpsilon };
  }

  /** The child of one morphism, its weights inherited as in a search, and how far it answers otherwise. */
  async transform(morphism: Morphism, seed: number): Promise<Result<Transformed>> {
    const { parent, train, check } = this.#ready();
    const applied = applyChain(parent.architecture, [morphism]);
    if (!applied.ok) return fail({ code: 'illegal-morphism', detail: applied.reason });
    const { steps } = applied.value;
    const random = seeded(`${seed}/bench`).split('inherit');
    const weights = await inheritAlong(this.#engine, steps, parent.weights, train, random, false);
    const [step] = steps;
    this.#training ??= await answerInTraining(this.#engine, parent.architecture, parent.weights, check);
    const training = await answerInTraining(this.#engine, step!.child, weights, check);
    return ok({
      step: step!,
      weights,
      exact: isExact(morphism),
      inference: await this.measure({ architecture: step!.child, weights }),
      training: {
        parent: this.#training,
        answers: training,
        difference: differenceOf(this.#training, training),
      },
      breaks: breaksOf(step!).filter((kind) => kind !== 'after-tanh' || this.#tanh !== null),
    });
  }

  /** What the parent's `node` puts out, channel by channel, on the images that BN is measured on. */
  histograms(node: NodeId, most: number): readonly ChannelHistogram[] {
    const { parent, train } = this.#ready();
    return histogramsOf(parent.architecture, parent.weights, node, train, most);
  }

  /** Any network on the check images, against the parent. */
  async measure({ architecture, weights }: Subject): Promise<Measured> {
    const answers = await answer(this.#engine, architecture, weights, this.#ready().check);
    return { answers, difference: differenceOf(this.#answers!, answers) };
  }

  /** Logits [count, classes] of parent and `child` for images like the check images. */
  async predict(
    child: Subject | null,
    images: Uint8Array,
  ): Promise<{ parent: Float32Array; child: Float32Array | null }> {
    const { parent, check } = this.#ready();
    const count = images.length / (check.height * check.width * check.channels);
    const set: ImageSet = { ...check, count, images: new Uint8Array(images), labels: new Uint8Array(count) };
    const logits = async (subject: Subject) =>
      (await answer(this.#engine, subject.architecture, subject.weights, set)).logits;
    return { parent: await logits(parent), child: child ? await logits(child) : null };
  }

  /** The child with one thing done wrong. */
  async breakIt(
    kind: BreakKind,
    transformed: Pick<Transformed, 'step' | 'weights'>,
    seed: number,
  ): Promise<Result<Broken>> {
    const { parent, train } = this.#ready();
    const { step } = transformed;
    if (kind === 'after-tanh') return this.#afterTanh(step.morphism, `${seed}/bench`);
    const made = await breakChild(this.#engine, kind, {
      step,
      parentWeights: parent.weights,
      childWeights: transformed.weights,
      selections: resolveSelections(step.map, layoutOf(parent.architecture), parent.weights),
      calibration: train,
      seed: `${seed}/bench`,
    });
    if (!made.ok) return made;
    const subject = { architecture: made.value.child, weights: made.value.weights };
    const measured = await this.measure(subject);
    const isNew = kind === 'zero-filters' ? newNumbers(step) : [];
    const gradient = isNew.length > 0 ? await this.gradient(subject) : null;
    const stuck = gradient && { zero: isNew.filter((i) => gradient[i] === 0).length, of: isNew.length };
    return ok({ kind, tanh: null, ...subject, ...measured, stuck });
  }

  #afterTanh(morphism: Morphism, seed: string): Result<Broken> {
    if (!this.#tanh || morphism.operator !== 'deepen') return fail({ code: 'no-tanh-network' });
    const { train, check } = this.#ready();
    const made = deepenAfterTanh(this.#tanh, morphism, train, seed);
    if (!made.ok) return made;
    const [before, answers] = [this.#tanh, made.value].map(({ architecture, weights }) =>
      answerWith('tanh', architecture, weights, check),
    ) as [Answers, Answers];
    return ok({
      kind: 'after-tanh',
      ...made.value,
      answers,
      difference: differenceOf(before, answers),
      stuck: null,
      tanh: { ...this.#tanh, answers: before },
    });
  }

  /** The loss's gradient on one batch of training images, BN in training mode: one step of rate 1, taken back. */
  async gradient({ architecture, weights }: Subject): Promise<Float32Array> {
    const network = this.#engine.network(architecture, weights);
    try {
      const { train } = this.#ready();
      const schedule = { ...toySchedule(32, 'bench/gradient'), rate: 1, warmup: 0, momentum: 0 };
      const trained = await network.train(train, schedule);
      if (!trained.ok) throw new Error(writeFailure(trained.reason));
      const moved = await network.weights();
      return weights.map((value, i) => value - moved[i]!).subarray(0, layoutOf(architecture).trainableLength);
    } finally {
      network.dispose();
    }
  }

  /** Distils the affected layers of an approximate child towards its parent, everything else frozen. */
  async distill(
    { step, weights }: Pick<Transformed, 'step' | 'weights'>,
    seed: number,
    onReading: (reading: DistillReading) => void,
    signal?: AbortSignal,
  ): Promise<Result<Subject>> {
    const { parent, train, check } = this.#ready();
    const teacher = await answer(this.#engine, parent.architecture, parent.weights, train);
    const targets = probabilities(teacher.logits, teacher.classes);
    const result = await trainWithReadings(
      this.#engine,
      step.child,
      weights,
      { train, check },
      (network, hooks) =>
        network.distill(
          train,
          targets,
          step.affected,
          shortSchedule(distillImages, `${seed}/bench/distill`),
          hooks,
        ),
      ({ images, answers }) =>
        onReading({ images, answers, difference: differenceOf(this.#answers!, answers) }),
      signal,
    );
    return result.ok ? ok({ architecture: step.child, weights: result.value.weights }) : result;
  }

  /** Ordinary training of a child, and what it answers then. */
  async train(
    { architecture, weights }: Subject,
    seed: number,
    signal?: AbortSignal,
  ): Promise<Result<Measured>> {
    const { train, check } = this.#ready();
    const schedule = shortSchedule(learnImages, `${seed}/bench/train`);
    const result = await trainWithReadings(
      this.#engine,
      architecture,
      weights,
      { train, check },
      (network, hooks) => network.train(train, schedule, hooks),
      () => {},
      signal,
    );
    if (!result.ok) return result;
    const { answers } = result.value;
    return ok({ answers, difference: differenceOf(this.#answers!, answers) });
  }

  /**
   * Short training runs over the same images: the child as inherited, a broken one, and one from scratch (the child's
   * architecture, fresh weights), for every seed. The first reading of each is before any training.
   */
  async learn(
    subjects: Readonly<Record<'inherited', Subject> & { broken?: Subject | undefined }>,
    seeds: readonly number[],
    onReading: (reading: LearnReading) => void,
    signal?: AbortSignal,
  ): Promise<Result<true>> {
    const { train, check } = this.#ready();
    for (const seed of seeds) {
      const scratch: Subject = {
        architecture: subjects.inherited.architecture,
        weights: initialWeights(subjects.inherited.architecture, seeded(`${seed}/bench/scratch`)),
      };
      const arms: readonly (readonly [Arm, Subject | undefined])[] = [
        ['inherited', subjects.inherited],
        ['broken', subjects.broken],
        ['scratch', scratch],
      ];
      for (const [arm, subject] of arms) {
        if (!subject) continue;
        const report = (images: number, { right, count }: Answers) =>
          onReading({ arm, seed, images, error: 1 - right / count });
        const start =
          arm === 'scratch'
            ? await reestimated(this.#engine, subject.architecture, subject.weights, train)
            : subject.weights;
        report(0, await answer(this.#engine, subject.architecture, start, check));
        const schedule = shortSchedule(learnImages, `${seed}/bench/learn`);
        const result = await trainWithReadings(
          this.#engine,
          subject.architecture,
          subject.weights,
          { train, check },
          (network, hooks) => network.train(train, schedule, hooks),
          ({ images, answers }) => report(images, answers),
          signal,
        );
        if (!result.ok) return fail(result.reason);
      }
    }
    return ok(true);
  }

  #ready(): { parent: Subject; train: ImageSet; check: ImageSet } {
    if (!this.#parent || !this.#train || !this.#check)
      throw new Error('nothing is on the bench: call open first');
    return { parent: this.#parent, train: this.#train, check: this.#check };
  }
}
