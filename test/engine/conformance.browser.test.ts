import { createEngine } from '../../src/engine/device.ts';
import { createPlanEngine } from '../../src/engine/webgpu/plan-engine.ts';
import { conforms } from './conformance.ts';
import { reductions } from './webgpu/kernels/run-dispatch.ts';

/** Adding up as GPUs do, and as adapters emulated on the processor do. */
for (const reduction of reductions)
  conforms(`the compiled plan, reductions ${reduction}`, {
    graphs: 6,
    async start() {
      const cpu = await createEngine('cpu');
      if (!cpu.ok) throw new Error(JSON.stringify(cpu.reason));
      const report = { ...cpu.value.report, kind: 'webgpu', trainer: 'plan', software: true } as const;
      const made = await createPlanEngine(report, { reduction });
      if (!made.ok) throw new Error(JSON.stringify(made.reason));
      return made.value;
    },
  });

conforms('the portable engine on webgl', {
  graphs: 3,
  async start() {
    const made = await createEngine('webgl');
    if (!made.ok) throw new Error(JSON.stringify(made.reason));
    if (made.value.report.kind !== 'webgl') throw new Error(JSON.stringify(made.value.report.passedOver));
    return made.value;
  },
});
