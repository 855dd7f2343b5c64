import { describeAdapter } from '../../src/engine/adapters.ts';
import { installCounters } from './counters.ts';
import { measure, type EngineName, type MeasureOptions } from './measure.ts';
import { roofline } from './roofline.ts';

const counters = installCounters();

Object.assign(window, {
  measure: (index: number, engine: EngineName, options: MeasureOptions) =>
    measure(counters, index, engine, options),
  roofline,
  isSoftware: async () => {
    const adapter = await navigator.gpu.requestAdapter();
    if (!adapter) throw new Error('no WebGPU adapter');
    return describeAdapter(adapter.info);
  },
});
