import type { BackendChoice } from '../core/search/recipe.ts';
import { exception, writeFailure, type Failure } from '../core/failure.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { webglAdapter, webgpuAdapter, type Adapter } from './adapters.ts';
import type { WasmPaths } from './backends.ts';
import type { BackendKind, BackendReport, Engine } from './engine.ts';
import { comparableSpeed } from './speed.ts';
import { runSelfTest, selfTestTolerance } from './self-test.ts';

/** Makes an engine of compiled networks; a reason where the device cannot run it. */
export type PlanEngineFactory = (report: BackendReport) => Promise<Result<Engine>>;

export interface EngineOptions {
  /** Where the wasm binaries lie; absent in Node. */
  readonly wasmPaths?: WasmPaths;
  /** 'portable' asks for plain tfjs ops instead of compiled networks. */
  readonly trainer?: 'plan' | 'portable';
  /** For tests: backends in another order, and emulated GPUs taken for real ones. */
  readonly order?: readonly BackendKind[];
  readonly emulated?: boolean;
  /** Loads the WebGPU plan (lazily: its own chunk). Without it, WebGPU runs the portable trainer. */
  readonly plan?: () => Promise<PlanEngineFactory>;
}

/** Fastest first. */
const preference: readonly BackendKind[] = ['webgpu', 'webgl', 'wasm', 'cpu'];

type PassedOver = { kind: BackendKind; reason: Failure }[];

const written = (passedOver: PassedOver): BackendReport['passedOver'] =>
  passedOver.map(({ kind, reason }) => ({ kind, reason: writeFailure(reason) }));

/**
 * The fastest engine that computes right here: 'auto' takes WebGPU on a real GPU; WebGL on one where it is measured to
 * be faster than wasm; else wasm, else cpu.
 * A named backend is tried first, on a software adapter too; then the others. Fails only when none works.
 */
export async function createEngine(
  choice: BackendChoice = 'auto',
  options: EngineOptions = {},
): Promise<Result<Engine>> {
  const passedOver: PassedOver = [];
  const preferred = options.order ?? preference;
  const order = choice === 'auto' ? preferred : [choice, ...preferred.filter((kind) => kind !== choice)];
  for (const kind of order) {
    const adapter = await findAdapter(kind);
    if ('code' in adapter) passedOver.push({ kind, reason: adapter });
    else if (adapter.software && kind !== choice && !options.emulated) {
      passedOver.push({ kind, reason: { code: 'emulated-gpu', detail: adapter.name } });
    } else {
      const engine = await tryBackend(kind, adapter, options, passedOver);
      if (engine) return ok(kind === 'webgl' && choice !== kind ? await fasterOf(engine, options) : engine);
    }
  }
  return fail({ code: 'no-backend', tried: passedOver });
}

/**
 * `webgl`, or wasm where that trains faster on this computer: on small networks a GPU behind WebGL waits more than it
 * computes, so it is measured, not presumed. The report says how fast the other was.
 */
async function fasterOf(webgl: Engine, options: EngineOptions): Promise<Engine> {
  const passedOver: PassedOver = [];
  const speed = await speedOf(webgl);
  const adapter = await findAdapter('wasm');
  const wasm = 'code' in adapter ? null : await tryBackend('wasm', adapter, options, passedOver);
  const other = wasm ? await speedOf(wasm) : 0;
  const lost = (kind: BackendKind, imagesPerSecond: number, taken: number) => ({
    kind,
    reason: writeFailure({ code: 'slower', imagesPerSecond, taken }),
  });
  if (wasm && other > speed) {
    const { report } = wasm;
    const all = [...webgl.report.passedOver, lost('webgl', speed, other)];
    return withReport(wasm, { ...report, passedOver: all });
  }
  // The one that was started last is the one that computes.
  await (await tfjs()).startBackend('webgl', options.wasmPaths);
  const { report } = webgl;
  const all = wasm ? [...report.passedOver, lost('wasm', other, speed)] : report.passedOver;
  return withReport(webgl, { ...report, passedOver: all });
}

