import type * as en from '../en/run-screen.ts';
import type { Reworded } from '../reworded.ts';

/** The run's screen: loop, trade-off, strip and the card at its end. */

export const operators = {
  deepen: '加深',
  widen: '加宽',
  skip: '跳接',
  remove: '移除',
  prune: '剪枝',
  separate: '可分离化',
} satisfies Reworded<typeof en.operators>;

/** Class names of the shipped data sets, in the order of the catalog; digits are the same in every language. */
export const classNames = {
  fashion: ['T 恤', '裤子', '套头衫', '连衣裙', '外套', '凉鞋', '衬衫', '运动鞋', '包', '短靴'],
  quickdraw: ['苹果', '自行车', '猫', '鱼', '花', '房子', '星星', '太阳', '树', '雨伞'],
  emoji: ['脸', '手', '人', '动物', '植物或水果', '菜肴或饮料', '交通工具', '地点', '旗帜', '符号'],
  shapes: ['圆盘', '圆环', '半圆', '月牙', '椭圆', '三角形', '正方形', '长条', '叉', '五角星'],
} satisfies Reworded<typeof en.classNames>;

export const loop = {
  title: '循环',
  generation: (generation: number) => `第 ${generation} 代`,
  starting: '起始网络',
  steps: { propose: '提议', sift: '筛选', train: '训练', compete: '竞争' },
  empty: {
    propose: '抽出父网络，用 1 到 3 个算子改变它们。这时什么都还不训练。',
    sift: '从子网络中抽出几个，大小罕见的更容易抽中。',
    train: '只训练抽中的，每个都从父网络的权重开始。',
    compete: '与另一个网络相比，既不更小也不更准的，就被淘汰。',
  },
  proposed: (children: number, parents: number) => `${parents} 个父网络的 ${children} 个子网络`,
  finishing: (networks: number) => `最后一代：前沿的 ${networks} 个原样继续训练`,
  shared: '不靠运气：训练最能推进前沿的网络，越能推进的看越多图像。',
  allTrained: '不抽样：全部训练，最能推进前沿的看最多图像。',
  /** How even a draw was: a draw among so many of equal chances would be as even. */
  asEven: (effective: number, of: number) => `均匀程度相当于从 ${of} 个中的 ${Math.round(effective)} 个里抽`,
  noChildren: '第 0 代没有子网络',
  draw: (accepted: number) => `抽 ${accepted} 个，罕见的更易中`,
  drawUniform: (accepted: number) => `均匀地抽 ${accepted} 个`,
  uniform: '大小太少，算不出密度，均匀地抽',
  notDrawn: (count: number) => `${count} 个未抽中`,
  seen: (count: number) => `${count} 个以前见过`,
  outside: (count: number) => `${count} 个超出限制`,
  noSite: (count: number) => `${count} 个没有合法位置`,
  training: (done: number, running: number) =>
    running > 0 ? `${done} 个完成，${running} 个训练中` : `${done} 个完成`,
  waiting: '没有网络在训练',
  compete: (front: number, toCome: number) =>
    toCome > 0 ? `${front} 个在前沿上，${toCome} 个待定` : `${front} 个在前沿上`,
  joined: '加入',
  left: '离开',
  dominated: '被支配',
  nobody: '前沿没有变化',
  countOf: (count: number) => `${count} 个`,
  more: (count: number) => `另有 ${count} 个`,
  phone: {
    propose: (count: number) => `${count} 个`,
    sift: (count: number) => `留 ${count} 个`,
    train: (done: number, all: number) => `${done} / ${all}`,
    compete: (count: number) => `加入 ${count} 个`,
  },
  narrate: {
    started: '搜索从几个很小的网络开始。',
    seeded: (id: number, size: string) => `#${id} 是起始网络，有 ${size} 个参数。`,
    generation: (generation: number) => `第 ${generation} 代：抽父网络，大小罕见的更常抽中。`,
    uniform: (generation: number) => `第 ${generation} 代：大小太少，所以均匀地抽父网络。`,
    finish: (generation: number) => `第 ${generation} 代，最后一代：前沿的网络原样继续训练。`,
    trainedOn: (parent: number) => `#${parent} 将原样继续训练。`,
    candidate: (parent: number, operators: string) => `#${parent} 的一个子网络：${operators}。它还没有训练。`,
    rejected: (parent: number, reason: string) => `#${parent} 的一个子网络被搁置：${reason}。`,
    given: (id: number, images: string) => `#${id} 分到最后一代的 ${images} 张图像。`,
    accepted: (id: number, share: string) => `#${id} 被抽中；抽中它的概率是 ${share}。`,
    progress: (id: number, images: string) => `#${id} 训练中，已看过 ${images} 张图像。`,
    evaluated: (id: number, error: string, size: string) => `#${id} 的错误率是 ${error}，有 ${size} 个参数。`,
    failed: (id: number) => `#${id} 发散，已丢弃。`,
    competed: (joined: string, hypervolume: string) => `${joined}。超体积是 ${hypervolume}。`,
    joined: (ids: string) => `${ids} 加入前沿`,
    nobody: '没有网络加入前沿',
    finished: '搜索已完成。',
  },
  rejections: {
    'no-legal-site': '算子没有合法位置',
    duplicate: '以前见过同样的网络',
    'too-few-parameters': '参数量低于下限',
    'too-many-parameters': '参数量超过上限',
    'too-many-multiply-adds': '乘加次数超过上限',
    'not-measured': '测不出它的推理时间',
  },
} satisfies Reworded<typeof en.loop>;

