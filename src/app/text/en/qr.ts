/** QR codes: of links, and read by the camera. */
export const qr = {
  show: 'QR code',
  alt: 'QR code of the link below',
  copy: 'Copy the link',
  tooLong: (characters: string, longest: string) =>
    `This link has ${characters} characters; a camera reads codes of at most ${longest}.`,
  copyInstead: 'Copy the link and send it as text.',
  fileInstead: 'Copy the link, send the file, or show the code of the front alone.',
  camera: {
    video: 'What the camera sees',
    stop: 'Stop the camera',
    other: 'Other camera',
    again: 'Try again',
    problems: {
      insecure:
        'Browsers lend a page the camera only over https or on this computer itself. Open this page that way, or paste the text.',
      denied:
        'The camera was not allowed. Allow it for this site (beside the address), then try again, or paste the text.',
      none: 'No camera was found. Plug one in and try again, or paste the text.',
      busy: 'The camera does not answer; another program may use it. Close that and try again.',
      ended: 'The camera was unplugged or taken away. Plug it in and try again.',
    },
  },
};
