import type * as en from '../en/weights.ts';
import type { Reworded } from '../reworded.ts';

/** Words of the lesson "Shared or inherited?", fetched with it. */
export const weights = {
  title: '共享还是继承？',
  lead: '把每个候选网络单独训练，代价很高。一次性搜索让它们共享一个超网的权重；LEMONADE 让每个子网络继承父网络的权重。得到的排名，和单独训练之后一样吗？',
  beats: ['一个超网', '全部 256 条路径', '单独训练', '继承', '各能说明什么'],
  beatTexts: [
    '四个位置，每个放可分离 3×3、3×3、5×5 或什么都不放，共 256 条路径。每批图像训练一条均匀抽出的路径；每个块由经过它的所有路径一起训练。',
    '每个点是一条路径，直接用共享的权重，只重新计算批归一化的统计量。没有一条是为自己训练的。',
    '其中二十四条大小各异的路径，每条单独训练三次。纵轴是其中两次的平均。如果共享权重排得对，这些点应该从左到右上升。点一个看看。',
    '一个训练好的父网络的二十四个子网络：每个经过一到三个算子继承权重，再训练一点点。然后每个也单独训练三次。',
    'Kendall τ 为 1，表示两个列表顺序相同；为 0，表示一个说明不了另一个。第三次训练是标尺：不能指望便宜的猜测胜过它。',
  ],
  stands: (name: string, cheap: number, alone: number, of: number) =>
    `${name}：按共享权重排第 ${cheap} 位，单独训练排第 ${alone} 位，共 ${of} 个。`,
  pick: '点一个网络，或用方向键逐个走，看它排第几。',
  dots: '网络',
  dot: (name: string, cheap: string, alone: string) => `${name}：省钱的 ${cheap}，单独训练 ${alone}`,
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
    alone: '单独训练的错误率，两次平均',
  },
  picture: {
    paths: (count: number) => `${count} 条路径的大小和共享权重的错误率`,
    shared: (count: number) => `${count} 条路径：共享权重的错误率与单独训练的错误率`,
    inherited: (count: number) => `${count} 个子网络：继承后的错误率与单独训练的错误率`,
  },
  tau: { shared: '共享权重', inherited: '继承权重', again: '再训练一次' },
  tauOf: (value: string, low: string, high: string) => `τ ${value}（95 %：${low} 到 ${high}）`,
  pairs: (share: string) => `${share} 的网络对顺序正确`,
  noTau: '三个网络之后才有 Kendall τ',
  table: '数值',
  columns: { network: '网络', parameters: '参数', cheap: '省钱的', alone: '单独训练', again: '再一次' },
  path: (number: number) => `路径 ${number}`,
  child: (number: number) => `子网络 ${number}`,
  both: { shared: '共享', inherited: '继承' },
  verdicts: {
    first: '这一次，共享权重预言的顺序甚至比再训练一次还准。',
    second: '顺序是有的：再训练一次找到的，明显比共享权重多。',
    neither: '两个区间重叠：单凭这一次，说不清再训练一次是不是更知道顺序。',
  },
  caution:
    '只有二十四个网络、一个种子，所以区间很宽。同一个父网络的子网络之间差别比路径之间小，用什么办法都更难排名。',
  can: {
    shared: (shared: string, alone: string) =>
      `只训练一次，就能问遍 256 个网络。但是每个块要同时为所有经过它的路径服务：错误率平均 ${shared}，单独训练是 ${alone}。它分得出好坏，分不出好的之间谁更好。`,
    inherited: (inherited: string, alone: string) =>
      `继承的网络是训练过的网络：错误率是它自己的，只用十分之一的图像，平均 ${inherited}，单独训练是 ${alone}。但是每个子网络都要花一次短训练，而且都离父网络不远。`,
  },
  footer: (dataset: string, seed: number) => `${dataset}，种子 ${seed}，在这里算出`,
  keys: [
    ['空格', '继续'],
    ['T', '表格'],
    ['Esc', '课程'],
  ] as readonly (readonly [string, string])[],
} satisfies Reworded<typeof en.weights>;