/** Images per second; 0 where it cannot train. */
async function speedOf(engine: Engine): Promise<number> {
  try {
    const speed = await comparableSpeed(engine);
    return speed.ok ? speed.value : 0;
  } catch {
    return 0;
  }
}

/** The adapter behind a backend, or why there is none. */
async function findAdapter(kind: BackendKind): Promise<Adapter | Failure> {
  try {
    switch (kind) {
      case 'webgpu':
        return (await webgpuAdapter()) ?? { code: 'no-webgpu' };
      case 'webgl':
        return webglAdapter() ?? { code: 'no-webgl' };
      case 'wasm':
        return typeof WebAssembly === 'undefined'
          ? { code: 'no-webassembly' }
          : { name: 'WebAssembly', software: false };
      case 'cpu':
        return { name: 'JavaScript', software: false };
    }
  } catch (error) {
    return exception(error);
  }
}

/** Starts a backend and proves its numbers; on failure says why in `passedOver` and returns null. */
async function tryBackend(
  kind: BackendKind,
  adapter: Adapter,
  options: EngineOptions,
  passedOver: PassedOver,
): Promise<Engine | null> {
  const refuse = (reason: Failure): null => {
    passedOver.push({ kind, reason });
    return null;
  };
  const report: BackendReport = {
    kind,
    trainer: 'portable',
    adapter: adapter.name,
    software: adapter.software,
    selfTest: { passed: false, maxDifference: 0 },
    passedOver: written(passedOver),
  };
  const load = options.trainer === 'portable' ? undefined : compiledOn(kind, options);
  if (load) {
    const plan = await startPlan(load, { ...report, trainer: 'plan' });
    if (plan.ok) return plan.value;
    passedOver.push({ kind, reason: { code: 'plan-refused', cause: plan.reason } });
  }
  const { startBackend, PortableEngine } = await tfjs();
  const started = await startBackend(kind, options.wasmPaths);
  if (!started.ok) return refuse(started.reason);
  const tested = await proven((final) => new PortableEngine(final), {
    ...report,
    passedOver: written(passedOver),
  });
  return tested.ok ? tested.value : refuse(tested.reason);
}

/** tfjs and the engine on it: not loaded where networks are compiled. */
const tfjs = async () => ({
  ...(await import('./backends.ts')),
  ...(await import('./tfjs/engine.ts')),
});

/** Loads what compiles networks for a backend: the WebGPU plan, or our own WebAssembly kernels. */
function compiledOn(
  kind: BackendKind,
  { plan }: EngineOptions,
): (() => Promise<PlanEngineFactory>) | undefined {
  if (kind === 'webgpu') return plan;
  return kind === 'wasm' ? async () => (await import('./wasm/wasm-engine.ts')).createWasmEngine : undefined;
}

async function startPlan(
  load: NonNullable<EngineOptions['plan']>,
  report: BackendReport,
): Promise<Result<Engine>> {
  try {
    const make = await load();
    const made = await make(report);
    if (!made.ok) return made;
    const trial = made.value;
    const tested = await testNumbers(trial);
    if (!tested.ok) {
      trial.dispose();
      return tested;
    }
    return ok(withReport(trial, { ...report, selfTest: { passed: true, maxDifference: tested.value } }));
  } catch (error) {
    return fail(exception(error));
  }
}

/** The same engine under a completed report. */
const withReport = (engine: Engine, report: BackendReport): Engine => ({
  report,
  network: (architecture, weights) => engine.network(architecture, weights),
  memory: () => engine.memory(),
  purge: () => engine.purge(),
  lost: engine.lost,
  dispose: () => engine.dispose(),
});

async function proven(
  make: (report: BackendReport) => Engine,
  report: BackendReport,
): Promise<Result<Engine>> {
  try {
    const tested = await testNumbers(make(report));
    if (!tested.ok) return tested;
    return ok(make({ ...report, selfTest: { passed: true, maxDifference: tested.value } }));
  } catch (error) {
    return fail(exception(error));
  }
}

async function testNumbers(engine: Engine): Promise<Result<number>> {
  const difference = await runSelfTest(engine);
  if (difference <= selfTestTolerance) return ok(difference);
  return fail({ code: 'self-test', difference });
}
