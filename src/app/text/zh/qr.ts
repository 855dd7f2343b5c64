import type * as en from '../en/qr.ts';
import type { Reworded } from '../reworded.ts';

/** QR codes of links. */
export const qr = {
  show: '二维码',
  alt: '下面这个链接的二维码',
  copy: '复制链接',
  tooLong: (characters: string, longest: string) =>
    `这个链接有 ${characters} 个字符，而摄像头最多只能读出 ${longest} 个字符的二维码。`,
  copyInstead: '请复制链接，用文字发送。',
  fileInstead: '请复制链接、发送文件，或者只出示前沿的二维码。',
} satisfies Reworded<typeof en.qr>;
