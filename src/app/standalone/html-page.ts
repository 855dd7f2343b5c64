import { flushSync, mount, unmount } from 'svelte';
import { parameterCount } from '../../core/architecture/cost.ts';
import { plainNetwork } from '../../core/export/plain-network.ts';
import type { ExportedNetwork } from '../../core/export/portable.ts';
import type { RunFinished } from '../../core/run-file/finished.ts';
import type { NetworkView, RunView } from '../../core/run-file/view.ts';
import { isOwnId } from '../../core/search/recipe.ts';
import { penShareOf } from '../../datasets/preprocess.ts';
import type { DatasetFacts } from '../../datasets/types.ts';
import type { LabelledImages } from '../model/ask.ts';
import { classNamesOf, titleOf } from '../model/datasets.ts';
import { growthFacts, growthOf } from '../network/growth.ts';
import { exactText, percentText, valueText } from '../text/format.ts';
import { locale } from '../text/language.ts';
import { texts } from '../text/texts.ts';
import type { CarriedPage } from './carried.ts';
import PageBody from './PageBody.svelte';
import { programs } from './programs.ts';

/** What a page of its own says of its network beside the numbers it computes with. */
export interface PageSubject {
  readonly view: RunView;
  readonly network: NetworkView;
  readonly facts: DatasetFacts;
  /** Pictures of the set, where they are here; some of a shipped set's are carried. */
  readonly images: LabelledImages | null;
  /** On the official test images, where somebody asked. */
  readonly testError?: number | undefined;
  /** How its training was finished, where the page carries what that left. */
  readonly finished?: RunFinished | undefined;
}

/**
 * Nothing is fetched or sent. Inline code is not named by its hash: a mail program that writes other line ends would
 * stop the page, and nothing comes in from elsewhere.
 */
const policy = Object.entries({
  'default-src': "'none'",
  'script-src': "'unsafe-inline'",
  'style-src': "'unsafe-inline'",
  'img-src': 'data:',
  'base-uri': "'none'",
  'form-action': "'none'",
})
  .map((entry) => entry.join(' '))
  .join('; ');

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='7' fill='%23fbfaf6'/%3E%3Cpath d='M5 5v7h7v7h8v7h7' fill='none' stroke='%231c1b18' stroke-width='1.6'/%3E%3Cg fill='%23f5c400' stroke='%231c1b18' stroke-width='1.6'%3E%3Ccircle cx='5.500' cy='6' r='3.2'/%3E%3Ccircle cx='12' cy='13' r='3.2'/%3E%3Ccircle cx='20' cy='19.5' r='3.2'/%3E%3Ccircle cx='26.5' cy='26' r='3.2'/%3E%3C/g%3E%3C/svg%3E";

const escaped = (text: string): string => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** What a component renders, without what Svelte needs to go on with it. */
function markupOf(props: Parameters<typeof PageBody>[1]): string {
  const target = document.createElement('div');
  const body = mount(PageBody, { target, props });
  flushSync();
  const html = target.innerHTML;
  void unmount(body);
  return html
    .replaceAll(/<!--[^]*?-->/g, '')
    .replaceAll(/ ?\bsvelte-[a-z0-9]+/g, '')
    .replaceAll(' class=""', '');
}

const factsOf = ({ network, view, facts, testError, finished }: PageSubject) => {
  const { facts: terms } = texts.ownPage;
  const { error, secondError, multiplyAdds } = network.objectives;
  const parameters = parameterCount(network.architecture);
  const second = view.recipe.secondDataset;
  const percent = (value: number | undefined) => (value === undefined ? '' : percentText(value));
  return [
    { term: terms.parameters, value: exactText(parameters) },
    { term: terms.weights, value: valueText('activationBytes', 4 * parameters) },
    { term: terms.multiplyAdds, value: multiplyAdds === undefined ? '' : exactText(multiplyAdds) },
    // What was finished has learned the validation images too.
    { term: terms.validation, value: finished ? '' : percent(error) },
    { term: terms.finished, value: finished ? exactText(finished.images) : '' },
    { term: terms.test, value: percent(testError) },
    { term: terms.secondError, value: finished ? '' : percent(secondError) },
    { term: terms.dataset, value: [titleOf(facts.id), second && titleOf(second)].filter(Boolean).join(', ') },
  ].filter(({ value }) => value !== '');
};

