import type { RunView } from '../../core/run-file/view.ts';
import { dominates } from '../../core/search/dominance.ts';
import { percentText } from '../charts/geometry/format.ts';
import { members } from '../session/facts.ts';
import { siteBase, startAsk } from '../../workers/clients.ts';
import type { Session } from '../session.svelte.ts';
import { verify as words } from './words.ts';

export interface Claim {
  readonly text: string;
  readonly holds: boolean;
}

/** Training on one device and answering on another may flip an image or two of a thousand. */
const tolerance = 0.005;

/** The front of the log, computed again from the networks' numbers. */
export function frontClaim(view: RunView): Claim {
  const keys = view.recipe.objectives;
  const evaluated = [...view.networks.values()].filter((network) => network.status === 'evaluated');
  const vector = (objectives: (typeof evaluated)[number]['objectives']) =>
    keys.map((key) => objectives[key] ?? Infinity);
  const vectors = evaluated.map((network) => vector(network.objectives));
  const holds = members(view, view.front).every(
    (network) => !vectors.some((other) => dominates(other, vector(network.objectives))),
  );
  return { text: words.front(view.front.length, evaluated.length), holds };
}

/** Checks what an opened run claims: its front, and each network whose weights came along, asked again here. */
export async function* verifyRun(session: Session): AsyncGenerator<Claim> {
  const view = session.log.whole;
  if (!view) return;
  yield frontClaim(view);
  if (session.weights.size === 0) return;
  const ask = startAsk();
  try {
    const { dataset, seed, backend } = view.recipe;
    const ready = await ask.api.prepare(dataset, seed, backend, siteBase());
    if (!ready.ok) {
      yield { text: ready.reason, holds: false };
      return;
    }
    for (const [id, weights] of session.weights) {
      const network = view.networks.get(id);
      const claimed = network?.objectives.error;
      if (!network || claimed === undefined) continue;
      const found = await ask.api.validationError({ architecture: network.architecture, weights });
      yield found.ok
        ? {
            text: words.network(id, percentText(claimed), percentText(found.value)),
            holds: Math.abs(found.value - claimed) <= tolerance,
          }
        : { text: found.reason, holds: false };
    }
  } finally {
    ask.dispose();
  }
}
