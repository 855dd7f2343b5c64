import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { makeDownload } from '../../../src/app/network/downloads.ts';
import { penGrid, pointOf, pressKey, startPen, type Stroke } from '../../../src/app/network/pad.ts';
import { everyKind, exported, secondHead } from '../../core/export/sample.ts';

describe('the keyboard pen', () => {
  const type = (...keys: readonly string[]) =>
    keys.reduce<{ pen: typeof startPen; strokes: readonly Stroke[] }>(
      (state, key) => pressKey(key, false, state.pen, state.strokes) ?? state,
      { pen: startPen, strokes: [] },
    );

  test('moves without drawing until Enter puts it down', () => {
    expect(type('ArrowRight', 'ArrowDown').strokes).toEqual([]);
    const { strokes } = type('ArrowRight', 'Enter', 'ArrowDown', 'ArrowDown');
    expect(strokes).toHaveLength(1);
    expect(strokes[0]).toHaveLength(3);
    expect(strokes[0]![0]).toEqual(pointOf({ ...startPen, column: startPen.column + 1 }));
  });

  test('lifting and putting it down again begins another stroke', () => {
    expect(type('Enter', 'ArrowUp', 'Enter', 'ArrowUp', 'Enter', 'ArrowUp').strokes).toHaveLength(2);
  });

  test('stays on the pad, and Delete clears it', () => {
    const far = type(...Array<string>(99).fill('ArrowLeft'));
    expect(far.pen.column).toBe(1);
    expect(type(...Array<string>(99).fill('ArrowDown')).pen.row).toBe(penGrid - 1);
    expect(type('Enter', 'ArrowUp', 'Delete')).toMatchObject({ strokes: [], pen: { down: false } });
  });

  test('leaves other keys alone', () => {
    expect(pressKey('Tab', false, startPen, [])).toBeNull();
    expect(pressKey('t', false, startPen, [])).toBeNull();
  });
});

describe('downloads', () => {
  const network = exported(everyKind());

  test.each([
    ['tfjs', ['model.json', 'weights.bin']],
    ['safetensors', ['config.json', 'network.safetensors']],
    ['keras', ['network.py', 'network.safetensors']],
    ['pytorch', ['network.py', 'network.safetensors']],
  ] as const)('%s is a zip of its files', (kind, names) => {
    const file = makeDownload(kind, network, 'lemonade-7');
    expect(file.name).toBe(`lemonade-7-${kind}.zip`);
    const files = unzipSync(file.bytes);
    expect(Object.keys(files).toSorted()).toEqual([...names]);
    for (const bytes of Object.values(files)) expect(bytes.length).toBeGreaterThan(100);
  });

  test('of two heads hold a network a head', () => {
    const { bytes, name } = makeDownload('onnx', exported(everyKind(2)), 'x', secondHead);
    expect(name).toBe('x-onnx.zip');
    expect(Object.keys(unzipSync(bytes))).toEqual(['network.onnx', 'head-2/network.onnx']);
  });

  test('ONNX is one file', () => {
    expect(makeDownload('onnx', network, 'x').name).toBe('x.onnx');
  });
});