function wordsOf(): CarriedPage['words'] {
  const { ownPage, network, describeFailure } = texts;
  return {
    sure: network.tryIt.sure('{share}'),
    truth: network.tryIt.truth('{answer}'),
    says: ownPage.says('{answer}', '{share}'),
    took: ownPage.took('{milliseconds}'),
    penDown: ownPage.pen(true, '{column}', '{row}'),
    penUp: ownPage.pen(false, '{column}', '{row}'),
    cameraProblems: ownPage.cameraProblems,
    problems: {
      'blank-picture': describeFailure({ code: 'blank-picture' }),
      'picture-unreadable': describeFailure({ code: 'picture-unreadable' }),
      'canvas-noise': ownPage.canvasNoise,
    },
  };
}

const mostSamples = 12;

/** The first picture of each class, in the order of the classes, so many at most. */
function samplesOf({ images, labels }: LabelledImages): NonNullable<CarriedPage['samples']> {
  const each = images.length / labels.length;
  const firsts = [...labels.keys()]
    .filter((n) => labels.indexOf(labels[n]!) === n)
    .sort((a, b) => labels[a]! - labels[b]!)
    .slice(0, mostSamples);
  const letters = firsts.flatMap((n) =>
    Array.from(images.subarray(n * each, (n + 1) * each), (byte) => String.fromCharCode(byte)),
  );
  return { pixels: btoa(letters.join('')), labels: firsts.map((n) => labels[n]!) };
}

/**
 * A network as one HTML file in the page's language: weights, code, card and growth, and nothing fetched. `heads`: one
 * network, or one a head (`exportedHeads`). Throws RangeError as `plainNetwork` does. Its programs come of the site's
 * own modules (scripts/programs.ts).
 */
export function htmlPage(heads: readonly ExportedNetwork[], subject: PageSubject): string {
  const { network, view, facts } = subject;
  const { ownPage: words } = texts;
  const second = view.recipe.secondDataset;
  const sets = [{ id: facts.id }, ...(second ? [{ id: second }] : [])];
  const networks = heads.map((head, i) => {
    const { id } = sets[i] ?? facts;
    return { ...plainNetwork(head), classes: classNamesOf({ id, classes: head.classes }) };
  });
  const samples = isOwnId(facts.id) || !subject.images ? null : samplesOf(subject.images);
  const carried: CarriedPage = {
    networks,
    samples,
    pen: penShareOf(facts.id),
    locale: locale(),
    words: wordsOf(),
  };
  const title = words.title(titleOf(facts.id));
  const frames = growthOf(view, network.id);
  const body = markupOf({
    title,
    by: words.by(texts.network.label(network.id)),
    drawable: facts.drawable,
    heads: networks.map(({ classes, nodes: [input] }, i) => ({
      title: heads.length === 1 ? words.answer : words.answerFor(titleOf((sets[i] ?? facts).id)),
      classes,
      width: input?.kind === 'input' ? input.width : 1,
      height: input?.kind === 'input' ? input.height : 1,
    })),
    samples: samples?.labels.length ?? 0,
    attribution: samples ? `${facts.attribution} ${facts.licence}` : '',
    facts: factsOf(subject),
    frames,
    growth: growthFacts(frames),
  });
  return `<!doctype html>
<html lang="${locale()}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<link rel="icon" href="${icon}">
<style>
${programs.style}
</style>
</head>
<body>
${body}
<script type="application/json" id="carried">
${JSON.stringify(carried).replaceAll('<', '\\u003c')}
</script>
<script>
${programs.page}
</script>
</body>
</html>
`;
}
