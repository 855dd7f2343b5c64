import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { registerFromLog } from '../../../src/app/model/register-datasets.ts';
import { writeOnnx } from '../../../src/core/export/onnx.ts';
import { viewOf } from '../../../src/core/run-file/fold.ts';
import { parseRunFile } from '../../../src/core/run-file/parse.ts';
import type { RunDataset } from '../../../src/core/run-file/schema.ts';
import { factsOf, registerDataset } from '../../../src/datasets/catalog.ts';
import type { OwnFacts } from '../../../src/datasets/own/own-set.ts';
import { statedDataset } from '../../../src/datasets/stated.ts';
import { readOnnx } from '../../core/export/onnx-reader.ts';

/** A run on own pictures, saved with weights by a page that did not yet say what an input is. */
const text = readFileSync('test/support/own-run-of-october.json', 'utf8');

function opened() {
  const parsed = parseRunFile(text);
  if (!parsed.ok) throw new Error('refused');
  return parsed.value;
}

describe('a run on pictures that are not here', () => {
  it('says what it assumes where its file does not say it, and its exports answer', async () => {
    const { file, weights } = opened();
    registerFromLog(file.events, file.dataset);
    const facts = factsOf(file.dataset.id);
    expect(facts).toMatchObject({
      ...{ classes: ['blue', 'green', 'red'], statisticsAssumed: true },
      mean: new Array(facts.channels).fill(0.5),
      deviation: new Array(facts.channels).fill(0.25),
    });
    const [[id, tensors]] = [...weights] as [[number, never]];
    const { classes, mean, deviation } = facts;
    const { architecture } = viewOf(file.events)!.networks.get(id)!;
    const model = readOnnx(
      writeOnnx({ name: 'n', architecture, classes, mean, deviation, weights: tensors }),
    );
    const shape = [1, facts.channels, facts.height, facts.width];
    const values = new Float64Array(facts.channels * facts.height * facts.width).fill(128);
    const answer = [...model.run({ shape, values }).get('probabilities')!.values];
    expect(answer.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
  });

  it('keeps its checksum when it is saved again, and its guess is not stated as a fact', async () => {
    const { file } = opened();
    registerFromLog(file.events, file.dataset);
    expect(await statedDataset(file.dataset.id)).toEqual(file.dataset);
  });

  it('believes a file that says what an input is', async () => {
    const { file } = opened();
    registerFromLog(file.events, file.dataset);
    const { height, width, channels } = factsOf(file.dataset.id);
    const filled = (value: number) => new Array<number>(channels).fill(value);
    const said: RunDataset = {
      ...file.dataset,
      input: {
        ...{ height, width, channels, mean: filled(0.3), deviation: filled(0.2), bits: 8 },
        preparation: { fit: 'border', gain: 2 },
      },
    };
    registerFromLog(file.events, said);
    expect(factsOf(said.id)).toMatchObject({ mean: filled(0.3), preparation: { fit: 'border', gain: 2 } });
    expect(await statedDataset(said.id)).toEqual(said);
    // Pictures that are here are believed before any file.
    registerDataset({ ...(factsOf(said.id) as OwnFacts), title: 'here', mean: filled(0.9) });
    registerFromLog(file.events, said);
    expect(factsOf(said.id).mean).toEqual(filled(0.9));
  });
});
