import type * as en from '../en/charts.ts';
import type { Reworded } from '../reworded.ts';

/** Objectives: in menus and sentences, as the title of an axis with its unit, and which way is better. */
export const objectives = {
  error: { name: '错误率', axis: '答错的比例（验证错误率），%', better: '越低越好' },
  secondError: { name: '第二错误率', axis: '第二验证错误率，%', better: '越低越好' },
  parameters: { name: '参数量', axis: '大小（参数量）', better: '越少越好' },
  multiplyAdds: { name: '乘加次数', axis: '乘加次数', better: '越少越好' },
  activationBytes: { name: '内存', axis: '激活内存，字节', better: '越少越好' },
  inferenceSeconds: { name: '推理时间', axis: '推理时间，毫秒', better: '越快越好' },
} satisfies Reworded<typeof en.objectives>;

/** Short titles of the shipped data sets, for picks and chips. */
export const datasetTitles = {
  fashion: 'Fashion-MNIST',
  mnist: 'MNIST 手写数字',
  digits: '小数字 8×8',
  quickdraw: 'Quick, Draw!',
  emoji: 'Emoji 表情',
  shapes: '形状（合成）',
} satisfies Reworded<typeof en.datasetTitles>;

export const charts = {
  hypervolume: '柠檬面积',
  shadedArea: '越大越好',
  shadedWon: '深柠檬色：从起点以来赢得',
  beaten: (starts: number) => `${starts} 个起点都已超过`,
  unseen: (count: number) => `图的上方还有 ${count} 个更差的`,
  wonIn: (gain: string) => `${gain}，刚刚赢得`,
  inTraining: '训练中',
  crowded: '每种大小有多拥挤',
  crowdedBy: (name: string) => `各处${name}有多拥挤`,
  generationShort: (generation: number) => (generation ? `第 ${generation} 代` : '起点'),
  now: '现在',
  logScale: '对数刻度',
  rootScale: '小错误率放大',
  network: (id: number) => `#${id}`,
  stacked: (count: number) => `×${count}，再点一次`,
  tradeOff: (y: string, x: string, front: number, trained: number, hypervolume: string) =>
    `${y}与${x}的权衡：训练过的 ${trained} 个网络中有 ${front} 个在前沿上。柠檬面积 ${hypervolume}。`,
  tradeOffEmpty: '权衡图：还没有训练好的网络。',
  walkFront: '左右方向键沿前沿按大小移动，回车键选择；重叠的点再按一次回车键选下一个。',
  walked: (id: number, x: string, y: string, place: number, count: number) =>
    `网络 ${id}，${x}，${y}，前沿上 ${count} 个中的第 ${place} 个`,
  timeline: '显示的代',
  timelineAt: (generation: number, hypervolume: string, live: boolean) =>
    `第 ${generation} 代：${hypervolume}${live ? '，实时' : ''}`,
  timelineEmpty: '请按播放',
  timelineBegun: '正在训练起始网络',
  generationFirst: '起点',
} satisfies Reworded<typeof en.charts>;
