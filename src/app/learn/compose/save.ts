import { goTo } from '../../model/address.ts';
import { appVersion } from '../../model/version.ts';
import type { Weights } from '../../../core/architecture/weights.ts';
import type { NetworkId } from '../../../core/search/events.ts';
import { makeRunFile, serialiseRunFile } from '../../../core/run-file/serialise.ts';
import { openFiles, saveBlob } from '../../model/files.ts';
import { statedDataset } from '../../../datasets/stated.ts';
import { deviceOf } from '../../model/run-facts.ts';
import { addressOf } from '../../model/session-address.ts';
import type { Session } from '../../model/session.svelte.ts';
import { texts } from '../../text/texts.ts';
import { asFinishedEvents } from './as-run.ts';
import type { ComposeState } from './compose-state.svelte.ts';

/** All that was composed as a run file like any other, with the weights of its front. */
async function runFileOf(composing: ComposeState): Promise<File> {
  const { history, recipe, facts, view, puzzle, here, backend } = composing;
  const weights = new Map<NetworkId, Weights>();
  for (const id of view.front) {
    const found = await composing.weightsOf(id);
    if (found) weights.set(id, found);
  }
  const file = makeRunFile(asFinishedEvents(history, recipe, facts), {
    name: texts.compose.runName(texts.compose.names[puzzle.id]),
    appVersion,
    note: texts.compose.runNote(texts.compose.names[puzzle.id]),
    date: new Date().toISOString(),
    device: backend ? deviceOf(backend, 1) : null,
    dataset: await statedDataset(recipe.dataset),
    ...(here.trained ? { selected: here.id } : {}),
    weights,
  });
  const name = `lemonade-by-hand-${puzzle.id}-seed${recipe.seed}.json`;
  return new File([serialiseRunFile(file)], name, { type: 'application/json' });
}

/** Lets the browser save the run file. */
export async function saveComposed(composing: ComposeState): Promise<void> {
  const file = await runFileOf(composing);
  saveBlob(file, file.name);
}

/** Opens the same file in the playground; a run that was there is set aside and offered back. */
export async function openComposed(composing: ComposeState, session: Session): Promise<void> {
  const file = await runFileOf(composing);
  if (!(await openFiles(session, [file], true))) return;
  goTo(addressOf(session));
}
