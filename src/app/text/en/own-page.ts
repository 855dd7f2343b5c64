/** The English words of the page and the script that a network is exported as. */
export const ownPage = {
  title: (set: string) => `A network for ${set}`,
  by: (name: string) => `${name}, grown by LEMONADE, a search for small and accurate networks.`,
  draw: 'Draw on the pad, or give it a picture. It answers on this device.',
  give: 'Give it a picture. It answers on this device.',
  dropHere: 'Drop a picture here, paste one, or open a file',
  answer: 'Its answer',
  answerFor: (set: string) => `Its answer for ${set}`,
  samples: 'Or one that it has not learned from:',
  sample: (n: number) => `Picture ${n}`,
  sees: 'What the network sees',
  waits: 'It waits for a picture.',
  took: (milliseconds: string) => `in ${milliseconds} ms`,
  says: (answer: string, share: string) => `${answer}, ${share} sure.`,
  pen: (down: boolean, column: string, row: string) =>
    `Pen ${down ? 'down' : 'up'}, column ${column} of 28, row ${row} of 28`,
  cameraProblems: {
    insecure:
      'This browser lends no camera to a page that is opened from a file. Open a picture instead, or open this file in Chrome, Edge or Firefox.',
    denied:
      'The camera was not allowed. Allow it for this file (beside the address) and try again, or open a picture.',
    none: 'No camera was found. Plug one in and try again, or open a picture.',
    busy: 'The camera does not answer; another program may use it. Close that and try again.',
    ended: 'The camera was unplugged or taken away. Plug it in and try again.',
  },
  canvasNoise:
    'This browser gives noise for drawings and pictures, as it resists fingerprinting. Open this file in another browser.',
  card: 'The network',
  facts: {
    parameters: 'Parameters',
    weights: 'Weights',
    multiplyAdds: 'Multiply-adds an image',
    validation: 'Error, validation images',
    test: 'Error, test images',
    finished: 'Images it was finished on, after the search',
    secondError: 'Error of the second head',
    dataset: 'Learned from',
  },
  grew: 'How it grew',
  carried:
    'All of it is in this file: the weights, the code that runs them and the preparation of pictures. It fetches nothing, and no picture leaves this device.',
  noScript: 'This page computes in JavaScript, which is off here. Save the file and open it in a browser.',
  script: {
    usage: 'Say which picture: node predict.mjs picture.png',
    blank: '{file}: there is nothing on this picture.',
    missing: '{file}: there is no such file.',
    interlaced: '{file} is an interlaced PNG. Save it without interlacing.',
    damaged: '{file} is damaged or cut off. Save the picture again.',
    convert:
      '{file} is no PNG. Convert it to PNG, or install the package sharp beside this script (npm install sharp).',
  },
};