export const tradeOff = {
  title: '权衡图',
  counts: (front: number, trained: string) => `训练过的 ${trained} 个网络中有 ${front} 个在前沿上`,
  short: (front: number, trained: string) => `${trained} 个中有 ${front} 个在前沿上`,
  /** Before the first generation is over there is no front. */
  starting: (trained: string) => (trained === '0' ? '还没有训练好的网络' : `起始网络，已训练 ${trained} 个`),
  yAxis: '纵轴',
  xAxis: '横轴',
  by: '对',
  maximise: '最大化',
  minimise: '还原',
  legend: {
    front: '前沿',
    inView: '在此视图的前沿上',
    hidden: '凭另一个目标',
    dominated: '被支配',
    training: '训练中',
    justTrained: '刚训练完',
    handMade: '手工设计',
    selected: '已选中',
    random: '随机搜索',
  },
  grain: (points: string) => `一张验证图像相当于 ${points} 个百分点的错误率`,
  emptyTitle: '还没有训练好的网络',
  empty: '先训练起始网络。它们的大小已知，错误率还不知道。',
  pass: (pass: number, all: number) => `前沿的 ${all} 个网络中有 ${pass} 个符合条件`,
} satisfies Reworded<typeof en.tradeOff>;

export const strip = {
  tabs: { tree: '谱系树', hypervolume: '超体积', table: '表格', log: '日志' },
  titles: { tree: '谱系树', hypervolume: '超体积', table: '表格', log: '日志' },
  label: '谱系树、超体积、表格和日志',
  tree: (selected: number | null) =>
    selected === null ? '符号是算子，粗线通向前沿' : `符号是算子，粗线通向前沿，蓝色是 #${selected} 的谱系`,
  treeEmpty: '还没有子网络。第 1 代会提议第一批。',
  arrange: '排列',
  arrangements: { family: '按谱系', size: '按大小', error: '按错误率' },
  film: '怎样长成',
  hypervolume: '前沿盖住的部分占方框的多少',
  axis: '横轴',
  axes: { networks: '网络', images: '看过的图像', seconds: '秒', generations: '代' },
  own: '这次搜索',
  table: (count: number, by: string) => `${count} 个网络，按${by}排序`,
  filter: '显示',
  filters: { front: '前沿', evaluated: '全部训练过的', failed: '已丢弃的' },
  choose: '帮我选',
  csv: '复制为 CSV',
  columns: {
    id: '网络',
    role: '状态',
    parent: '父网络',
    operators: '算子',
    generation: '代',
    images: '看过的图像，自己的和继承的',
    test: '测试错误率',
  },
  roles: {
    front: '在前沿上',
    hidden: '凭另一个目标',
    dominated: '被支配',
    training: '训练中',
    justTrained: '刚训练完',
    failed: '已丢弃',
  },
  start: '起点',
  noRows: '没有符合的网络。可以改为显示全部训练过的。',
  noneTrained: '还没有训练任何网络。每个网络都会在这里占一行。',
  logFilter: '事件',
  logKinds: {
    all: '全部',
    rejected: '搁置',
    accepted: '抽中',
    evaluated: '训练完',
    competed: '结果',
  },
  logEmpty: '搜索的每个事件都写在这里，并附上原因。',
  logMore: (count: number) => `再显示 ${count} 条`,
  unfold: '展开',
} satisfies Reworded<typeof en.strip>;

export const chooser = {
  intro: '说说每个目标对你有多重要。这是我们加的，不属于原方法：搜索本身并不给目标分轻重。',
  weight: (name: string) => `${name}的重要程度`,
  has: (name: string, value: string) => `${name} ${value}`,
  best: '照这样的轻重，应选',
  knee: '拐点',
  kneeWhy: '过了它，一个目标再好一点点，另一个就要差很多',
  take: (id: number) => `选 #${id}`,
  none: '前沿上没有网络符合这些限制',
} satisfies Reworded<typeof en.chooser>;
