import { paramsOf } from '../../model/address.ts';
import { operatorKinds } from '../../charts/geometry/glyphs.ts';
import type { OperatorKind } from '../../../core/morphisms/morphism.ts';
import type { Beat, WorkbenchState } from './workbench-state.svelte.ts';
import { type Variant, variantsOf } from './subjects.ts';

export interface WorkbenchAddress {
  readonly operator: OperatorKind;
  readonly variant: Variant;
  readonly beat: Beat;
  /** A network of the run instead of the toy. */
  readonly yours: boolean;
  readonly present: boolean;
  readonly seed: number;
}

/** Reads `#bench=widen&beat=4&variant=copy&present=1&seed=42`; what is missing or wrong takes its default. */
export function readAddress(hash: string): WorkbenchAddress {
  const params = paramsOf(hash);
  const operator = operatorKinds.find((kind) => kind === params.get('bench')) ?? 'widen';
  const variants = variantsOf(operator);
  const beat = Number(params.get('beat'));
  const seed = Number(params.get('seed'));
  return {
    operator,
    variant: variants.find((variant) => variant === params.get('variant')) ?? variants[0] ?? null,
    beat: (beat >= 1 && beat <= 5 && Number.isInteger(beat) ? beat : 1) as Beat,
    yours: params.get('network') === 'yours',
    present: params.get('present') === '1',
    seed: Number.isSafeInteger(seed) && seed > 0 ? seed : 1,
  };
}

/** The address of what is shown; other keys of the present address stay. */
export function addressOf(
  hash: string,
  { operator, variant, beat, network }: Pick<WorkbenchState, 'operator' | 'variant' | 'beat' | 'network'>,
): string {
  const params = paramsOf(hash);
  params.set('bench', operator);
  params.set('beat', String(beat));
  if (variant && variant !== variantsOf(operator)[0]) params.set('variant', variant);
  else params.delete('variant');
  if (network) params.set('network', 'yours');
  else params.delete('network');
  return `#${params.toString()}`;
}
