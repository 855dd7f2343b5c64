import { fail, ok, type Result } from '../../core/result.ts';
import { LogFold } from '../../core/run-file/fold.ts';
import type { RunView } from '../../core/run-file/view.ts';
import { isKnown } from '../../datasets/catalog.ts';
import { paramsOf } from '../model/address.ts';
import { registerFromLog } from '../model/register-datasets.ts';
import { givenAnywhere } from '../model/run-name.ts';

/** Why a text adds no run. */
export type LinkFault = 'none' | 'recipe' | 'damaged' | 'pictures';

/** A run as a link tells it. */
export interface LinkedRun {
  /** Of whoever sent it: given beside the link, or to the run; '' where nobody gave one. */
  readonly name: string;
  readonly origin: 'link' | 'front';
  readonly view: RunView;
}

/** No link of this page is longer. [ours] */
const longest = 20_000;

/** A link among pasted lines, and who a chat says it is from; '' where it does not say. */
export interface PastedLink {
  readonly link: string;
  readonly from: string;
  /** The line that it stands in. */
  readonly line: string;
}

/** What a chat puts before a link: a name, then a colon. */
const fromOf = (before: string): string =>
  /^[\s\-*•>]*(?:\[[^\]]*\])?\s*([^:：]{1,40})[:：]\s*$/.exec(before)?.[1]?.trim() ?? '';

/** The links of a pasted text, line by line, and the lines without any, as far as something stands in them. */
export function linksIn(text: string): {
  readonly links: readonly PastedLink[];
  readonly others: readonly string[];
} {
  const links: PastedLink[] = [];
  const others: string[] = [];
  for (const line of text.split(/\r?\n/).map((each) => each.trim())) {
    const found = [...line.matchAll(/[^\s：，；]*(?:#|:\/\/)\S*/g)];
    found.forEach(({ 0: link, index }, i) =>
      links.push({ link, from: i === 0 ? fromOf(line.slice(0, index)) : '', line }),
    );
    if (found.length === 0 && line !== '') others.push(line);
  }
  return { links, others };
}

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
    return ok({ name: await givenAnywhere(name, view.recipe), origin: 'front', view });
  }
  if (!result) return fail('recipe');
  const { readResult } = await import('../model/result-link.ts');
  const found = await readResult(result);
  if (!found.ok) return fail('damaged');
  const { name, events, told, dataset, recipe } = found.value;
  registerFromLog(events, dataset);
  const view = new LogFold(undefined, told).at(events, events.length);
  if (!view || view.front.length === 0) return fail('damaged');
  return ok({ name: await givenAnywhere(name, recipe), origin: 'link', view });
}
