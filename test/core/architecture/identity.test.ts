import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildArchitecture } from '../../../src/core/architecture/build.ts';
import { canonicalForm, identityOf } from '../../../src/core/architecture/identity.ts';
import { validate } from '../../../src/core/architecture/validate.ts';
import { architectures, disguised } from '../../support/architectures.ts';

const shape = { height: 8, width: 8, channels: 1 };

describe('identity', () => {
  test('ignores ids and the order of nodes', () => {
    fc.assert(
      fc.property(architectures(), fc.integer(), (architecture, seed) => {
        const other = disguised(architecture, seed);
        expect(validate(other).ok).toBe(true);
        expect(identityOf(other)).toBe(identityOf(architecture));
      }),
      { numRuns: 300 },
    );
  });

  test('differs where the canonical form differs, and is 32 hexadecimal digits', () => {
    fc.assert(
      fc.property(architectures(), architectures(), (a, b) => {
        expect(identityOf(a) === identityOf(b)).toBe(canonicalForm(a) === canonicalForm(b));
        expect(identityOf(a)).toMatch(/^[0-9a-f]{32}$/);
      }),
    );
  });

  const built = (make: (graph: ReturnType<typeof buildArchitecture>) => void) => {
    const graph = buildArchitecture(shape);
    make(graph);
    return identityOf(graph.build());
  };

  test('tells a shared block from two equal ones', () => {
    const shared = built((graph) => {
      const a = graph.conv(graph.input, 4);
      graph.head(graph.concat([graph.conv(a, 4), graph.conv(a, 4)]), 3);
    });
    const doubled = built((graph) => {
      const [a, b] = [graph.conv(graph.input, 4), graph.conv(graph.input, 4)];
      graph.head(graph.concat([graph.conv(a, 4), graph.conv(b, 4)]), 3);
    });
    expect(shared).not.toBe(doubled);
  });

  test('keeps the order of operands: lambda weighs the main path', () => {
    const sum = (flip: boolean) =>
      built((graph) => {
        const a = graph.conv(graph.input, 4);
        const b = graph.sepConv(a, 4);
        graph.head(flip ? graph.add(a, b) : graph.add(b, a), 3);
      });
    expect(sum(true)).not.toBe(sum(false));
  });

  test.each([
    ['filters', 5, 3, 3],
    ['kernel size', 4, 5, 3],
    ['classes', 4, 3, 2],
  ] as const)('sees %s', (_, filters, kernel, classes) => {
    const make = (f: number, k: 3 | 5, c: number) =>
      built((graph) => graph.head(graph.conv(graph.input, f, k), c));
    expect(make(filters, kernel, classes)).not.toBe(make(4, 3, 3));
  });
});
