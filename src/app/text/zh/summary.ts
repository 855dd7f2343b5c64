import type * as en from '../en/summary.ts';
import type { Reworded } from '../reworded.ts';

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
