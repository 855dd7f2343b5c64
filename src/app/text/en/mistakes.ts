/** Words of the tab that shows where a network errs. */
export const mistakes = {
  confusion: 'Which class is taken for which',
  looking: 'Asking…',
  perClass: 'Error by class',
  wrong: 'Wrong answers, the surest first',
  wrongOne: (actual: string, answered: string, sure: string) =>
    `${actual}, taken for ${answered}, ${sure} sure`,
  filtered: (actual: string, answered: string, count: number) =>
    count === 0
      ? `No image of ${actual} taken for ${answered} is among these`
      : `${actual} taken for ${answered}`,
  showAll: 'Show all',
  none: 'No wrong answer among the validation images.',
};
