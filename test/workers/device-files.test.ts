import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { deviceDownload } from '../../src/app/network/downloads.ts';
import { exportedHeads } from '../../src/core/export/per-head.ts';
import type { SearchData } from '../../src/datasets/types.ts';
import { deviceFile, quantiseMeasured, type QuantisedNetwork } from '../../src/workers/device-files.ts';
import {
  everyKind,
  exported,
  randomPixels,
  referenceProbabilities,
  secondHead,
} from '../core/export/sample.ts';

const network = exported(everyKind(2));
const heads = exportedHeads({ ...network, classes: ['a', 'b', 'c', 'd'] }, secondHead);

/** Images that carry the answers of `head` itself, so that float32 makes no mistake. */
function dataOf(head: (typeof heads)[number], task: number): SearchData {
  const count = 60;
  const pixels = randomPixels(network.architecture, count);
  const answers = referenceProbabilities(head, pixels).map((row) => row.indexOf(Math.max(...row)));
  const set = {
    ...{ height: 9, width: 7, channels: 3, classes: task === 0 ? 4 : 3, count },
    images: Uint8Array.from(pixels),
    labels: Uint8Array.from(answers),
    ...{ mean: head.mean, deviation: head.deviation },
  };
  return { train: set, validation: set };
}

describe('files for small devices', () => {
  it('are measured: labels that are the answers of the network cost nothing but rounding', async () => {
    for (const [task, head] of heads.entries()) {
      const { loss } = await quantiseMeasured(head, dataOf(head, task));
      expect(loss.images).toBe(60);
      expect(loss.floatError).toBe(0);
      expect(loss.int8Error).toBeLessThan(0.1);
      expect(loss.multiplyAdds).toBeGreaterThan(0);
    }
  });
  it('of float32 ask for no integers', async () => {
    const never = () => Promise.reject<QuantisedNetwork>(new Error('asked'));
    expect((await deviceFile('tflite', heads[0]!, never)).loss).toBeNull();
    await expect(deviceFile('c', heads[0]!, never)).rejects.toThrow('asked');
  });
  it('of two heads lie in one ZIP, each under names of its own', async () => {
    const files = await Promise.all(
      heads.map((head, task) => deviceFile('c', head, () => quantiseMeasured(head, dataOf(head, task)))),
    );
    const zip = deviceDownload('c', files, 'lemonade-7');
    expect(zip.name).toBe('lemonade-7-c.zip');
    const texts = Object.entries(unzipSync(zip.bytes)).map(
      ([name, bytes]) => [name, new TextDecoder().decode(bytes)] as const,
    );
    expect(texts.map(([name]) => name)).toEqual(['network.h', 'head-2/network.h']);
    const guards = texts.map(([, text]) => /#ifndef (\w+)/.exec(text)![1]);
    expect(guards).toEqual(['LEMONADE_NETWORK_7_HEAD_1_OF_2_H', 'LEMONADE_NETWORK_7_HEAD_2_OF_2_H']);
  });
  it('of one head are named after the network', async () => {
    const file = await deviceFile('tflite', heads[0]!, () => Promise.reject(new Error('asked')));
    expect(deviceDownload('tflite', [file], 'lemonade-7').name).toBe('lemonade-7.tflite');
    expect(deviceDownload('tfliteInt8', [file], 'lemonade-7').name).toBe('lemonade-7-int8.tflite');
  });
});
