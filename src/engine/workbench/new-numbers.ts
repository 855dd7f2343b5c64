import { layoutOf } from '../../core/architecture/weights.ts';
import type { ChainStep } from '../../core/morphisms/catalog.ts';

/** Indices of the child's trainable numbers that no number of the parent stands behind. */
export function newNumbers(step: ChainStep): readonly number[] {
  const slots = new Map(layoutOf(step.child).slots.map((slot) => [`${slot.node}/${slot.name}`, slot]));
  const old = new Map(layoutOf(step.parent).slots.map((slot) => [`${slot.node}/${slot.name}`, slot]));
  return step.map.tensors.flatMap(({ to }) => {
    const slot = slots.get(`${to.node}/${to.name}`)!;
    const before = old.get(`${to.node}/${to.name}`);
    if (!slot.trainable || !slot.shape.length) return [];
    const outputs = slot.shape.at(-1)!;
    const inputs = slot.shape.length > 1 ? slot.shape.at(-2)! : 1;
    const [oldOutputs, oldInputs] = [
      before?.shape.at(-1) ?? 0,
      before ? (before.shape.length > 1 ? before.shape.at(-2)! : 1) : 0,
    ];
    return Array.from({ length: slot.length }, (_, i) => i)
      .filter((i) => i % outputs >= oldOutputs || Math.floor(i / outputs) % inputs >= oldInputs)
      .map((i) => slot.offset + i);
  });
}
