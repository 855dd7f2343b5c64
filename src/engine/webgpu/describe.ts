import { planArena } from './arena.ts';
import type { Program } from './program.ts';

export interface ProgramSummary {
  readonly dispatches: number;
  readonly multiplyAdds: number;
  /** Memory traffic of one step, every operand counted once. */
  readonly bytes: number;
  readonly arenaBytes: number;
  /** Bytes that sharing memory between tensors saves. */
  readonly savedBytes: number;
  readonly gradientBytes: number;
}

export function summarise(program: Program): ProgramSummary {
  const arena = planArena(program.instructions);
  const floats = arena.sizes.reduce((sum, size) => sum + size, 0);
  return {
    dispatches: program.instructions.length,
    multiplyAdds: program.instructions.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0),
    bytes: program.instructions.reduce((sum, { bytes }) => sum + bytes, 0),
    arenaBytes: 4 * floats,
    savedBytes: 4 * (arena.floatsWithoutSharing - floats),
    gradientBytes: 4 * program.gradientFloats,
  };
}

/** A program in plain text: one line a dispatch (node, kernel, workgroups, bytes, multiply-adds), then the totals. */
export function describe(program: Program): string {
  const lines = program.instructions.map(({ node, kernel, workgroups, bytes, multiplyAdds }, index) =>
    [
      String(index).padStart(3),
      node.padEnd(12),
      kernel.name.padEnd(28),
      workgroups.join('x').padStart(12),
      `${bytes} B`.padStart(12),
      `${multiplyAdds} multiply-adds`.padStart(24),
    ].join(' '),
  );
  const { dispatches, multiplyAdds, bytes, arenaBytes, savedBytes, gradientBytes } = summarise(program);
  return [
    ...lines,
    `${dispatches} dispatches, ${multiplyAdds} multiply-adds, ${bytes} bytes moved`,
    `arena ${arenaBytes} bytes (sharing saves ${savedBytes}), gradients ${gradientBytes} bytes`,
  ].join('\n');
}
