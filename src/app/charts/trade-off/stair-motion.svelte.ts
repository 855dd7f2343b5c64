import { prefersReducedMotion } from 'svelte/motion';
import { untrack } from 'svelte';
import { mixSteps, type Box, type Step } from '../geometry/stairs.ts';

const stepMilliseconds = 320;

/**
 * The staircase as drawn: it sinks to its new shape in 320 ms when `motion` is on, and is simply there when it
 * is off, when the reader prefers less motion or when the plot itself changed. Call while a component starts.
 */
export function stairMotion(steps: () => readonly Step[], box: () => Box, motion: () => boolean) {
  let moving = $state.raw<readonly Step[] | null>(null);
  let last: { steps: readonly Step[]; box: string } | null = null;

  $effect(() => {
    const target = steps();
    const frame = box();
    const shape = `${frame.left},${frame.right},${frame.top},${frame.bottom}`;
    const from = untrack(() => moving) ?? last?.steps ?? target;
    const same = last?.box === shape && last.steps.length > 0 && target.length > 0;
    last = { steps: target, box: shape };
    if (!motion() || prefersReducedMotion.current || !same) {
      moving = null;
      return;
    }
    const start = performance.now();
    let request = requestAnimationFrame(function tick(now) {
      const share = Math.min(1, Math.max(0, (now - start) / stepMilliseconds));
      moving = share < 1 ? mixSteps(from, target, 1 - Math.pow(1 - share, 3), frame) : null;
      if (share < 1) request = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(request);
  });

  return {
    get current(): readonly Step[] {
      return moving ?? steps();
    },
  };
}
