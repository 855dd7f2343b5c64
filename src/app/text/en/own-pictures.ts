import { plural } from './plurals.ts';

/** The English words of the sheet of own pictures; fetched with it. */
export const ownPictures = {
  intro:
    'Bring pictures of two classes or more, for example cats and dogs. They are read here, kept in this browser, and sent nowhere.',
  folder: 'Choose a folder',
  files: 'Choose files',
  orDrop: 'or drop them anywhere on this page.',
  filesHelp:
    'A folder or ZIP with a folder for each class (train and test folders are kept apart), or a published set: IDX as of MNIST, CIFAR, NPZ, a CSV of pixels.',
  byHand: 'One class at a time: files, camera, drawing',
  className: 'Name of the class',
  nameFirst: 'Name the class first',
  addClass: 'Add its pictures',
  pasteHelp: 'Copied pictures can be pasted, too.',
  camera: 'Camera',
  hold: (name: string) => `Hold to record ${name}`,
  otherCamera: 'Other camera',
  taken: (count: number) => plural(count, '1 picture', `${count} pictures`),
  cameraAgain: 'Try again',
  cameraProblems: {
    insecure:
      'Browsers lend a page the camera only over https or on this computer itself. Open this page that way, or add picture files.',
    denied:
      'The camera was not allowed. Allow it for this site (beside the address), then try again, or add picture files.',
    none: 'No camera was found. Plug one in and try again, or add picture files.',
    busy: 'The camera does not answer; another program may use it. Close that and try again.',
    ended: 'The camera was unplugged or taken away. Plug it in and try again.',
  },
  draw: 'Draw',
  drawFirst: 'Draw something first',
  addDrawing: (name: string) => `Add to ${name}`,
  drawn: (count: number) => plural(count, '1 drawing', `${count} drawings`),
  opening: 'Opening…',
  title: 'Name',
  untitled: 'My pictures',
  size: 'Size',
  sizes: (side: number) => `${side}×${side} pixels`,
  colour: 'Colour',
  colours: { 1: 'Grey', 3: 'Colour' },
  fit: 'Shape',
  fits: { crop: 'The middle square', border: 'All of it, with a border' },
  sizeHelp: 'Each picture is made this small. Smaller trains faster.',
  reading: (done: string, all: string) => `Reading, ${done} of ${all}`,
  counts: (train: string, test: string, classes: number) =>
    `${train} pictures to learn from (a fifth of them validates), ${test} kept for one test at the end, ${classes} classes.`,
  coarse: (points: string) =>
    `Few pictures: one validation picture is ${points} points of error, so small differences mean little.`,
  seen: 'As the networks will see them',
  renameClass: (name: string) => `Name of the class ${name}`,
  removeClass: (name: string) => `Leave out ${name}`,
  takeBack: (name: string) => `Take ${name} back`,
  back: 'Take back',
  joined: (name: string) => `joined to ${name}`,
  unread: {
    undecodable: (count: number, first: string) =>
      plural(
        count,
        `${first} could not be read as a picture and is left out.`,
        `${count} files could not be read as pictures and are left out, ${first} first.`,
      ),
    heic: (count: number, first: string) =>
      `${plural(count, `The HEIC photo ${first} is`, `${count} HEIC photos (${first} first) are`)} left out: this browser cannot read them. Save them as JPEG (iPhone: Settings, Camera, Formats, Most Compatible).`,
    tiff: (count: number, first: string) =>
      `${plural(count, `The TIFF picture ${first} is`, `${count} TIFF pictures (${first} first) are`)} left out: this browser cannot read them. Save them as PNG.`,
    raw: (count: number, first: string) =>
      `${plural(count, `The RAW photo ${first} is`, `${count} RAW photos (${first} first) are`)} left out: no browser reads them. Save them as JPEG.`,
    encrypted: (count: number, first: string) =>
      `${plural(count, `${first} is`, `${count} files (${first} first) are`)} locked with a password. Unpack the archive, then choose the folder.`,
    damaged: (count: number, first: string) =>
      `${plural(count, `${first} is`, `${count} files (${first} first) are`)} damaged or cut short. Fetch the file again.`,
    'too-large': (count: number, first: string) =>
      `${plural(count, `${first} is`, `${count} files (${first} first) are`)} too large for a browser tab. Unpack it and choose a part.`,
    nested: (count: number, first: string) =>
      `${plural(count, `${first} is`, `${count} files (${first} first) are`)} packed too deep, archive in archive. Unpack it first.`,
    'no-labels': (count: number, first: string) =>
      `${plural(count, `${first} has`, `${count} files (${first} first) have`)} no labels. Choose the file of labels with it.`,
    'not-pixels': (count: number, first: string) =>
      `${plural(count, `${first} holds`, `${count} files (${first} first) hold`)} no images that this page knows. A line of a CSV is a label and the pixels of a square, 0 to 255.`,
  },
  parts: (train: string, validation: string, test: string) =>
    `Divided as it came: ${train} to learn from, ${validation === '0' ? '' : `${validation} to validate, `}${test} to test.`,
  notes: {
    nearEmpty: (name: string, count: number, others: number) =>
      `${name} has only ${plural(count, '1 picture', `${count} pictures`)}${others > 0 ? `, ${plural(others, 'another class is', `${others} other classes are`)} small, too` : ''}: hardly enough to learn from.`,
    imbalanced: (most: string, least: string) =>
      `${most} has many times the pictures of ${least}, so answers will lean towards it.`,
    tiny: (count: number, side: number) =>
      `${plural(count, '1 picture is', `${count} pictures are`)} smaller than this size (${side} pixels): enlarging adds nothing.`,
    dark: 'All pictures are almost black: perhaps 12 bits kept in 16.',
    flat: (count: number) =>
      plural(count, '1 picture has a single colour.', `${count} pictures have a single colour.`),
    twoClasses: (count: number) =>
      plural(count, 'One picture stands in two classes.', `${count} pictures stand in two classes.`),
    grey: 'All pictures are grey: one channel is enough, and trains faster.',
  },
  mend: {
    'near-empty': (name: string) => `Leave out ${name}`,
    imbalanced: (each: string) => `Take ${each} of each`,
    tiny: 'Take a smaller size',
    dark: 'Brighten them',
    flat: 'Leave them out',
    'two-classes': 'Leave them out',
    grey: 'Make them grey',
  },
  duplicates: (count: number) =>
    plural(
      count,
      'One picture came twice and is used once.',
      `${count} pictures came twice and are used once.`,
    ),
  classless: (count: number) =>
    plural(
      count,
      'One picture lies in no folder of a class and is left out.',
      `${count} pictures lie in no folder of a class and are left out.`,
    ),
  nothing:
    'No pictures of a class were found there. Each class needs a folder of its own; loose pictures are added above, under “One class at a time”.',
  tooMany: (count: string, most: string) =>
    `There are ${count} pictures; the first ${most} of them are taken, evenly over the classes.`,
  notYet: 'The pictures make no set yet',
  startOver: 'Start over',
  use: 'Search on these pictures',
  kept: 'In this browser',
  keptFacts: (count: string, classes: number, size: string) =>
    `${count} pictures, ${classes} classes, ${size}`,
  choose: 'Use',
  megabytes: (megabytes: string) => `${megabytes} MB`,
  packed: (title: string) => `Save the pictures of ${title} as a ZIP, to give to others`,
  packing: 'Packing…',
  notPacked: (title: string) =>
    `${title} could not be packed: its pictures are not in this browser any more.`,
  renamed: (title: string) => `Rename ${title}`,
  remove: 'Delete',
  removeWithRuns: (count: number) => plural(count, 'Delete with its run', `Delete with its ${count} runs`),
  keepIt: 'Keep it',
  sure: (title: string, runs: number) =>
    runs === 0
      ? `Delete ${title} from this browser?`
      : `Delete ${title} from this browser? ${plural(runs, 'A kept run', `${runs} kept runs`)} learned from it and could no longer go on.`,
  inUse: (title: string) =>
    `${title} is kept: a search learns from it, here or in another tab. End that first.`,
  removed: (title: string) => `Delete ${title}`,
  failed: {
    full: 'This browser has no room left for the pictures. Delete stored runs under Share, or take fewer pictures.',
    unavailable:
      'This browser lends the page no storage (a private window?), so the pictures cannot be kept for the workers.',
    blocked:
      'Another tab with an older version of this page holds the browser’s storage. Close it and try again.',
    failed: 'The browser could not keep the pictures. Try again.',
  },
};
