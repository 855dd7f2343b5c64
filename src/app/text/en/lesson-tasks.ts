import type { OperatorKind } from '../../../core/morphisms/morphism.ts';
import { plural } from './plurals.ts';
import { workbench } from './workbench.ts';

/** What the lessons' tasks ask, and what is said to every try; the checks are in app/learn/lesson-checks.ts. */
export const lessonTasks = {
  kinds: { predict: 'Predict', find: 'Find', do: 'Do' },
  /** In print, in place of the network that a task names. */
  given: 'the network named there',
  chooseFirst: 'Choose an answer first; a wrong one costs nothing.',
  doFirst: 'Do this first, or try once and have it shown.',
  kept: (said: string) => `Kept: “${said}”.`,
  counted: 'Hands are counted.',
  wasSo: (said: string) => `You said “${said}”, and so it came.`,
  wasOtherwise: (said: string, is: string) => `You said “${said}”; it came out as “${is}”.`,
  showMe: 'Show me',
  shown: 'Shown to you.',
  tally: (done: number, of: number, shown: number) =>
    `${done} of ${of} tasks done by yourself${shown > 0 ? `, ${shown} shown to you` : ''}.`,
  network: (id: number, parameters: string, error: string) =>
    `#${id} (${parameters} parameters, ${error} errors)`,

  area: {
    ask: () => 'What will the shaded area do until the end?',
    options: ['It will rise and fall', 'It will rise or stay, never fall', 'It will stay as it is'],
    told: (rises: number, of: number, falls: number, first: string, last: string) =>
      `In ${of} generations it rose ${plural(rises, 'once', `${rises} times`)} and ${falls === 0 ? 'never fell' : `fell ${plural(falls, 'once', `${falls} times`)}`}, from ${first} to ${last} of the box.`,
  },
  bet: {
    ask: () => 'Place your bet on the page: click an answer, or press 1, 2 or 3.',
    right: (before: number, after: number, count: number) =>
      `Measured: ${before} of ${count} images right before, ${after} after.`,
    alike: (alike: number, count: number) =>
      `Measured: right after the change, ${alike} of ${count} images got the parent’s answer.`,
  },
  rare: {
    ask: () => 'The next step draws 1,000 children. How much more often will rare sizes be kept?',
    options: [
      'About as often as by an even draw',
      'Up to three times as often',
      'More than three times as often',
    ],
    told: (density: string, uniform: string) =>
      `By density ${density} of the children have a rare size, by an even draw ${uniform}.`,
  },
  price: {
    ask: () =>
      'A bargain is the smallest network within two points of the lowest error. How much larger is the most accurate one?',
    options: ['About as large', 'Up to five times', 'More than five times'],
    told: (best: string, bargain: string, times: number) =>
      `${best} is ${times} times as large as the bargain ${bargain}.`,
  },

  pairs: {
    ask: () =>
      'Next, 24 of these paths are trained alone. Of all pairs, how many will shared weights have put in the right order?',
    options: ['About half, as a coin would', 'More than half, but not nearly all', 'Nearly all'],
    told: (cheap: string, again: string) =>
      `Shared weights put ${cheap} of the pairs in the right order. Training alone once more does that with ${again} only: by chance of its start each training gives another order.`,
  },

  dominator: {
    ask: (from: string) => `Click a network that makes fewer errors than ${from} at no more parameters.`,
    right: (pick: string, from: number) =>
      `Yes: ${pick} makes fewer errors than #${from} and is no larger, so it dominates #${from}.`,
    errs: (pick: number, error: string, than: string) =>
      `Not #${pick}: it makes ${error} errors, and fewer than ${than} are wanted.`,
    larger: (pick: number, size: string, than: string) =>
      `Not #${pick}: it makes fewer errors, but has ${size} parameters, more than ${than}.`,
  },
  fits: {
    ask: () =>
      'Your phone app has room for 1,000 parameters. Click the network with the fewest errors that fits.',
    right: (pick: string, most: string) =>
      `Yes: of all with at most ${most} parameters none makes fewer errors than ${pick}.`,
    larger: (pick: number, size: string, most: string) =>
      `Not #${pick}: it has ${size} parameters, and there is room for ${most}.`,
    errs: (pick: number, error: string, least: string) =>
      `Not #${pick}: it fits and makes ${error} errors, but another that fits makes ${least}.`,
  },
  origin: {
    ask: (from: string) => `Click the starting network that ${from} comes from.`,
    right: (pick: string, steps: number, from: number) =>
      `Yes: ${pick} has no parent. ${steps} ${plural(steps, 'step', 'steps')} later its weights had become #${from}.`,
    ancestor: (pick: number, parent: number) =>
      `Not yet: #${pick} is an ancestor, but has a parent itself, #${parent}.`,
    stranger: (pick: number, from: number) => `Not #${pick}: it is no ancestor of #${from}.`,
  },

  fewAlike: {
    ask: () => 'Switch on a wrong way after which fewer than half of the images get the parent’s answer.',
    right: (alike: number, count: number) =>
      `Yes: only ${alike} of ${count} images still get the parent’s answer.`,
    wrong: (alike: number, count: number) =>
      `Not enough: ${alike} of ${count} images still get the parent’s answer.`,
  },
  deadEnd: {
    ask: () => 'Switch on the wrong way that changes no answer and yet can never learn.',
    right: (zero: number, of: number) =>
      `Yes: every answer stays, but ${zero} of the ${of} new weights get gradient 0.`,
    changes: (alike: number, count: number) =>
      `Not this one: only ${alike} of ${count} images keep their answer.`,
    learns: 'Not this one: no answer changes, but its new weights do learn.',
  },
  gate: {
    ask: () => 'Move λ, below the curve, until a tenth of the images get another answer.',
    right: (changed: number, count: number) =>
      `Yes: ${changed} of ${count} images get another answer than the parent’s.`,
    wrong: (changed: number, count: number) =>
      `Further: ${changed} of ${count} images get another answer so far.`,
  },
  differ: {
    ask: () => 'Draw something that parent and child answer differently.',
    right: (parent: string, child: string) => `Yes: the parent says “${parent}”, the child “${child}”.`,
    same: (parent: string) => `Not yet: both say “${parent}”. Change the drawing, or take another.`,
    none: (count: number) =>
      `Of ${count} random drawings both answer every one alike: so close did distillation bring them.`,
  },
  exact: {
    ask: () => 'Choose, in the head line, an operator that leaves every answer as it was.',
    right: (operator: OperatorKind, alike: number, count: number) =>
      `Yes: after ${workbench.operators[operator]} ${alike} of ${count} images get the parent’s answer; it adds, and takes nothing away.`,
    wrong: (operator: OperatorKind, alike: number, count: number) =>
      `Not ${workbench.operators[operator]}: it makes smaller, and only ${alike} of ${count} images got the parent’s answer.`,
  },
  misjudged: {
    ask: () =>
      'Click a network that shared weights misjudge: by at least eight places of 24 better or worse than trained alone.',
    right: (cheap: number, alone: number, of: number) =>
      `Yes: place ${cheap} of ${of} by shared weights, place ${alone} trained alone. ${cheap > alone ? 'A search by shared weights would have left it out.' : 'A search by shared weights would have been deceived by it.'}`,
    wrong: (cheap: number, alone: number, of: number) =>
      `Not this one: place ${cheap} of ${of} by shared weights and place ${alone} trained alone. Look farther from the rising line.`,
    none: 'Here none is off by eight places: shared weights ranked these networks well.',
  },
  even: {
    ask: () => 'Move the bandwidth until no network’s chance is more than 1.4 times an even draw.',
    wide: (most: string) =>
      `Yes: the largest chance is ${most} times an even draw. Under one wide hill hardly any size looks rare.`,
    narrow: (most: string) =>
      `Yes: the largest chance is ${most} times an even draw. On a narrow hill of its own every network looks rare.`,
    wrong: (most: string) => `Further: the largest chance is ${most} times an even draw.`,
  },
} as const satisfies Record<string, unknown>;
