import type { sent as en } from '../en/sent.ts';
import type { Reworded } from '../reworded.ts';

/** A result that came by a link. */
export const sent = {
  all: (of: number) => `来自链接：训练过的全部 ${of} 个网络，不带权重。`,
  fronts: (kept: number, of: number) =>
    `来自链接：训练过的 ${of} 个网络中的 ${kept} 个，包括每一代的前沿和它们的来历，不带权重。`,
  lastFront: (kept: number, of: number) =>
    `来自链接：训练过的 ${of} 个网络中的 ${kept} 个，即最后的前沿和它的来历。较早的前沿没有画出其余的网络。`,
  renumbered: (kept: number, of: number) =>
    `来自旧版链接：训练过的 ${of} 个网络中的 ${kept} 个，编号是重新排的。较早的前沿没有画出其余的网络。`,
  damaged: '这个链接里的结果不完整，所以这里只有它的设置。请向对方要文件。',
  newer: '这个链接是用更新版本的页面做的。请重新载入页面再看它的结果。',
  repeat: '在这里运行',
  aside: '链接里的结果先放在一边。',
  finished: '链接里的结果',
  after: (generation: number, of: number) => `来自链接，共 ${of} 代，已到第 ${generation} 代`,
  exact:
    '链接不带权重，所以还不能试用这些网络。在这里运行：用同样的设置和种子，凡是在处理器（WebAssembly）上训练，都会找到同样的网络。',
  close:
    '链接不带权重，所以还不能试用这些网络。在这里运行：用同样的设置和种子会得到相近的结果，但不会每一位数字都相同，因为它是用显卡训练的。',
  noPictures:
    '链接不带权重，所以不能试用这些网络；它们学习用的图片也不在这个浏览器里。请向对方要带权重的文件。',
  marked: (id: number) => `发送者选中的网络：#${id}`,
  look: '看看它',
  noFile: '链接带来的内容不足以存成文件。请改为复制链接，或者在这里运行后再保存。',
  notYet: '还没有一代结束；第一代结束后，结果就可以放进链接。',
  noCurve: '链接不带学习曲线，只带学习的结果。',
  notInLink: '链接只带来一次搜索；这一次在这里运行。',
} satisfies Reworded<typeof en>;
