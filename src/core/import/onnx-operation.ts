import type { OnnxAttribute, OnnxNode } from './onnx-model.ts';
import type { Tensor } from './onnx-tensor.ts';

/** An operator with the values it reads. */
export interface Operation {
  /** Undefined where an optional one is left out. */
  readonly inputs: readonly (Tensor | undefined)[];
  readonly attributes: OnnxNode['attributes'];
  /** Version of ONNX's operators that the file is written in. */
  readonly operatorSet: number;
}

export const attributeOf = (
  attributes: ReadonlyMap<string, OnnxAttribute>,
  name: string,
  otherwise: number,
): number => attributes.get(name)?.integer ?? otherwise;

/** The input at `place`. Throws RangeError where it is left out. */
export function inputAt({ inputs }: Operation, place: number): Tensor {
  const input = inputs[place];
  if (!input) throw new RangeError(`input ${place} is missing`);
  return input;
}

/** `axis` counted from the front. Throws RangeError where there is no such one. */
export function axisOf(axis: number, rank: number): number {
  const counted = axis < 0 ? axis + rank : axis;
  if (!(counted >= 0 && counted < Math.max(1, rank))) throw new RangeError(`no axis ${axis}`);
  return counted;
}

/** Axes that are an attribute in older operator sets and an input in newer ones; null where they are not given. */
export function axesOf({ inputs, attributes }: Operation, place = 1): readonly number[] | null {
  const given = attributes.get('axes')?.integers ?? [];
  return given.length > 0 ? given : inputs[place] ? [...inputs[place].values] : null;
}
