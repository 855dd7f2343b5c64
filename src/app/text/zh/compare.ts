import { pairedMean, percent, signed } from '../../../core/compare/numbers.ts';
import type { PairedDifference } from '../../../core/metrics/compare.ts';
import type * as en from '../en/compare.ts';
import type { Reworded } from '../reworded.ts';

/** The comparison of several runs. */
export const compare = {
  title: '比较搜索',
  back: '回到搜索',
  playground: '首页',
  runs: '搜索',
  dataset: '数据集',
  openFiles: '打开搜索文件',
  stored: (count: number) => `保存在这个浏览器里的（${count}）`,
  add: '添加',
  addRun: (name: string) => `添加 ${name}`,
  remove: (name: string) => `去掉 ${name}`,
  origins: {
    page: '页面上的',
    file: '文件',
    stored: '保存在这里',
    queue: '队列',
    link: '来自链接：前沿和它的由来',
    front: '来自链接：只有前沿',
  },
  noRuns: '还没有。打开文件，粘贴链接，添加保存在这个浏览器里的搜索，或者在下面的队列里运行几次。',
  links: '粘贴链接或结果',
  linksField: '带结果的链接，或今日谜题的结果行，一个或许多个',
  addLinks: '添加',
  addingLinks: '正在读取…',
  noLinks: '请先粘贴一个链接或结果',
  camera: '用摄像头读二维码',
  cameraHelp: '一个接一个地出示二维码：分享，然后“前沿的二维码”。',
  added: (name: string, count: number) => `已添加 ${name}，一共 ${count} 次搜索。`,
  unread: (count: number, lines: readonly string[]) =>
    `有 ${count} 行读不懂：${lines.map((line) => `“${line}”`).join('、')}${count > lines.length ? ' 等' : ''}。每行要有一个带结果的链接，或一个谜题结果行。`,
  pupil: (number: number) => `学生 ${number}`,
  addedMany: (count: number) => `已添加 ${count} 次搜索。`,
  already: (name: string) => `${name} 已经在这里了。`,
  badCode: (reason: string) => `没有添加这个二维码：${reason}。`,
  badLink: (link: string, reason: string) => `没有添加 ${link}：${reason}。`,
  thisLink: '地址里的链接',
  linkFaults: {
    none: '它不是本页的链接',
    recipe: '它不带结果；“复制带结果的链接”或“前沿的二维码”做出的链接才带',
    damaged: '它不完整或已损坏；请重新完整地复制',
    pictures: '它是在自己的图片上得到的前沿，而图片不在这个浏览器里；请改用带结果的链接',
  },
  frontOnly: (title: string) => `${title}，只有前沿`,
  frontsAlone: '只知道前沿的搜索没有曲线：只有最后的大小、错误率和柠檬面积，其余都无法核对。',
  noFront: '它还没有前沿。',
  queue: '队列',
  queueHelp: (dataset: string) =>
    `在 ${dataset} 上搜索，用当前设置的预算，在这个标签页里一次接一次地运行。每次都看同样多的图像；逐个种子进行。`,
  strategies: '方法',
  seeds: '种子数',
  queued: (method: string, seed: number) => `${method}，种子 ${seed}`,
  generations: '代数',
  budget: (runs: number, images: string) => `${runs} 次搜索，每次 ${images} 张图像。`,
  fixed: '不搜索的方法：起始网络、大小网格和手工设计的系列，把同样多的图像分给事先定好的网络。',
  estimate: (time: string) => `在这台设备上总共约 ${time}。`,
  start: '运行队列',
  stop: '停止队列',
  nothing: '请选一种方法',
  running: (index: number, total: number, name: string) => `第 ${index} 次，共 ${total} 次：${name}。`,
  generation: (generation: number, of: number) => `第 ${generation} 代，共 ${of} 代。`,
  done: (count: number) => `已完成 ${count} 次。`,
  empty:
    '把两种或更多搜索放在一起，就能看出一种是不是真的更好，而不只是碰巧。每一种都应该用几个随机种子运行：只运行一次，说明不了什么。',
  emptyTitle: '还没有可以比较的',
  emptyParts: [
    [
      '表格',
      '柠檬面积（超体积）和最低错误率，以及它们在各个种子上的平均值和波动；全班的结果则每个学生一行。',
    ],
    ['超出波动的差异', '用文字说明：哪些差异大到不只是碰巧。'],
    ['曲线', '搜索过程中的柠檬面积，按图像数或秒数。'],
    ['前沿', '全部画在一张图里，以及一半的种子能达到的地方。'],
  ],
  warnings: {
    datasets: '请注意：这些搜索的数据集不同。',
    objectives: '请注意：这些搜索的目标不同。',
    bounds: '请注意：这些搜索的方框边界不同。',
    images: '请注意：这些搜索看过的图像数不同。',
  },
  seedsDiffer: '请注意：这些搜索用的随机种子不同。',
  table: '最后的结果',
  columns: [
    ['搜索', '只有随机种子不同的，算作同一种搜索'],
    ['种子数', '运行了几次'],
    ['柠檬面积', '固定的方框里，前沿背后的部分占多少，书里叫作超体积；越大越好'],
    ['IGD+', '与所有搜索的总前沿的平均距离；越小越好'],
    ['ε 指标', '落后于所有搜索的总前沿的最大值；越小越好'],
    ['最低错误率', '最准确的网络的验证错误率'],
    ['测试错误率', '每条前沿上最准确的网络在官方测试图像上的错误率，只在整条前沿都测试过时才有'],
    ['前沿', '前沿上的网络数，平均值'],
    ['图像', '训练中看过的图像数，平均值'],
  ],
  researchColumns: ['IGD+', 'ε 指标'],
  more: '研究者用的指标',
  class: {
    title: '全班',
    received: (count: number) => `已收到 ${count} 份`,
    receivedOf: (count: number, of: number) => `已收到 ${count} 份，共 ${of} 份`,
    pupils: '全班人数',
    lines: '来自链接的搜索',
    apart: '每份一行',
    together: '按搜索合并',
    sort: (column: string) => `按${column}排序`,
    columns: { name: '名字', area: '柠檬面积', error: '最低错误率', size: '最小的网络' },
    help: {
      error: '前沿上最准确的网络答错的验证图像占多少',
      size: '前沿上最小的网络的参数量',
    },
    claimed: '按链接所写列出。每人只运行了一次：领先不多，可能只是碰巧。',
  },
  testColumn: '测试错误率',
  untested: '未测试',
  tableHelp: (objectives: string, several: boolean) =>
    `${several ? '各个种子的平均值 ± 标准差' : '每种只运行了一次，所以不知道运气占多少'}。目标：${objectives}；所有搜索用同一个方框。`,
  verdict: '哪些差异大于波动',
  against: '与其他搜索相比的是：',
  reach: (text: string) => `达到对方最后的高度：${text}。`,
  curves: '搜索过程中的柠檬面积',
  curvesHelp: '线：各个种子的平均。带：从最低的种子到最高的种子。名称后面的数：种子数，只在多于一个时写出。',
  axis: '横轴',
  byImages: '图像',
  bySeconds: '秒',
  fronts: '所有前沿',
  attainment: '达成面',
  attainmentHelp: '粗线：一半的种子能达到的地方。淡线：四分之一和四分之三的种子。',
  twoOnly: '前沿和达成面只在有两个目标时画出。',
  svg: 'SVG',
  saveSvg: (title: string) => `保存为 SVG：${title}`,
  csvRuns: '搜索存为 CSV',
  csvCurves: '曲线存为 CSV',
} satisfies Reworded<typeof en.compare>;

