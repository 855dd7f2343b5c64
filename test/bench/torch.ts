import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { batchOf } from './fill.ts';
import { benchNetworks, sibling } from './networks.ts';

/** A network under PyTorch: what scripts/bench-torch.py writes. */
export interface TorchRow {
  readonly network: string;
  readonly engine: 'torch eager' | 'torch graph';
  readonly batch: number;
  readonly steps: number;
  readonly stepsPerSecond: number;
  /** What issuing a step costs the processor. */
  readonly hostMilliseconds: number;
  readonly firstStepMilliseconds: number;
  /** Most bytes allocated on the GPU; null without one. */
  readonly bytes: number | null;
}

export interface TorchReport {
  readonly device: string;
  readonly rows: readonly TorchRow[];
}

const script = fileURLToPath(new URL('../../scripts/bench-torch.py', import.meta.url));
const longest = 120_000;

/** The same networks and batches in PyTorch (PYTHON, or python3), or why there are no rows. */
export async function benchTorch(
  networks: readonly number[],
  software: boolean,
): Promise<TorchReport | string> {
  const python = process.env['PYTHON'] ?? 'python3';
  if ((await run(python, ['-c', 'import torch'], '')) === null) return `${python} with torch is not here`;
  const request = {
    seconds: software ? 1 : 3,
    networks: networks.map((index) => {
      const { name, architecture } = benchNetworks[index]!;
      const { nodes } = sibling(architecture);
      return { name, batch: batchOf(index, software), architecture: architecture.nodes, sibling: nodes };
    }),
  };
  const output = await run(python, [script], JSON.stringify(request));
  return output === null ? `${script} failed` : (JSON.parse(output) as TorchReport);
}

/** What a command prints on stdout; null where it fails or takes too long. */
function run(command: string, args: readonly string[], input: string): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], { stdio: ['pipe', 'pipe', 'ignore'], timeout: longest });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stdin.on('error', () => undefined);
    child.on('error', () => resolve(null));
    child.on('close', (code) => resolve(code === 0 ? output : null));
    child.stdin.end(input);
  });
}
