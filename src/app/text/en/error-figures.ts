/** The errors of one network: what was measured on which images, and which of them to quote. */
export const figures = {
  title: 'How often it is wrong',
  what: 'Measured',
  error: 'Error',
  names: {
    validation: 'validation error',
    second: 'validation error, second data set',
    testFound: 'test error, as found',
    testFinished: 'test error, finished',
    earlier: 'test error, finished earlier',
    int8Found: 'as found, in 8-bit integers',
    int8Finished: 'finished, in 8-bit integers',
  },
  validation: (images: string) => `on ${images} images kept apart; the search chose by it, so it flatters`,
  test: (images: string) => `on ${images} test images, which no training saw`,
  testOfFound: (images: string) => `on ${images} test images, which the search never saw`,
  int8: (images: string, isTest: boolean, before: string) =>
    `on ${images} ${isTest ? 'test' : 'validation'} images; before rounding ${before} on the same`,
  /** One standard error, in points. */
  plusMinus: (points: string) => `± ${points}`,
  spread: '± is the standard error: so far another set of as many images may move it.',
  quote: 'quote this',
  quoted: (name: string, error: string, spread: string, images: string) =>
    `Quote the ${name}: ${error} ${spread}, counted on ${images} images.`,
  none: 'Nothing to quote yet: the search chose it by the validation images. Test it once.',
  test1: 'Test it, once',
  testing: 'Testing…',
  testHelp: 'The search never saw the test images. Once is honest; choosing by them is not.',
  all: 'All its errors',
};
