import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseArchitecture } from '../../../src/core/architecture/schema.ts';
import { validate } from '../../../src/core/architecture/validate.ts';
import type { Architecture, ArchitectureNode } from '../../../src/core/architecture/types.ts';
import { architectures } from '../../support/architectures.ts';

const input = { kind: 'input', id: 'input', inputs: [], height: 8, width: 8, channels: 1 };
const conv = (id: string, from: string, filters = 4) => ({
  kind: 'conv',
  id,
  inputs: [from],
  kernelSize: 3,
  filters,
});
const head = { kind: 'head', id: 'head', inputs: ['1'], classes: 3, task: 0 };
const graph = (...nodes: object[]) => ({ nodes: nodes as ArchitectureNode[] }) as Architecture;

describe('validate', () => {
  const cases: [string, Architecture, string, RegExp][] = [
    ['no head', graph(input, conv('1', 'input')), '1', /nothing uses/],
    ['no input', graph(conv('1', 'x'), head), '1', /first node is not the input/],
    ['second input', graph(input, { ...input, id: 'in2' }, conv('1', 'input'), head), 'in2', /second input/],
    ['order', graph(input, conv('2', '1'), conv('1', 'input'), head), '2', /does not come before/],
    ['cycle', graph(input, conv('1', '1'), head), '1', /does not come before/],
    ['duplicate id', graph(input, conv('1', 'input'), conv('1', 'input'), head), '1', /used twice/],
    ['bad id', graph(input, conv('a > b', 'input'), conv('1', 'a > b'), head), 'a > b', /unusual characters/],
    [
      'add of different channels',
      graph(
        input,
        conv('1', 'input'),
        conv('2', '1', 5),
        { kind: 'add', id: 'sum', inputs: ['2', '1'] },
        { ...head, inputs: ['sum'] },
      ),
      'sum',
      /8x8x5 and 8x8x4: shapes differ/,
    ],
    [
      'concat of different areas',
      graph(
        input,
        conv('1', 'input'),
        { kind: 'maxPool', id: 'p', inputs: ['1'] },
        { kind: 'concat', id: 'both', inputs: ['p', '1'] },
        { ...head, inputs: ['both'] },
      ),
      'both',
      /heights or widths differ/,
    ],
    [
      'pool of one pixel',
      graph({ ...input, height: 1 }, conv('1', 'input'), { kind: 'maxPool', id: 'p', inputs: ['1'] }, head),
      'p',
      /smaller than 2x2/,
    ],
    ['no filters', graph(input, conv('1', 'input', 0), head), '1', /0 filters/],
    ['half a filter', graph(input, conv('1', 'input', 2.5), head), '1', /2.5 filters/],
    ['kernel', graph(input, { ...conv('1', 'input'), kernelSize: 2 }, head), '1', /kernel size 2/],
    ['unused', graph(input, conv('1', 'input'), conv('2', '1'), head), '2', /nothing uses/],
    [
      'two heads, one task',
      graph(input, conv('1', 'input'), head, { ...head, id: 'h2' }),
      'h2',
      /second head/,
    ],
    ['behind a head', graph(input, conv('1', 'input'), head, conv('2', '1')), '2', /behind a head/],
    [
      'reads a head',
      graph(input, conv('1', 'input'), head, { ...conv('2', 'head') }),
      '2',
      /reads from the head/,
    ],
    [
      'arity',
      graph(
        input,
        conv('1', 'input'),
        { kind: 'add', id: 'sum', inputs: ['1'] },
        { ...head, inputs: ['sum'] },
      ),
      'sum',
      /cannot have 1 inputs/,
    ],
  ];
  test.each(cases)('names the node at fault: %s', (_, architecture, node, problem) => {
    const result = validate(architecture);
    expect(result.ok).toBe(false);
    if (!result.ok) {
      const blamed = result.reason.filter((one) => one.node === node).map((one) => one.problem);
      expect(blamed.join('; ')).toMatch(problem);
    }
  });

  test('takes what the generators make, and its JSON', () => {
    fc.assert(
      fc.property(architectures(), (architecture) => {
        expect(parseArchitecture(JSON.parse(JSON.stringify(architecture)))).toEqual({
          ok: true,
          value: architecture,
        });
      }),
    );
  });
});

describe('parseArchitecture', () => {
  test.each([
    [null, /architecture/],
    [{}, /nodes/],
    [{ nodes: [{ kind: 'gru', id: '1', inputs: [] }] }, /nodes\.0\.kind/],
    [{ nodes: [{ ...input, height: '8' }] }, /nodes\.0\.height/],
    [{ nodes: [input, { ...conv('1', 'input'), extra: 1 }] }, /nodes\.1/],
    [{ nodes: [input, { ...conv('1', 'input'), inputs: [] }] }, /nodes\.1\.inputs/],
    [{ nodes: [input, conv('1', 'input', 1e9)] }, /nodes\.1\.filters/],
    [{ nodes: [input, { ...conv('<img src=x>', 'input') }] }, /nodes\.1\.id/],
    [{ nodes: Array.from({ length: 1000 }, () => input) }, /nodes/],
  ])('refuses %#', (data, problem) => {
    const result = parseArchitecture(data);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.reason.map((one) => one.problem).join('; ')).toMatch(problem);
  });
});
