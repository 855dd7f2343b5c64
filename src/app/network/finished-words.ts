import type { RunFinished } from '../../core/run-file/finished.ts';
import { exactText, formatApproxDuration, percentText } from '../text/format.ts';
import { texts } from '../text/texts.ts';

/** What finishing was worth, in a sentence: "4.1 % error before, 2.3 % now, ...". */
export function finishedOutcome({ testErrorBefore, testError, testImages }: RunFinished): string {
  const { outcome, worse } = texts.network.finish;
  const say = testError < testErrorBefore ? outcome : worse;
  return say(percentText(testErrorBefore), percentText(testError), exactText(testImages));
}

/** How it was done: "from scratch, 240,000 images in 1 min". */
export const finishedHow = ({ start, images, seconds }: RunFinished): string =>
  texts.network.finish.how[start](exactText(images), formatApproxDuration(seconds));
