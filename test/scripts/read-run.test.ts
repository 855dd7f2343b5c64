import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { Architecture } from '../../src/core/architecture/types.ts';
import { layoutOf } from '../../src/core/architecture/weights.ts';
import { makeRunFile, serialiseRunFile } from '../../src/core/run-file/serialise.ts';
import { randomWeights } from '../support/architectures.ts';
import { driveNetworks } from '../support/network-search.ts';
import { runFacts } from '../support/run-files.ts';

const has = (module: string) => {
  try {
    execFileSync('python3', ['-c', `import ${module}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** Numbers of a .npy file of float32. */
function numbersOf(file: Uint8Array): { readonly header: string; readonly values: Float32Array } {
  const length = new DataView(file.buffer, file.byteOffset).getUint16(8, true);
  const header = new TextDecoder().decode(file.subarray(10, 10 + length));
  return { header, values: new Float32Array(file.slice(10 + length).buffer) };
}

test.skipIf(!has('numpy'))(
  'scripts/read_run.py reads every tensor where the engine has it, of one head and of two',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'lemonade-'));
    for (const recipe of [
      {},
      { secondDataset: 'digits', objectives: ['error', 'secondError', 'parameters'] },
    ] as const) {
      const { events, state } = driveNetworks({ generations: 5, ...recipe });
      const weights = new Map(
        state.networks.map(({ id, architecture }) => [id, randomWeights(architecture, id)]),
      );
      const run = join(folder, 'run.json');
      writeFileSync(run, serialiseRunFile(makeRunFile(events, { ...runFacts, weights })));
      const kinds = new Set(
        state.networks.flatMap(({ architecture }) => architecture.nodes.map(({ kind }) => kind)),
      );
      expect(kinds).toContain('sepConv');
      const listed = execFileSync('python3', ['scripts/read_run.py', run], { encoding: 'utf8' });
      expect(listed.trim().split('\n')).toHaveLength(state.networks.length);
      for (const { id, architecture } of [state.networks[0]!, ...state.networks.slice(-3)]) {
        const out = join(folder, 'out.npz');
        execFileSync('python3', ['scripts/read_run.py', run, String(id), out]);
        const files = unzipSync(readFileSync(out));
        const { slots } = layoutOf(architecture as Architecture);
        expect(Object.keys(files)).toHaveLength(slots.length + 1);
        for (const { node, name, shape, offset, length } of slots) {
          const { header, values } = numbersOf(files[`${node}.${name}.npy`]!);
          expect(header).toContain(`'shape': (${shape.length === 1 ? `${shape[0]},` : shape.join(', ')})`);
          expect(values).toEqual(weights.get(id)!.slice(offset, offset + length));
        }
      }
    }
  },
);
