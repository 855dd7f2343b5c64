import { nodesById } from '../../../core/architecture/graph.ts';
import { layoutOf, type Weights } from '../../../core/architecture/weights.ts';
import type { Measured, Subject, Transformed } from '../../../engine/workbench/results.ts';

/** The child's weights with its new skip mixed at `lambda`. */
function withLambda({ step, weights }: Transformed, lambda: number): Weights {
  const mixed = weights.slice();
  for (const { name, node, offset } of layoutOf(step.child).slots)
    if (name === 'lambda' && !nodesById(step.parent).has(node)) mixed[offset] = lambda;
  return mixed;
}

interface Measuring {
  readonly transformed: Transformed | null;
  measure(subject: Subject): Promise<Measured | null>;
}

/** The gate of an additive skip, turned by hand. */
export class LambdaControl {
  lambda = $state(1);
  /** What the child answers at that lambda; null where the gate is as the operator leaves it. */
  mixed = $state.raw<Measured | null>(null);
  readonly #bench: Measuring;

  constructor(bench: Measuring) {
    this.#bench = bench;
  }

  /** The child with its gate at `lambda`, measured. */
  async at(lambda: number): Promise<Measured | null> {
    const { transformed } = this.#bench;
    if (!transformed) return null;
    return this.#bench.measure({
      architecture: transformed.step.child,
      weights: withLambda(transformed, lambda),
    });
  }

  async turn(lambda: number): Promise<void> {
    this.lambda = lambda;
    if (lambda === 1) this.mixed = null;
    else {
      const found = await this.at(lambda);
      if (this.lambda === lambda) this.mixed = found;
    }
  }

  /** As the operator leaves it. */
  close(): void {
    void this.turn(1);
  }
}
