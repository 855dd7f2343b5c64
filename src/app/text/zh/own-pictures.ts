import type * as en from '../en/own-pictures.ts';
import type { Reworded } from '../reworded.ts';

/** Words of the sheet of own pictures; fetched with it. */
export const ownPictures = {
  intro:
    '选一个文件夹，里面每个类别一个文件夹，例如 pets/cats 和 pets/dogs。图片在这里读取，保存在这个浏览器里，不会发送到任何地方。',
  folder: '选择文件夹',
  orDrop: '或者把它拖到这个页面上。',
  byHand: '或者逐个类别添加',
  className: '类别名称',
  addClass: '添加它的图片',
  title: '名称',
  untitled: '我的图片',
  size: '大小',
  sizes: (side: number) => `${side}×${side} 像素`,
  colour: '颜色',
  colours: { 1: '灰度', 3: '彩色' },
  sizeHelp: '取每张图片中间的正方形，缩到这么小。越小，训练越快。',
  reading: (done: string, all: string) => `正在读取，${done} / ${all}`,
  counts: (train: string, test: string, classes: number) =>
    `${train} 张图片用来学习（其中五分之一用来验证），${test} 张留到最后测试一次，${classes} 个类别。`,
  coarse: (points: string) =>
    `图片很少：一张验证图片就是 ${points} 个百分点的错误率，所以小的差异没有多大意义。`,
  seen: '网络将看到的样子',
  ofClass: (name: string, count: string) => `${name}，${count}`,
  removeClass: (name: string) => `不用 ${name}`,
  unreadable: (count: number, first: string) =>
    count === 1
      ? `${first} 无法作为图片读取，已略去。`
      : `${count} 个文件无法作为图片读取，已略去，第一个是 ${first}。`,
  duplicates: (count: number) => `${count} 张图片出现了两次，只用一次。`,
  classless: (count: number) => `${count} 张图片不在任何类别的文件夹里，已略去。`,
  nothing: '在那里的文件夹中没有找到图片。每个类别都要有自己的文件夹，放在你选的文件夹里。',
  tooMany: (count: string, most: string) => `共有 ${count} 张图片；只取前 ${most} 张，各类别均匀。`,
  use: '用这些图片搜索',
  kept: '在这个浏览器里',
  keptFacts: (count: string, classes: number, size: string) => `${count} 张图片，${classes} 个类别，${size}`,
  choose: '使用',
  remove: '删除',
  removed: (title: string) => `删除 ${title}`,
  failed: {
    full: '这个浏览器已没有空间存放这些图片。请在“分享”里删除保存的搜索，或者少用一些图片。',
    unavailable: '这个浏览器不给网页存储空间（是无痕窗口吗？），所以无法把图片存下来供后台使用。',
    blocked: '另一个标签页里旧版本的页面占用着浏览器的存储。请关闭它，再试一次。',
    failed: '浏览器没能保存这些图片。请再试一次。',
  },
} satisfies Reworded<typeof en.ownPictures>;
