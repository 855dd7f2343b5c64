/** QR codes of links. */
export const qr = {
  show: 'QR code',
  alt: 'QR code of the link below',
  copy: 'Copy the link',
  tooLong: (characters: string, longest: string) =>
    `This link has ${characters} characters; a camera reads codes of at most ${longest}.`,
  copyInstead: 'Copy the link and send it as text.',
  fileInstead: 'Copy the link, send the file, or show the code of the front alone.',
};
