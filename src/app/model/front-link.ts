import { digestOf, frontOf } from '../../core/compare/front-only.ts';
import type { RunView } from '../../core/run-file/view.ts';
import { links } from './address.ts';
import { packed, unpacked } from './result-link.ts';

/** What stands behind the site's address to show a run's front in the comparison, with its '#'. */
export const frontLink = async (view: RunView, name: string): Promise<string> =>
  `${links.compare}&front=${await packed(JSON.stringify(digestOf(view, name)))}`;

/** The run that `front=` in a link tells of; null where it is damaged. */
export async function readFront(text: string): Promise<ReturnType<typeof frontOf>> {
  const json = await unpacked(text);
  try {
    return json === null ? null : frontOf(JSON.parse(json));
  } catch {
    return null;
  }
}
