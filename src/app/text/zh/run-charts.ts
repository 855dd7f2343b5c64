import type * as en from '../en/run-charts.ts';
import type { Reworded } from '../reworded.ts';

/** What the charts say that only a run's screen has. */
export const runCharts = {
  linear: '线性刻度',
  generation: (generation: number) => `第 ${generation} 代`,
  hypervolumeChart: (names: string) => `搜索过程中的柠檬面积（超体积）：${names}。`,
  hypervolumeBetter: '柠檬面积（超体积），越高越好',
  passes: (name: string, when: string) => `在 ${when} 后超过 ${name} 的最终值`,
  countOf: {
    networks: (n: string) => `${n} 个网络`,
    images: (n: string) => `${n} 张图像`,
    seconds: (n: string) => n,
    generations: (n: string) => `${n} 代`,
  },
  axisOf: {
    networks: '训练过的网络',
    images: '训练中看过的图像',
    seconds: '时间',
    generations: '代',
  },
  tree: (networks: number, seeds: number, generations: number) =>
    `谱系树：从 ${seeds} 个起始网络出发，${generations} 代共 ${networks} 个网络；粗线通向前沿。`,
  treeWalk: '方向键移到父网络、子网络和相邻网络，回车键选择。',
  treeNode: (id: number, generation: number, front: boolean) =>
    `网络 ${id}，第 ${generation} 代${front ? '，在前沿上' : ''}`,
  treeEmpty: '还没有子网络。第 1 代会提议第一批。',
  seedNetwork: (id: number, size: string) => `#${id}，${size} 个参数`,
  folded: (count: number) => `另有 ${count} 个已折叠`,
  lossNow: (loss: string) => `损失 ${loss}`,
  propose: (children: number, parents: number) =>
    `由 ${parents} 个父网络提议了 ${children} 个子网络，按大小排列；刻度线是父网络。`,
  sift: (drawn: number, left: number, even: boolean) =>
    `抽中 ${drawn} 个子网络，${left} 个未抽中；` +
    (even ? '大小太少，算不出密度，所以均匀抽样。' : '曲线表示每种大小有多拥挤，少见的大小更容易抽中。'),
  parameters: '参数量',
  laneTraining: (share: number) => `训练中，已看过 ${Math.round(share * 100)} % 的图像`,
  laneDone: (error: string) => `已训练，错误率 ${error}`,
  diverged: '发散，已丢弃',
  curve: (id: number, loss: string, inherited: number) =>
    inherited > 0
      ? `网络 ${id} 的学习曲线：它从 ${inherited} 个祖先继承权重，现在的训练损失是 ${loss}。`
      : `网络 ${id} 的学习曲线：现在的训练损失是 ${loss}。`,
  curveEmpty: '还没有看过图像。',
  curveAxis: '看过的图像，先是继承的',
  curveOwn: '看过的图像',
  lossAxis: '训练损失，越低越好',
  confusion: (right: number, of: number) =>
    `混淆矩阵：${of} 张图像答对 ${right} 张；行是正确答案，列是回答。`,
  confusionTruth: '正确答案',
  confusionAnswer: '回答',
  confusionCell: (count: number, truth: string, answer: string) =>
    truth === answer ? `${count} 张${truth}答对` : `${count} 张${truth}被认作${answer}`,
  parallel: (front: number, axes: number) =>
    `前沿上的 ${front} 个网络，${axes} 个目标；每条轴都是越往下越好。`,
  better: '更好',
  parallelHelp: '每条轴都是越往下越好。在轴上拖动可以筛选；拖动轴的名称可以移动它。',
  atMost: (value: string) => `不超过 ${value}`,
  brush: (name: string) => `筛选：保留的最大${name}`,
  moveAxis: '按 Alt 和左右方向键移动这条轴',
} satisfies Reworded<typeof en.runCharts>;
