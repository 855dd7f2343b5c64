import { fail, ok, type Result } from '../../core/result.ts';
import { LogFold } from '../../core/run-file/fold.ts';
import type { RunView } from '../../core/run-file/view.ts';
import { isKnown } from '../../datasets/catalog.ts';
import { paramsOf } from '../model/address.ts';
import { registerFromLog } from '../model/register-datasets.ts';
import { givenAnywhere, nameOf } from '../model/run-name.ts';

/** Why a text adds no run. */
export type LinkFault = 'none' | 'recipe' | 'damaged' | 'pictures';

/** A run as a link tells it. */
export interface LinkedRun {
  readonly name: string;
  readonly origin: 'link' | 'front';
  readonly view: RunView;
}

/** No link of this page is longer. [ours] */
const longest = 20_000;

/** What of a pasted text are links; words between them, as in a chat, are passed over. */
export const linksIn = (text: string): readonly string[] =>
  text.split(/\s+/).filter((word) => /#|:\/\//.test(word));

/** Reads one link with a result, of whatever address the site has where it was made. */
export async function readLink(link: string): Promise<Result<LinkedRun, LinkFault>> {
  const at = link.indexOf('#');
  if (at < 0) return fail('none');
  if (link.length > longest) return fail('damaged');
  const params = paramsOf(link.slice(at));
  const [result, front] = [params.get('result'), params.get('front')];
  if (front) {
    const { readFront } = await import('../model/front-link.ts');
    const found = await readFront(front);
    if (!found) return fail('damaged');
    const { name, view } = found;
    const { dataset, secondDataset } = view.recipe;
    if (!isKnown(dataset) || (secondDataset !== '' && !isKnown(secondDataset))) return fail('pictures');
    return ok({ name: nameOf(name, view.recipe), origin: 'front', view });
  }
  if (!result) return fail('recipe');
  const { readResult } = await import('../model/result-link.ts');
  const found = await readResult(result);
  if (!found.ok) return fail('damaged');
  const { name, events, told, dataset, recipe } = found.value;
  registerFromLog(events, dataset);
  const view = new LogFold(undefined, told).at(events, events.length);
  if (!view || view.front.length === 0) return fail('damaged');
  return ok({ name: nameOf(await givenAnywhere(name, recipe), recipe), origin: 'link', view });
}
