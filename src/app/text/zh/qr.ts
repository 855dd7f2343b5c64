import type * as en from '../en/qr.ts';
import type { Reworded } from '../reworded.ts';

/** QR codes: of links, and read by the camera. */
export const qr = {
  show: '二维码',
  alt: '下面这个链接的二维码',
  copy: '复制链接',
  tooLong: (characters: string, longest: string) =>
    `这个链接有 ${characters} 个字符，而摄像头最多只能读出 ${longest} 个字符的二维码。`,
  copyInstead: '请复制链接，用文字发送。',
  fileInstead: '请复制链接、发送文件，或者只出示前沿的二维码。',
  camera: {
    video: '摄像头看到的',
    stop: '关闭摄像头',
    other: '另一个摄像头',
    again: '再试一次',
    problems: {
      insecure: '浏览器只在 https 或本机的页面上提供摄像头。请那样打开本页，或者粘贴文字。',
      denied: '没有允许使用摄像头。请为本网站允许它（地址旁边），再试一次，或者粘贴文字。',
      none: '没有找到摄像头。请接上一个再试，或者粘贴文字。',
      busy: '摄像头没有回应；可能有别的程序在用它。请关闭那个程序，再试一次。',
      ended: '摄像头被拔掉或收回了。请接上再试。',
    },
  },
} satisfies Reworded<typeof en.qr>;
