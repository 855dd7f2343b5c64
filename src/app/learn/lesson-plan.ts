import { links } from '../model/address.ts';
import { lessons, type LessonId } from './lessons.ts';

/** What a teacher's hour consists of: lessons shown to the class, and what stands around them. */
type PlanId = LessonId | 'watch' | 'puzzle' | 'close';

export const planMinutes = 45;

/** Where the plan is: a page of the list of lessons. */
export const planStep = 'plan';
export const planLink = `${links.lessons}&step=${planStep}`;

/** Minutes of what is no lesson; the puzzle takes what is left. */
const fixed = { watch: 5, close: 5 } as const;

const order = ['watch', 'front', 'widen', 'sampling', 'puzzle', 'close'] as const satisfies readonly PlanId[];
type PartId = (typeof order)[number];

export interface PlanPart {
  readonly id: PartId;
  readonly from: number;
  readonly to: number;
  /** What to open, behind '#'. */
  readonly hash: string;
}

const hashes = { watch: links.home, puzzle: `${links.compose}&puzzle=today`, close: links.lessons } as const;

/** The parts with their times, given how long each lesson takes; `plain` leaves out formulas. */
export function planOf(minutesOf: (lesson: LessonId) => number, plain = false): readonly PlanPart[] {
  const lengthOf = (id: Exclude<PartId, 'puzzle'>) =>
    id === 'watch' || id === 'close' ? fixed[id] : minutesOf(id);
  const others = order.filter((id) => id !== 'puzzle').reduce((sum, id) => sum + lengthOf(id), 0);
  let from = 0;
  return order.map((id) => {
    const to = from + (id === 'puzzle' ? planMinutes - others : lengthOf(id));
    const hash =
      id === 'watch' || id === 'puzzle' || id === 'close'
        ? hashes[id]
        : `${links.lesson(id)}&present=1${plain ? '&hide=formulas' : ''}`;
    const part = { id, from, to, hash };
    from = to;
    return part;
  });
}

/** The steps of a lesson that ask something of the class, numbered from 1. */
export const tasksOf = (lesson: LessonId) =>
  (lessons.find(({ id }) => id === lesson)?.steps ?? []).flatMap(({ task }, index) =>
    task ? [{ step: index + 1, task }] : [],
  );
