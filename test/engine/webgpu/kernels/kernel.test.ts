import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sourcesModule } from '../../../../scripts/wgsl.ts';
import { kernelsOf } from '../../../../src/engine/webgpu/kernels/catalog.ts';
import {
  columnGrid,
  elementGrid,
  serialThreads,
  shaderOf,
  specialise,
} from '../../../../src/engine/webgpu/kernels/kernel.ts';

/** Kernels that add nothing up are in both lists. */
const kernels = [
  ...new Map(
    Object.values(kernelsOf)
      .flat()
      .map((kernel) => [kernel.name, kernel]),
  ).values(),
];

test('sources.ts is what the .wgsl files say: run `npx tsx scripts/wgsl.ts` after editing one', () => {
  const written = readFileSync(
    new URL('../../../../src/engine/webgpu/kernels/sources.ts', import.meta.url),
    'utf8',
  );
  expect(written).toBe(sourcesModule());
});

test('kernels have names of their own, and use every size they declare and no other', () => {
  for (const list of Object.values(kernelsOf)) {
    expect(new Set(list.map(({ name }) => name)).size).toBe(list.length);
  }
  // Fields that only some variants of a shared source need are declared by all of them.
  for (const source of new Set(kernels.map((kernel) => kernel.source))) {
    const variants = kernels.filter((kernel) => kernel.source === source);
    const used = new Set(
      variants.flatMap((kernel) => [...shaderOf(kernel).matchAll(/\bs\.(\w+)/g)].map(([, field]) => field!)),
    );
    expect(new Set(variants.flatMap(({ fields }) => fields))).toEqual(used);
  }
});

test('kernels bind at most the eight storage buffers that every device has', () => {
  for (const { bindings } of kernels) expect(bindings.length).toBeLessThanOrEqual(8);
});

test('serial kernels have neither a barrier nor shared memory', () => {
  for (const kernel of kernelsOf.serial)
    expect(shaderOf(kernel)).not.toMatch(/workgroupBarrier|var<workgroup>/);
});

test('specialise keeps the lines whose conditions hold', () => {
  const source = '//#if a\n1\n//#if b\n2\n//#else\n3\n//#end\n//#else\n4\n//#end\n//#if !a\n5\n//#end';
  expect(specialise(source, ['a'])).toBe('1\n3');
  expect(specialise(source, ['a', 'b'])).toBe('1\n2');
  expect(specialise(source, [])).toBe('4\n5');
  expect(() => specialise('//#if a', [])).toThrow('without //#end');
  expect(() => specialise('//#end', [])).toThrow('without //#if');
});

test('grids cover every element and every column', () => {
  for (const elements of [1, 256, 257, 256 * 40000]) {
    const { groups, workgroups } = elementGrid(elements);
    expect(workgroups[0]).toBe(groups);
    expect(workgroups[0] * workgroups[1] * 256).toBeGreaterThanOrEqual(elements);
    expect(Math.max(...workgroups)).toBeLessThan(65536);
  }
  for (const [rows, columns] of [
    [1, 1],
    [5000, 33],
    [100000, 7],
    [64, 600],
  ] as const) {
    const { tile, rowsPerGroup, workgroups } = columnGrid(rows, columns, 'shared');
    expect(tile).toBeLessThanOrEqual(256);
    expect(tile * workgroups[1]).toBeGreaterThanOrEqual(columns);
    expect(rowsPerGroup * workgroups[0]).toBeGreaterThanOrEqual(rows);
    expect(rowsPerGroup * (workgroups[0] - 1)).toBeLessThan(rows);
    const serial = columnGrid(rows, columns, 'serial');
    expect(serial.workgroups[0] * serialThreads).toBeGreaterThanOrEqual(serial.groups * columns);
    expect(serial.rowsPerGroup * serial.groups).toBeGreaterThanOrEqual(rows);
    expect(serial.rowsPerGroup * (serial.groups - 1)).toBeLessThan(rows);
  }
});
