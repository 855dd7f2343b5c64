import { plural } from './plurals.ts';

/** What the state bar says of the run, the browser and files. */
export const states = {
  noWebgpu: (backend: string) =>
    `This browser has no WebGPU. Training runs on ${backend}, several times slower.`,
  noWebgpuHelp: 'What helps',
  software: 'The graphics card is simulated here, so the processor is used.',
  softwareUsed: 'The graphics card is simulated here, training is slow.',
  useAnyway: 'Use it anyway',
  selfTest: (backend: string, used: string) =>
    `The self-test on ${backend} gave wrong numbers. Fell back to ${used}.`,
  selfTestFailed: (difference: string) =>
    `The self-test failed here, the largest difference was ${difference}.`,
  seeNumbers: 'See the numbers',
  copied: 'Copied',
  notCopied: 'The browser does not let this page copy',
  asleep: (minutes: string) => `This tab was asleep for ${minutes}. The run waited.`,
  goOn: 'Continue the run',
  restarted: (network: number) =>
    `A trainer stopped and was started again. #${network} is trained once more.`,
  deviceLost: (generation: number) => `The graphics device was lost. Resumed from generation ${generation}.`,
  seeLog: 'See the log',
  storage: {
    full: 'The browser’s storage is full. This run is kept until you close the tab.',
    unavailable: 'This browser keeps nothing for us. This run is kept until you close the tab.',
    blocked:
      'Another tab with an older version of this page holds the browser’s storage. Close it; this run is kept until you close the tab.',
    failed: 'The run could not be written to the browser’s storage.',
  },
  saveFile: 'Save as a file',
  failed: (reason: string) => `The search stopped: ${reason}.`,
  divergedHelp: 'A lower rate or less weight decay helps.',
  tryAgain: 'Try again',
  goOnHere: 'Go on here instead',
  trainedAgain: (network: number) =>
    `The weights of #${network} were not kept, so it was trained once more: what follows may differ from a search that was not interrupted.`,
  inUse: (name: string) => `${name} still goes on, here or in another tab, so it was not deleted.`,
  notMeasured: (reason: string) => `How long a run takes here could not be measured: ${reason}.`,
  measureAgain: 'Measure again',
  runsElsewhere: (name: string) => `${name} runs in another tab.`,
  unfinished: (name: string) => `${name} stopped before its end and can go on.`,
  kept: (name: string) => `${name} is finished and kept in this browser.`,
  openKept: 'Open it',
  left: (name: string) => `${name} is kept as you left it.`,
  leftRunning: (name: string) => `${name} goes on while you look around.`,
  backToRun: 'Back to the run',
  setAside: 'The last run was set aside. It is kept in this browser.',
  bringBack: 'Bring it back',
  badRecipe: (problems: string) => `The address was not fully understood: ${problems}`,
  moreProblems: (count: number) => `and ${count} more of that kind.`,
  seeSettings: 'See the settings',
  unknownPictures: 'the pictures it names are not in this browser.',
  unreadable: (file: string, problem: string) => `${file} could not be read: ${problem}`,
  partly: (file: string, generation: number) =>
    `${file} is damaged. It can be read up to the end of generation ${generation}.`,
  openPart: 'Open what is readable',
  nothingStored: 'nothing of it was kept.',
  tooLarge: 'it is larger than 200 MB, or would be once unpacked.',
  tooLargeToSave: (megabytes: string) =>
    `With these weights the file would have ${megabytes} MB, too much to be opened again.`,
  saveLess: 'Save with fewer weights',
  savedWith: (networks: number, size: string) =>
    `Saved with the weights of ${plural(networks, 'one network', `${networks} networks`)}, ${size}: opened again, it can be tried, exported and trained on.`,
  savedWithout: (size: string, isTooMuch: boolean) =>
    `Saved without weights, ${size}: ${isTooMuch ? 'those of its best networks are large' : 'none are kept here'}, so it opens again to be looked at only.`,
  saveOtherwise: 'Choose what it holds',
  notGzip: 'it could not be unpacked.',
  noWeights: 'The weights of this network are not in this browser.',
  onlyFront:
    'The recording brings the weights of its last front only: choose a network that is still on it at the end.',
  processor: 'the processor',
  dismiss: 'Close this message',
  offline: (sets: string) =>
    sets === ''
      ? 'You are offline. The page still works; a data set has to be loaded with a network first.'
      : `You are offline. The page still works, and so do searches on ${sets}.`,
  offlineNotKept: 'You are offline. What is open goes on working; the rest comes back with the network.',
  newVersion: 'There is a new version of this page.',
  newVersionWhileRunning:
    'There is a new version of this page. The search is kept and can go on after loading it.',
  loadIt: 'Load it',
};
