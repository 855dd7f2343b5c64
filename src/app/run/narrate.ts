import { operatorsOf } from '../../core/morphisms/operators-of.ts';
import type { RunView } from '../../core/run-file/view.ts';
import { finishing, type SearchEvent } from '../../core/search/events.ts';
import {
  exactText,
  hypervolumeText,
  listText,
  percentText,
  sentencesText,
  sizeText,
} from '../text/format.ts';
import type { Run } from '../model/run.svelte.ts';
import { texts } from '../text/texts.ts';

/** Which events the log lists. */
export type LogKind = keyof typeof texts.strip.logKinds;

/** What just happened, in one sentence; `view` is the run after `event`. */
export function sentenceOf(event: SearchEvent, view: RunView): string {
  const words = texts.loop.narrate;
  switch (event.type) {
    case 'started':
      return words.started;
    case 'seeded':
      return words.seeded(event.network, sizeText(event.cheap.parameters ?? 0));
    case 'generation':
      if (event.density.kind === 'kde') return words.generation(event.generation);
      return event.density.reason === finishing
        ? words.finish(event.generation)
        : words.uniform(event.generation);
    case 'proposed':
      if (event.chain.length === 0) return words.trainedOn(event.parent);
      return event.verdict === 'candidate'
        ? words.candidate(
            event.parent,
            listText(operatorsOf(event.chain).map((operator) => texts.operators[operator])),
          )
        : words.rejected(event.parent, texts.loop.rejections[event.reason]);
    case 'accepted':
      return event.images === undefined
        ? words.accepted(event.network, percentText(event.probability))
        : words.given(event.network, exactText(event.images));
    case 'progress':
      return words.progress(event.network, exactText(event.point.images));
    case 'evaluated': {
      const size = event.objectives.parameters ?? view.networks.get(event.network)?.objectives.parameters;
      const said = words.evaluated(
        event.network,
        percentText(event.objectives.error ?? 0),
        sizeText(size ?? 0),
      );
      return event.device === undefined ? said : sentencesText(said, words.trainedBy(event.device));
    }
    case 'failed':
      return words.failed(event.network);
    case 'competed': {
      const joined =
        event.joined.length > 0 ? words.joined(listText(event.joined.map((id) => `#${id}`))) : words.nobody;
      return words.competed(joined, hypervolumeText(event.hypervolume));
    }
    case 'finished':
      return words.finished;
  }
}

/** What the cursor stands behind, in one sentence; empty before the run. */
export function sentenceNow(run: Run): string {
  const last = run.log.events[run.playback.position - 1];
  return last && run.view ? sentenceOf(last, run.view) : '';
}