/** What the figures of a comparison say. */
export const figureWords = {
  objectives: {
    error: '验证错误率',
    secondError: '第二验证错误率',
    parameters: '参数量',
    multiplyAdds: '乘加次数',
    activationBytes: '激活内存',
    inferenceSeconds: '推理时间',
  },
  hypervolume: '超体积',
  axes: { curve: '看过的图像', clock: '训练的秒数' },
  titles: {
    hypervolume: (axis, title) => `超体积，按${axis}：${title}`,
    attainment: (title) => `达成面：${title}`,
    fronts: (title) => `前沿：${title}`,
  },
} satisfies Reworded<typeof en.figureWords>;

/** On the page. */
export const pageFigureWords = {
  ...figureWords,
  hypervolume: '柠檬面积',
  titles: {
    ...figureWords.titles,
    hypervolume: (axis, title) => `柠檬面积，按${axis}：${title}`,
  },
} satisfies Reworded<typeof en.pageFigureWords>;

/** The differences of runs that share a seed. */
function pairedText(paired: PairedDifference): string {
  const { pairs, mean, ahead, exceedsSpread } = paired;
  const seeds = `${pairs} 个中领先 ${ahead} 个`;
  if (exceedsSpread === null) return `逐个种子相比：${signed(mean)}，${seeds}。`;
  const found = exceedsSpread ? '大于这些差值的波动' : '没有超出这些差值的波动，所以这样也看不出差别';
  return `逐个种子相比：${pairedMean(paired)}，${seeds}：${found}。`;
}

/** Two groups' final hypervolume: against the spread over seeds, and seed by seed. */
export const verdictText: typeof en.verdictText = ({ a, b, difference, paired }) => {
  const { spread, exceedsSpread } = difference;
  const size = Math.abs(difference.difference).toFixed(4);
  const order = difference.difference >= 0 ? `${a} 比 ${b} 高 ${size}` : `${a} 比 ${b} 低 ${size}`;
  const rest = paired ? pairedText(paired) : '';
  if (exceedsSpread === null) return `${order}；只有一个种子，波动有多大还不知道。${rest}`;
  return exceedsSpread
    ? `${order}：大于种子之间的波动（${spread.toFixed(4)}）。${rest}`
    : `${order}：没有超出种子之间的波动（${spread.toFixed(4)}），所以看不出差别。${rest}`;
};

/** How soon one search has what the other has at its end. */
export const reachText: typeof en.reachText = ({ share, shareOfChildren, reached, pairs }) => {
  const seeds = `${pairs} 个种子中有 ${reached} 个达到`;
  if (!Number.isFinite(share)) return seeds;
  return `要用对方图像数的 ${percent(share)}，不计起始网络的图像则是 ${percent(shareOfChildren)}（中位数；${seeds}）`;
};
