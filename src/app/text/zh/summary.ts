import type * as en from '../en/summary.ts';
import type { Reworded } from '../reworded.ts';

/** The card at the end of a run. */
export const summary = {
  label: '搜索已完成',
  stopped: '搜索已停止',
  recorded: '录像结束',
  title: (front: number) => `前沿上有 ${front} 个网络`,
  lead: '对其中每一个来说，这次搜索里都没有既更小又更准确的网络。',
  leadOne: '这次搜索里，没有网络在任何一个目标上比它更好。',
  leadMany: (objectives: number) =>
    `对其中每一个来说，这次搜索里都没有在全部 ${objectives} 个目标上都更好的网络。`,
  trained: (trained: number, time: string, here: boolean) =>
    `${here ? '在这台电脑上，' : ''}用 ${time} 训练了 ${trained} 个网络。`,
  bargain: (id: number, less: string, more: string) =>
    `与最准确的网络相比，#${id} 的参数少 ${less}，错误率高 ${more} 个百分点。`,
  coarse: (images: number, points: string) =>
    `错误率最多用 ${images} 张验证图像算出，所以一张图像就是 ${points} 个百分点。`,
  picks: {
    smallest: '最小',
    bargain: '最划算',
    best: '最准确',
    only: '最小也最准确',
    useful: '能用的最小',
  },
  bargainHelp: '错误率比最低值高出不超过 2 个百分点的网络中最小的',
  usefulHelp: '错误率低于 50 % 的网络中最小的',
  error: '错误率',
  parameters: '个参数',
  stop: '停止',
  tryIt: '试一试',
  grew: '看它怎样长成',
  share: '分享',
  test: '用没见过的图像测试一次',
  tested: (error: string, validation: string) =>
    `没见过的测试图像上的错误率 ${error}，验证图像上 ${validation}`,
  testedFront: (tested: number, front: number) =>
    `前沿的 ${front} 个网络已测试 ${tested} 个；保存的文件会记下它们的测试错误率。`,
  testing: '测试中…',
  allTested: '整条前沿都已测试。',
  onTest: (error: string) => `测试图像上 ${error}`,
  goOn: '继续搜索',
  goOnHelp: '再搜索同样多的代',
  close: '关闭卡片',
  reopen: '总结',
} satisfies Reworded<typeof en.summary>;

/** The run held against random search. */
export const rival = {
  against: '与随机搜索相比',
  random: '随机搜索',
  same: '相同的后端，看同样多的图像，一个随机种子',
  notRun: '这台电脑上还没有运行过随机搜索。',
  notInFile: '文件里只有一次搜索；用来比较的随机搜索在这里运行。',
  runToo: (time: string) => `也运行一次，大约 ${time}`,
  runTooUnknown: '也运行一次',
  running: (share: string) => `正在运行随机搜索，${share}`,
  never: '这一次，随机搜索最后更高。',
  tie: '两者最后的值相同。',
} satisfies Reworded<typeof en.rival>;

/** What the search won over its start, in one or two sentences. */
export const gainSentences: typeof en.gainSentences = ({ error, size, ofItsSize, fewerErrors, left }) => {
  const begun = `最好的起始网络有 ${size} 个参数，错误率 ${error}。`;
  const won = [
    ...(ofItsSize === null ? [] : [`前沿只用它 ${ofItsSize} 的大小就同样准确`]),
    ...(fewerErrors === null ? [] : [`在它的大小上，错误少了 ${fewerErrors}`]),
  ];
  const behind = left === 0 ? '前沿上已没有起始网络。' : `前沿上还有 ${left} 个起始网络。`;
  return won.length === 0
    ? `${begun}没有找到同样大小而更好的网络。${behind}`
    : `${begun}${won.join('；')}。${behind}`;
};
