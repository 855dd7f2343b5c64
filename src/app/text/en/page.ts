import { are, networks, plural } from './plurals.ts';

/** Words of the first page, and of what stands around every other: fetched before anything is shown. */
export * from './charts.ts';

export const app = {
  name: 'LEMONADE Playground',
  notLoaded:
    'A part of this page could not be loaded: this device is offline, or there is a new version of the site. What was trained is kept.',
  openingLink: 'Opening the result of this link…',
  loadAgain: 'Load the page again',
};

/** Between parts of a sentence and at its end. */
export const punctuation = { comma: ', ', semicolon: '; ', colon: ': ', stop: '.', gap: ' ' };

export const header = {
  noRun: 'New run',
  dataset: 'Data set',
  ownPictures: 'Your own pictures',
  addPictures: 'Your own pictures…',
  ownElsewhere: 'Pictures of the author’s own, which are not in this browser',
  preset: 'Preset',
  presets: { quick: 'Quick preset', class: 'Class preset', long: 'Long preset', custom: 'Own settings' },
  seed: (seed: number) => `Seed ${seed}`,
  recording: (dataset: string, seed: number) => `Recording of a real run, ${dataset}, seed ${seed}`,
  backend: { webgpu: 'WebGPU', webgl: 'WebGL', wasm: 'Processor (WASM)', cpu: 'Processor (JavaScript)' },
  passed: (backend: string) => `${backend}, self-test passed`,
  failed: (backend: string) => `${backend}, self-test failed`,
  testing: 'Testing the backend',
  lessons: 'Lessons',
  share: 'Share',
  open: 'Open',
  openRun: 'Open run',
  save: 'Save',
  saveRun: 'Save run',
  settings: 'Settings',
  theme: { system: 'Theme of the system', light: 'Light theme', dark: 'Dark theme' },
  language: 'Language',
  languageFailed: 'These words could not be loaded. Try again.',
  help: 'Help',
  menu: 'Menu',
  close: 'Close',
  rename: 'Name of the run',
  skip: 'Skip to the trade-off',
  nothingToSave: 'There is nothing to save yet',
};

/** What is written on keys. */
export const keyNames = { space: 'Space' };

/** Units of durations, behind the number. */
export const durations = { s: 's', min: 'min', h: 'h' };

export const transport = {
  play: 'Play',
  pause: 'Pause',
  step: 'Step',
  back: 'Back',
  reset: 'Reset',
  preparing: 'Testing the backend',
  atStart: 'This is the beginning of the run',
  atEnd: 'This is the end of the run',
  nothing: 'There is nothing to reset',
  hintLive: ['Space plays', '⇧ →: one child'],
  hintReplay: ['Space replays', 'the run'],
  speed: 'Speed',
  speeds: { watch: 'Watch', normal: 'Normal', fast: 'Fast', background: 'Background' },
  generationAt: (generation: number) => `Generation ${generation}`,
  of: (total: number) => `of ${total}`,
  trained: 'trained,',
  proposed: 'proposed',
  elapsed: 'elapsed',
  elapsedLeft: (left: string) => `elapsed, about ${left} left`,
  stopAfter: (generations: number) =>
    `Stop after ${plural(generations, '1 generation', `${generations} generations`)}`,
  stoppedAfter: (generations: number) =>
    `Stopped after ${plural(generations, '1 generation', `${generations} generations`)}`,
  stopNow: 'Stop now',
  stopRule: 'Stop rule',
  hypervolume: 'Lemon area',
  sinceStart: (gain: string) => `${gain} since the start`,
  inObjectives: (count: number) => `in ${count} objectives`,
  live: 'Live',
  paused: 'Paused',
  stopped: 'Stopped',
  replay: 'Replay',
  finished: 'Finished',
  ready: 'Ready',
  backToLive: (generation: number) => `Generation ${generation}, back to live`,
  backToEnd: (generation: number) => `Generation ${generation}, go to the end`,
  left: (time: string) => `about ${time} left`,
  phoneFacts: {
    trained: 'trained,',
    proposed: 'proposed',
    proposedThen: 'proposed,',
    onFront: 'on the front',
  },
  announce: (generation: number, front: number, error: string, hypervolume: string) =>
    `Generation ${generation}: ${networks(front)} on the front, lowest error ${error}, lemon area ${hypervolume}`,
  announceFinished: (front: number) => `The run is finished, ${networks(front)} ${are(front)} on the front`,
  title: {
    running: (done: number, total: number) => `${done} of ${total}`,
    finished: 'Finished',
    paused: 'Paused',
  },
};

export const firstVisit = {
  noRecording: 'The recording could not be loaded.',
  headline: ['Grow small, accurate neural networks.', 'In this tab.'],
  lead: 'A search for networks that read handwritten digits. It starts from a few tiny ones; every child inherits what its parent learned and changes a little; the best of every size survive.',
  run: (phone: boolean) => `Run it on this ${phone ? 'phone' : 'computer'}`,
  measuring: 'Measuring its speed…',
  estimate: (time: string, backend: string) => `About ${time} here, measured a moment ago on ${backend}.`,
  slow: (time: string) => `About ${time} here, on the processor.`,
  shorter: (generations: number) => `${generations} rounds, fewer than this recording.`,
  private: 'Nothing leaves this tab.',
  callout: 'Each dot is a trained network. Click one.',
  calloutTouch: 'Each dot is a trained network. Tap one.',
  pausePlay: { pause: 'Pause the recording', play: 'Play the recording' },
  trained: 'networks trained',
  front: 'best of their size',
  round: (round: number, of: number) => [`Round ${round}`, `of ${of}`],
  below: 'How it works, below',
  draw: 'Draw a digit',
  drawLead: 'Two networks that this recording ends with answer, side by side.',
  smallest: 'The smallest',
  small: 'A small one',
  note: (id: number, parameters: string, error: string) => `#${id}, ${parameters} parameters, ${error} wrong`,
  mostAccurate: 'The most accurate',
  skip: 'Set up a run of your own',
  skipShort: 'Set up your own',
  chosen: (parameters: string, error: string) => `${parameters} parameters, ${error} error`,
  loading: 'The recording of a real run is loading.',
};

export const help = { title: 'Words and keys' };

/** Charts: titles, legends and the one-sentence text alternatives. */
export const networkSlot = {
  title: 'This network',
  emptyPhone: 'Tap a dot to see its network.',
  parameters: 'parameters',
  error: 'error',
  half: 'Half height',
  full: 'Full height',
};
