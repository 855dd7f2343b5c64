import type { OperatorKind } from '../../../core/morphisms/morphism.ts';

type Shape = (s: (share: number) => string) => string;

/** Each shape is a picture of the act: down, wide, arch, cross, hourglass, two bars. Shares of the size. */
const shapes: Readonly<Record<OperatorKind, Shape>> = {
  deepen: (s) => `M${s(-0.45)} ${s(-0.375)}H${s(0.45)}L0 ${s(0.475)}Z`,
  widen: (s) => `M${s(-0.575)} 0L0 ${s(-0.36)}L${s(0.575)} 0L0 ${s(0.36)}Z`,
  skip: (s) =>
    `M${s(-0.5)} ${s(0.35)}A${s(0.5)} ${s(0.675)} 0 0 1 ${s(0.5)} ${s(0.35)}H${s(0.21)}` +
    `A${s(0.21)} ${s(0.35)} 0 0 0 ${s(-0.21)} ${s(0.35)}Z`,
  remove: (s) =>
    `M${s(-0.475)} ${s(-0.305)}L${s(-0.305)} ${s(-0.475)}L0 ${s(-0.17)}L${s(0.305)} ${s(-0.475)}` +
    `L${s(0.475)} ${s(-0.305)}L${s(0.17)} 0L${s(0.475)} ${s(0.305)}L${s(0.305)} ${s(0.475)}L0 ${s(0.17)}` +
    `L${s(-0.305)} ${s(0.475)}L${s(-0.475)} ${s(0.305)}L${s(-0.17)} 0Z`,
  prune: (s) =>
    `M${s(-0.425)} ${s(-0.45)}H${s(0.425)}L${s(0.14)} 0L${s(0.425)} ${s(0.45)}H${s(-0.425)}L${s(-0.14)} 0Z`,
  separate: (s) =>
    `M${s(-0.5)} ${s(-0.375)}H${s(-0.075)}V${s(0.375)}H${s(-0.5)}Z` +
    `M${s(0.075)} ${s(-0.375)}H${s(0.5)}V${s(0.375)}H${s(0.075)}Z`,
};

/** The operators in the order of every legend; without core's code, which the first page need not fetch. */
export const operatorKinds = Object.keys(shapes) as readonly OperatorKind[];

/** SVG path of an operator's glyph, centred on the origin; `size` in px (8 small, 10 inline, 12 alone). */
export function glyphPath(operator: OperatorKind, size: number): string {
  return shapes[operator]((share) => String(Math.round(share * size * 100) / 100));
}
