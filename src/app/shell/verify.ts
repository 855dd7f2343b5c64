import { verifySteps, type Claim as LogClaim } from '../../core/run-file/verify.ts';
import type { SearchEvent } from '../../core/search/events.ts';
import { exception, type Failure } from '../../core/failure.ts';
import type { Result } from '../../core/result.ts';
import { proposalProblem } from '../../core/search/proposal-problem.ts';
import { factsOf } from '../../datasets/catalog.ts';
import { colonText, exactText, percentText } from '../text/format.ts';
import { startAsk } from '../../workers/clients.ts';
import { siteBase } from '../../workers/site-base.ts';
import { errorResolutionIn } from '../model/error-resolution.ts';
import type { Run } from '../model/run.svelte.ts';
import { texts } from '../text/texts.ts';

export interface Claim {
  readonly text: string;
  /** Null where it cannot be checked here; `text` then says why. */
  readonly holds: boolean | null;
}

/** Training on one device and answering on another may flip an image or two of a thousand, one of a few. */
const tolerance = (images: number) => Math.max(0.005, 1.01 / Math.max(1, images));

const unchecked = (reason: Failure): Claim => ({ text: texts.describeFailure(reason), holds: null });

/** An error as the file has it against the one found here, on so many images. */
function answered(
  found: Result<number>,
  claimed: number,
  images: number,
  text: (claimed: string, found: string) => string,
): Claim {
  if (!found.ok) return unchecked(found.reason);
  return {
    text: text(percentText(claimed), percentText(found.value)),
    holds: Math.abs(found.value - claimed) <= tolerance(images),
  };
}

/** Everything a log says that follows from it alone, computed again in pieces, so that the page stays alive. */
async function logClaims(events: readonly SearchEvent[]): Promise<readonly LogClaim[]> {
  const started = events.find((event) => event.type === 'started');
  const steps = verifySteps(events, proposalProblem(started?.recipe.space ?? 'network'));
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/** Checks what an opened run claims: its log, and each network whose weights came along, asked again here. */
export async function* verifyRun(run: Run): AsyncGenerator<Claim> {
  const view = run.log.whole;
  if (!view) return;
  for (const { key, holds, checked, detail } of await logClaims(run.log.events))
    yield {
      text: holds
        ? texts.verify.log[key](exactText(checked))
        : colonText(texts.verify.log[key](exactText(checked)), detail),
      holds,
    };
  if (run.weights.size === 0) return;
  const ask = startAsk();
  try {
    const { dataset, seed, backend } = view.recipe;
    const { testCount } = factsOf(dataset);
    const ready = await ask.api.prepare(dataset, seed, backend, siteBase());
    if (!ready.ok) {
      yield unchecked(ready.reason);
      return;
    }
    for (const [id, weights] of run.weights) {
      const network = view.networks.get(id);
      const error = network?.objectives.error;
      if (!network || error === undefined) continue;
      await ask.api.keep(id, { architecture: network.architecture, weights });
      yield answered(await ask.api.validationError(id), error, errorResolutionIn(view).images, (...shares) =>
        texts.verify.network(id, ...shares),
      );
      const testError = run.tests.known.get(id);
      if (testError === undefined) continue;
      yield answered(await ask.api.testError(id), testError, testCount, (...shares) =>
        texts.verify.tested(id, ...shares),
      );
    }
  } catch (error) {
    yield unchecked(exception(error));
  } finally {
    ask.dispose();
  }
}
