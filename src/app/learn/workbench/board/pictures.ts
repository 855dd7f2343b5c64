import type { FeatureMaps } from '../../../../core/architecture/forward.ts';
import { shapesOf } from '../../../../core/architecture/shapes.ts';
import type { Architecture } from '../../../../core/architecture/types.ts';
import type { ChainStep } from '../../../../core/morphisms/catalog.ts';
import { cellText } from '../numbers.ts';
import type { Board, MapPlace } from './board.ts';
import { mapUrl } from './look.ts';
import { isInside, type Window } from './window.ts';

export type Picture = MapPlace & { readonly href: string };

export interface PictureInput {
  readonly step: ChainStep;
  readonly boards: { readonly parent: Board; readonly child: Board };
  readonly active: Board;
  readonly maps: { readonly parent: FeatureMaps; readonly child: FeatureMaps };
  /** Maps of the network that is running on the active board. */
  readonly running: FeatureMaps;
  /** From beat 3 on new channels of the child show what they see as soon as they have landed. */
  readonly showsNew: boolean;
  readonly ended: boolean;
  readonly landed: (node: string, channel: number) => boolean;
  readonly window: Window | null;
}

const has = ({ maps }: Board, { node, channel }: MapPlace) =>
  maps.some((own) => own.node === node && own.channel === channel);

/** What every channel on the board sees of the image shown, those outside the window left out. */
export function picturesOf(input: PictureInput): readonly Picture[] {
  const { step, boards, active, maps, running, ended, landed, window } = input;
  const isChild = active === boards.child;
  const shapes = { parent: shapesOf(step.parent), child: shapesOf(step.child) };
  const draw = (map: MapPlace, values: FeatureMaps, network: 'parent' | 'child'): readonly Picture[] => {
    const inside = isInside(window, { ...map, width: map.size, height: map.size });
    const [found, shape] = [values.get(map.node), shapes[network].get(map.node)];
    if (!inside || !found || !shape) return [];
    return [{ ...map, href: mapUrl(found, shape.width, shape.height, shape.channels, map.channel) }];
  };
  const own = active.maps.filter(
    (map) => !isChild || ended || has(boards.parent, map) || landed(map.node, map.channel),
  );
  const extra =
    !isChild && input.showsNew
      ? boards.child.maps.filter((map) => !has(boards.parent, map) && landed(map.node, map.channel))
      : [];
  return [
    ...own.flatMap((map) => draw(map, running, isChild ? 'child' : 'parent')),
    ...extra.flatMap((map) => draw(map, maps.child, 'child')),
  ];
}

/** What the head of `architecture` says of the image shown, printed under its biases. */
export function logitTexts(architecture: Architecture, running: FeatureMaps | null): readonly string[] {
  const head = architecture.nodes.find((node) => node.kind === 'head')!;
  return Array.from(running?.get(head.id) ?? [], cellText);
}
