import type * as en from '../en/try-it.ts';
import type { Reworded } from '../reworded.ts';

/** Networks answer a picture side by side. */
export const tryIt = {
  pad: '画板',
  padHelp: '用指针画。用键盘时：方向键移动画笔，回车键落笔和提笔，Delete 键清除。',
  padState: (column: number, row: number, down: boolean) =>
    `画笔已${down ? '落下' : '提起'}，28 列中的第 ${column} 列，28 行中的第 ${row} 行`,
  draw: '在这里画',
  clear: '清除',
  give: '给我一张',
  hard: '给我一张难的',
  hardHelp: '这个网络答错的一张验证图片',
  noneHard: '所有验证图片它都答对了。',
  open: '打开图像',
  drop: '或拖入、粘贴一张图片',
  sees: '网络看到的图像',
  truth: (name: string) => `正确答案：${name}`,
  first: '请先画点什么',
  firstImage: '请先选一张图像',
  sure: (share: string) => `把握 ${share}`,
  asking: '正在作答',
  against: '比较对象',
  none: '不比较',
  smallest: '最小的',
  best: '最准确的',
  parent: '它的父网络',
  notReady: '训练完之后，它才能作答。',
  noAsk: '在这里无法让网络作答。',
  same: '两者回答相同。',
  differ: '两者回答不同。',
  answers: (label: string, answer: string, sure: string) => `${label} 的回答：${answer}，把握 ${sure}`,
} satisfies Reworded<typeof en.tryIt>;

/** The same of what the camera sees. */
export const camera = {
  use: '摄像头',
  view: '摄像头看到的',
  perSecond: (count: string) => `每秒 ${count} 次`,
} satisfies Reworded<typeof en.camera>;

/** What the tried picture really was. */
export const verdict = {
  was: '其实是',
  choose: '请选择',
  score: (label: string, right: number, all: number) => `${label}：${all} 次中对了 ${right} 次。`,
  add: (name: string) => `加入 ${name}`,
  keep: (count: number) => `保存加上这 ${count} 张图片的新版本`,
  keeping: '正在保存…',
  version: (title: string, version: number) => `${title} · ${version}`,
  kept: (title: string) => `${title} 已在您自己的图片里；新的搜索可以用它学习。`,
  notKept: '新版本无法保存：它的图片不在这个浏览器里，或者没有空间了。',
} satisfies Reworded<typeof en.verdict>;
