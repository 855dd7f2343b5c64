/** The English words of the start of a run; fetched with it, not with the first page. */
export const startCard = {
  learn: 'What shall the networks learn?',
  images: (count: string) => `${count} images`,
  own: 'Your own pictures',
  ownHelp: 'a folder for each class',
  long: 'How long may it take?',
  run: 'Run',
  lead: 'It stops by itself. Unless you invite other devices, nothing leaves this tab.',
  settings: 'All settings',
};
