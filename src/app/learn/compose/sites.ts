import { texts } from '../../text/texts.ts';
import { networkCost } from '../../../core/architecture/cost.ts';
import type { Architecture } from '../../../core/architecture/types.ts';
import { applyMorphism, morphismFacts } from '../../../core/morphisms/catalog.ts';
import { operators, type Morphism, type OperatorKind } from '../../../core/morphisms/morphism.ts';

/** Free parameters of the operators that have some. */
export interface Choices {
  readonly factor: 1.5 | 2;
  readonly variant: 'zero' | 'copy';
  readonly kernelSize: 3 | 5;
  readonly fraction: 0.5 | 0.25;
}

export const firstChoices: Choices = { factor: 2, variant: 'zero', kernelSize: 3, fraction: 0.5 };

function withChoices(morphism: Morphism, choices: Choices): Morphism {
  switch (morphism.operator) {
    case 'widen': {
      const { operator, block } = morphism;
      const { factor, variant } = choices;
      return variant === 'copy'
        ? { operator, block, factor, variant, seed: 1 }
        : { operator, block, factor, variant };
    }
    case 'deepen':
      return { ...morphism, kernelSize: choices.kernelSize };
    case 'prune':
      return { ...morphism, fraction: choices.fraction };
    default:
      return morphism;
  }
}

/** A legal place for an operator, in words, and what the network would weigh after it. */
export interface Site {
  readonly key: string;
  readonly morphism: Morphism;
  /** Behind the operator's name, for example "block 2: 8 to 16 filters". */
  readonly text: string;
  readonly parameters: number;
}

export function sitesOf(architecture: Architecture, kind: OperatorKind, choices: Choices): readonly Site[] {
  return operators[kind].sites(architecture).flatMap((site) => {
    const morphism = withChoices(site, choices);
    const morphed = applyMorphism(architecture, morphism);
    if (!morphed.ok) return [];
    return [
      {
        key: JSON.stringify(morphism),
        morphism,
        text: texts.describeMorphism(morphismFacts(architecture, morphism)),
        parameters: networkCost(morphed.value.child).parameters,
      },
    ];
  });
}
