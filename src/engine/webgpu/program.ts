import type { NodeId } from '../../core/architecture/types.ts';
import type { ArenaTensor, Dispatch, Operand, Reduction, View } from './kernels/kernel.ts';

export interface Instruction extends Dispatch {
  /** The node it works for. */
  readonly node: NodeId | 'optimiser';
}

/** A dispatch would read and write one tensor through two bindings, which WebGPU forbids. */
export class AliasConflict extends Error {
  readonly tensor: ArenaTensor;
  constructor(tensor: ArenaTensor, kernel: string) {
    super(`${kernel} reads and writes ${tensor.label}`);
    this.tensor = tensor;
  }
}

/** A step as a list of dispatches over tensors that have no memory yet. Knows nothing of a GPU. */
export class Program {
  /** Of all its kernels. */
  readonly reduction: Reduction;
  readonly instructions: Instruction[] = [];
  /** Numbers in the gradients buffer, all splits included. */
  gradientFloats = 0;
  /** (mean, inverse deviation) pairs in the statistics buffer. */
  statisticPairs = 0;
  private tensors = 0;

  constructor(reduction: Reduction) {
    this.reduction = reduction;
  }

  /** A tensor of `floats` numbers. */
  tensor(label: string, floats: number): ArenaTensor {
    return { id: this.tensors++, label, floats };
  }

  /** A tensor of `rows` rows of `channels`, as a view. */
  dense(label: string, rows: number, channels: number): View {
    return { tensor: this.tensor(label, rows * channels), stride: channels, offset: 0, channels };
  }

  /** Reserves numbers in the gradients; returns their offset. */
  reserveGradient(floats: number): number {
    const offset = this.gradientFloats;
    this.gradientFloats += floats;
    return offset;
  }

  reserveStatistics(pairs: number): number {
    const offset = this.statisticPairs;
    this.statisticPairs += pairs;
    return offset;
  }

  add(node: Instruction['node'], dispatch: Dispatch): void {
    const { kernel, operands } = dispatch;
    operands.forEach((operand, i) => {
      if (typeof operand === 'string' || kernel.bindings[i] !== 'write') return;
      if (operands.some((other, j) => j !== i && isSame(operand, other))) {
        throw new AliasConflict(operand, kernel.name);
      }
    });
    this.instructions.push({ ...dispatch, node });
  }
}

const isSame = (a: Operand, b: Operand): boolean =>
  typeof a === 'string' || typeof b === 'string' ? a === b : a.id === b.id;
