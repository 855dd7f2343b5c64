import { writeFileSync } from 'node:fs';
import type { Filled } from './fill.ts';
import type { BenchRow } from './measure.ts';
import { benchNetworks } from './networks.ts';
import type { Roofline } from './roofline.ts';
import type { TorchReport } from './torch.ts';
import { wasmTable, type WasmReport } from './wasm-networks.ts';

export interface BenchReport extends Filled {
  readonly adapter: string;
  readonly software: boolean;
  readonly where: 'Chromium' | 'Node';
  /** The same in PyTorch, or why not. */
  readonly torch: TorchReport | string;
  /** Training without a GPU; null where not measured. */
  readonly wasm: WasmReport | null;
}

const columns = [
  'engine',
  'batch',
  'dispatches',
  'submissions',
  'JS ms',
  'steps/s',
  'CPU ms',
  'first ms',
  'MB',
];

const line = (cells: readonly (string | number | null)[]) =>
  ' '.repeat(12) + cells.map((cell) => String(cell ?? '-').padStart(12)).join('');

const rate = (perSecond: number) => perSecond.toFixed(perSecond < 10 ? 2 : 0);
const megabytes = (bytes: number | null) => (bytes === null ? null : (bytes / 1e6).toFixed(1));

/** The report as text; ratios are those of the plan to its peers in the same run. */
export function table(report: BenchReport): string {
  const { adapter, software, where, rows, missing, rooflines, torch, wasm } = report;
  const lines = [`${where} on ${adapter}${software ? ' (emulated: not the times of a GPU)' : ''}`];
  for (const { name } of benchNetworks) {
    const own = rows.filter((row) => row.network === name);
    const failed = missing.filter((cell) => cell.network === name && cell.engine !== null);
    const torchRows = typeof torch === 'string' ? [] : torch.rows.filter(({ network }) => network === name);
    if (own.length + failed.length === 0) continue;
    lines.push('', name.padEnd(12) + columns.map((column) => column.padStart(12)).join(''));
    for (const row of own) {
      const { engine, batch, dispatches, submissions, jsMilliseconds, firstStepMilliseconds } = row;
      const busy = row.processorMilliseconds?.toFixed(1) ?? null;
      const first = firstStepMilliseconds?.toFixed(0) ?? null;
      const cells = [engine, batch, dispatches, submissions, jsMilliseconds.toFixed(2)];
      lines.push(
        line([...cells, rate(row.stepsPerSecond), busy, first, megabytes(row.bytes)]) + ratios(row, own),
      );
    }
    for (const { engine, reason } of failed) lines.push(`${line([engine])}  ${reason}`);
    for (const {
      engine,
      batch,
      hostMilliseconds,
      stepsPerSecond,
      firstStepMilliseconds,
      bytes,
    } of torchRows) {
      const cells = [engine, batch, null, null, hostMilliseconds.toFixed(2), rate(stepsPerSecond)];
      lines.push(line([...cells, null, firstStepMilliseconds.toFixed(0), megabytes(bytes)]));
    }
  }
  lines.push('', `PyTorch: ${typeof torch === 'string' ? torch : `on ${torch.device}`}`);
  for (const one of rooflines) lines.push('', ...rooflineLines(one));
  for (const { network, engine, reason } of missing) {
    if (engine === null) lines.push('', `${network}: no GPU time per kernel: ${reason}`);
  }
  if (wasm) lines.push('', wasmTable(wasm));
  return lines.join('\n');
}

function ratios(row: BenchRow, rows: readonly BenchRow[]): string {
  if (row.engine !== 'plan') return '';
  return rows
    .filter(({ engine }) => engine !== 'plan')
    .map((peer) => {
      const speed = row.stepsPerSecond / peer.stepsPerSecond;
      const script = peer.jsMilliseconds / row.jsMilliseconds;
      const busy =
        row.processorMilliseconds === null || peer.processorMilliseconds === null
          ? ''
          : `, CPU 1/${(peer.processorMilliseconds / row.processorMilliseconds).toFixed(1)}`;
      return `   ${speed.toFixed(1)}x ${peer.engine} (JS 1/${script.toFixed(0)}${busy})`;
    })
    .join('');
}

const percent = (share: number) => `${(100 * share).toFixed(share < 0.0995 ? 1 : 0)}%`;

function rooflineLines({ network, batch, ceilings, stepSeconds, kernels }: Roofline): string[] {
  const { bytesPerSecond, multiplyAddsPerSecond, dispatchSeconds } = ceilings;
  const sum = kernels.reduce((total, { seconds }) => total + seconds, 0);
  return [
    `${network}, batch ${batch}: GPU time of a step ${(1e3 * stepSeconds).toFixed(3)} ms; kernel by kernel ${(1e3 * sum).toFixed(3)} ms`,
    `measured ceilings: copy ${(bytesPerSecond / 1e9).toPrecision(3)} GB/s, ${(multiplyAddsPerSecond / 1e9).toPrecision(3)} G multiply-adds/s, an empty dispatch ${(1e6 * dispatchSeconds).toPrecision(3)} us`,
    ['kernel'.padEnd(30), 'dispatches', 'us a step', 'share', 'roofline', 'with dispatch', 'bound by']
      .map((text) => text.padStart(14))
      .join(''),
    ...kernels.map(({ kernel, dispatches, seconds, share, roofline, reachable, bound }) =>
      [
        kernel.padEnd(30),
        dispatches,
        (1e6 * seconds).toFixed(1),
        percent(share),
        percent(roofline),
        percent(reachable),
        bound,
      ]
        .map((text) => String(text).padStart(14))
        .join(''),
    ),
  ];
}

export function finish(report: BenchReport, json: string | undefined): void {
  console.log(table(report));
  if (json) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
}
