import type * as en from '../en/weights.ts';
import type { Reworded } from '../reworded.ts';

/** Words of the lesson "Shared or inherited?", fetched with it. */
export const weights = {
  title: '共享还是继承？',
  lead: '把每个候选网络单独训练，代价很高。一次性搜索让它们共享一个超网的权重；LEMONADE 让每个子网络继承父网络的权重。两者都在网络自己的训练之前就问它好不好。得到的排名，和单独训练之后一样吗？',
  beats: ['一个超网', '全部 256 条路径', '单独训练', '继承', '各能说明什么'],
  beatTexts: [
    '四个位置，每个放可分离 3×3、3×3、5×5 或什么都不放，共 256 条路径。每批图像训练一条均匀抽出的路径；每个块由经过它的所有路径一起训练。',
    '每个点是一条路径，直接用共享的权重，只重新计算批归一化的统计量。没有一条是为自己训练的。',
    '现在把其中十二条路径从零开始单独训练。如果共享权重排得对，这些点应该从左到右上升。',
    '一个训练好的父网络的十二个子网络：每个经过一到三个算子继承权重，再训练一点点。然后每个也单独训练一次。',
    'Kendall τ 为 1，表示两个列表顺序相同；为 0，表示一个说明不了另一个；为 −1，表示顺序相反。',
  ],
  restart: '从头开始',
  doing: {
    preparing: '正在启动',
    supernet: '正在训练超网',
    shared: '正在评估路径',
    alone: '正在单独训练路径',
    parent: '正在训练父网络',
    child: '正在训练子网络',
    childAlone: '正在单独训练子网络',
  },
  images: (count: string) => `${count} 张图像`,
  of: (count: number, all: number) => `${all} 个中的第 ${count} 个`,
  again: '再试一次',
  failed: '没能算出来。',
  positions: '超网的一条路径',
  position: (number: number) => `位置 ${number}`,
  axes: {
    parameters: '参数，对数刻度',
    error: '验证错误率',
    shared: '共享权重的错误率',
    child: '继承的子网络的错误率',
    alone: '单独训练的错误率',
  },
  picture: {
    paths: (count: number) => `${count} 条路径的大小和共享权重的错误率`,
    shared: (count: number) => `${count} 条路径：共享权重的错误率与单独训练的错误率`,
    inherited: (count: number) => `${count} 个子网络：继承后的错误率与单独训练的错误率`,
  },
  tau: (value: string) => `Kendall τ ${value}`,
  noTau: '三个网络之后才有 Kendall τ',
  table: '数值',
  columns: { network: '网络', parameters: '参数', cheap: '省钱的', alone: '单独训练' },
  path: (number: number) => `路径 ${number}`,
  child: (number: number) => `子网络 ${number}`,
  both: { shared: '共享', inherited: '继承' },
  verdicts: {
    shared: '这一次，共享权重的排名更准。',
    inherited: '这一次，继承权重的排名更准。',
    alike: '这一次，两者的排名一样准。',
  },
  caution:
    '只有十二个网络、一个种子：换一个种子，τ 大约会变 0.2。同一个父网络的子网络之间差别也比路径之间小，所以更难排名。',
  can: [
    '共享权重只训练一次，就能给 256 个网络排名。但是每个块要同时适合所有经过它的路径，对哪一条都不太合适：错误率远高于单独训练的网络。',
    '继承的网络是训练过的网络：错误率是它自己的，还能接着训练。但是每个子网络都要花一次训练，而且只能在父网络附近作比较。',
  ],
  footer: (dataset: string, seed: number) => `${dataset}，种子 ${seed}，在这里算出`,
  keys: [
    ['空格', '继续'],
    ['T', '表格'],
    ['Esc', '课程'],
  ] as readonly (readonly [string, string])[],
} satisfies Reworded<typeof en.weights>;
