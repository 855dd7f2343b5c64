import { createEngine } from '../../src/engine/device.ts';
import { createPlanEngine } from '../../src/engine/webgpu/plan-engine.ts';
import { conforms } from './conformance.ts';

/** Adding up as GPUs do; as emulated adapters do it, the plan is compared with the portable trainer (agreement). */
conforms('the compiled plan', {
  graphs: 8,
  async start() {
    const cpu = await createEngine('cpu');
    if (!cpu.ok) throw new Error(JSON.stringify(cpu.reason));
    const report = { ...cpu.value.report, kind: 'webgpu', trainer: 'plan', software: true } as const;
    const made = await createPlanEngine(report, { reduction: 'shared' });
    if (!made.ok) throw new Error(JSON.stringify(made.reason));
    return made.value;
  },
});

conforms('the portable engine on webgl', {
  graphs: 1,
  async start() {
    const made = await createEngine('webgl');
    if (!made.ok) throw new Error(JSON.stringify(made.reason));
    if (made.value.report.kind !== 'webgl') throw new Error(JSON.stringify(made.value.report.passedOver));
    return made.value;
  },
});
