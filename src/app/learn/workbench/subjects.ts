import { isBlock, nodeId } from '../../../core/architecture/graph.ts';
import type { Architecture } from '../../../core/architecture/types.ts';
import {
  operators,
  type Morphism,
  type MorphismOf,
  type OperatorKind,
} from '../../../core/morphisms/morphism.ts';
import type { ToyName } from '../../../datasets/toys.ts';

export type Variant = 'zero' | 'copy' | 'add' | 'concat' | null;

/** The variants of an operator, the first one is shown first. */
export const variantsOf = (operator: OperatorKind): readonly Exclude<Variant, null>[] =>
  operator === 'widen' ? ['zero', 'copy'] : operator === 'skip' ? ['add', 'concat'] : [];

/** Net2Wider's choice of which channels to copy follows from this seed; with it, the toy copies each once. */
const copySeed = 1;

/** What the bench does to which toy. */
export function toyCase(
  operator: OperatorKind,
  variant: Variant,
): { readonly toy: ToyName; readonly morphism: Morphism } {
  const [first, between, second] = [nodeId('1'), nodeId('1b'), nodeId('2')];
  switch (operator) {
    case 'deepen':
      return { toy: 'plain', morphism: { operator, after: first, kernelSize: 3 } };
    case 'widen':
      return {
        toy: 'plain',
        morphism:
          variant === 'copy'
            ? { operator, block: first, factor: 2, variant, seed: copySeed }
            : { operator, block: first, factor: 2, variant: 'zero' },
      };
    case 'skip':
      return {
        toy: 'deep',
        morphism: { operator, from: first, to: between, variant: variant === 'concat' ? 'concat' : 'add' },
      };
    case 'remove':
      return { toy: 'deep', morphism: { operator, target: between } };
    case 'prune':
      return { toy: 'six', morphism: { operator, block: first, fraction: 0.25 } };
    case 'separate':
      return { toy: 'plain', morphism: { operator, block: second } };
  }
}

/** The same operator on a network of a run: a site in the middle of it, or null where it has none. */
export function networkCase(
  architecture: Architecture,
  operator: OperatorKind,
  variant: Variant,
): Morphism | null {
  const middle = <T>(all: readonly T[]): T | null => all[Math.floor((all.length - 1) / 2)] ?? null;
  switch (operator) {
    case 'widen': {
      const site = middle(operators.widen.sites(architecture));
      if (!site) return null;
      const chosen: MorphismOf<'widen'> =
        variant === 'copy'
          ? { operator, block: site.block, factor: 2, variant: 'copy', seed: copySeed }
          : { ...site, factor: 2 };
      return chosen;
    }
    case 'skip': {
      const wanted = variant === 'concat' ? 'concat' : 'add';
      const sites = operators.skip.sites(architecture);
      const site = middle(sites.filter((entry) => entry.variant === wanted)) ?? middle(sites);
      return site;
    }
    case 'deepen':
      return middle(
        operators.deepen
          .sites(architecture)
          .filter(({ after }) => architecture.nodes.some((node) => node.id === after && isBlock(node))),
      );
    case 'remove':
      return middle(
        operators.remove
          .sites(architecture)
          .filter(
            (site) =>
              'target' in site && architecture.nodes.some((node) => node.id === site.target && isBlock(node)),
          ),
      );
    case 'prune':
      return middle(operators.prune.sites(architecture));
    case 'separate':
      return middle(operators.separate.sites(architecture));
  }
}
