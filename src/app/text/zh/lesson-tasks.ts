import type { OperatorKind } from '../../../core/morphisms/morphism.ts';
import type { lessonTasks as en } from '../en/lesson-tasks.ts';
import type { Reworded } from '../reworded.ts';
import { workbench } from './workbench.ts';

/** What the lessons' tasks ask, and what is said to every try; the checks are in app/learn/lesson-checks.ts. */
export const lessonTasks = {
  kinds: { predict: '预测', find: '找一找', do: '做一做' },
  given: '那里写明的网络',
  chooseFirst: '请先选一个答案；选错也没关系。',
  doFirst: '请先完成这一项；试过一次之后，也可以让页面演示。',
  kept: (said: string) => `已记下：“${said}”。`,
  counted: '举手人数已记下。',
  wasSo: (said: string) => `你预测“${said}”，结果正是如此。`,
  wasOtherwise: (said: string, is: string) => `你预测“${said}”；结果是“${is}”。`,
  showMe: '演示给我看',
  shown: '这是页面演示的。',
  tally: (done: number, of: number, shown: number) =>
    `${of} 项任务中，你自己完成了 ${done} 项${shown > 0 ? `，页面演示了 ${shown} 项` : ''}。`,
  network: (id: number, parameters: string, error: string) =>
    `#${id}（${parameters} 个参数，错误率 ${error}）`,

  area: {
    ask: () => '到结束为止，阴影面积会怎样变化？',
    options: ['有升有降', '只升或不变，从不下降', '一直不变'],
    told: (rises: number, of: number, falls: number, first: string, last: string) =>
      `${of} 代里它上升了 ${rises} 次，${falls === 0 ? '从未下降' : `下降了 ${falls} 次`}，占方框的比例从 ${first} 变到 ${last}。`,
  },
  bet: {
    ask: () => '在页面上押一个答案：点一下，或按 1、2、3 键。',
    right: (before: number, after: number, count: number) =>
      `实测：${count} 张图像中，之前答对 ${before} 张，之后答对 ${after} 张。`,
    alike: (alike: number, count: number) =>
      `实测：刚改完时，${count} 张图像中有 ${alike} 张的回答与父网络相同。`,
  },
  rare: {
    ask: () => '下一步会抽 1,000 个子网络。罕见的大小会被多留下多少？',
    options: ['和均匀抽样差不多', '至多 3 倍', '3 倍以上'],
    told: (density: string, uniform: string) =>
      `按密度抽，${density} 的子网络大小罕见；均匀抽，只有 ${uniform}。`,
  },
  price: {
    ask: () => '“划算”的网络：错误率比最低值高出不超过 2 个百分点，而且最小。最准确的网络是它的几倍大？',
    options: ['差不多大', '至多 5 倍', '5 倍以上'],
    told: (best: string, bargain: string, times: number) =>
      `${best} 的大小是划算的 ${bargain} 的 ${times} 倍。`,
  },

  pairs: {
    ask: () => '接下来，把其中 24 条路径单独训练。在所有的网络对里，共享权重会排对多少？',
    options: ['大约一半，像抛硬币', '一半以上，但远不是全部', '几乎全部'],
    told: (cheap: string, again: string) =>
      `共享权重排对了 ${cheap} 的网络对。单独再训练一次也只排对 ${again}：起点是随机的，每次训练的顺序都不同。`,
  },

  dominator: {
    ask: (from: string) => `点一个比 ${from}错得更少、参数又不更多的网络。`,
    right: (pick: string, from: number) => `对：${pick}比 #${from} 错得少，也不更大，所以它支配 #${from}。`,
    errs: (pick: number, error: string, than: string) =>
      `不是 #${pick}：它的错误率是 ${error}，要低于 ${than} 才行。`,
    larger: (pick: number, size: string, than: string) =>
      `不是 #${pick}：它错得更少，但有 ${size} 个参数，多于 ${than}。`,
  },
  fits: {
    ask: () => '你的手机应用只容得下 1,000 个参数。点出放得下的网络中错得最少的一个。',
    right: (pick: string, most: string) => `对：参数不超过 ${most} 个的网络中，没有比 ${pick}错得更少的。`,
    larger: (pick: number, size: string, most: string) =>
      `不是 #${pick}：它有 ${size} 个参数，而只容得下 ${most} 个。`,
    errs: (pick: number, error: string, least: string) =>
      `不是 #${pick}：它放得下，错误率是 ${error}，但另一个放得下的只有 ${least}。`,
  },
  origin: {
    ask: (from: string) => `点出 ${from}由哪个起始网络而来。`,
    right: (pick: string, steps: number, from: number) =>
      `对：${pick}没有父网络。经过 ${steps} 步，它的权重成了 #${from}。`,
    ancestor: (pick: number, parent: number) => `还差一点：#${pick} 是祖先，但它自己也有父网络 #${parent}。`,
    stranger: (pick: number, from: number) => `不是 #${pick}：它不是 #${from} 的祖先。`,
  },

  fewAlike: {
    ask: () => '打开一个错误做法，使得到父网络回答的图像不到一半。',
    right: (alike: number, count: number) => `对：${count} 张图像中只剩 ${alike} 张与父网络回答相同。`,
    wrong: (alike: number, count: number) => `还不够：${count} 张图像中仍有 ${alike} 张与父网络回答相同。`,
  },
  deadEnd: {
    ask: () => '打开那个不改变任何回答、却永远学不到东西的错误做法。',
    right: (zero: number, of: number) => `对：回答全都不变，但 ${of} 个新权重中有 ${zero} 个的梯度是 0。`,
    changes: (alike: number, count: number) => `不是这个：${count} 张图像中只有 ${alike} 张的回答不变。`,
    learns: '不是这个：回答虽然不变，但它的新权重学得动。',
  },
  gate: {
    ask: () => '拖动曲线下方的 λ，直到十分之一的图像得到别的回答。',
    right: (changed: number, count: number) => `对：${count} 张图像中有 ${changed} 张与父网络回答不同。`,
    wrong: (changed: number, count: number) => `再远一点：${count} 张图像中目前有 ${changed} 张回答不同。`,
  },
  differ: {
    ask: () => '画点什么，让父网络和子网络给出不同的回答。',
    right: (parent: string, child: string) => `对：父网络说“${parent}”，子网络说“${child}”。`,
    same: (parent: string) => `还没有：两个都说“${parent}”。改一改，或换一张。`,
    none: (count: number) => `${count} 张随机图画，两个网络的回答全都相同：蒸馏让它们如此接近。`,
  },
  exact: {
    ask: () => '在顶部选一个算子，使所有回答都保持不变。',
    right: (operator: OperatorKind, alike: number, count: number) =>
      `对：${workbench.operators[operator]}之后，${count} 张图像中有 ${alike} 张与父网络回答相同；它只添加，不拿走。`,
    wrong: (operator: OperatorKind, alike: number, count: number) =>
      `不是${workbench.operators[operator]}：它把网络变小，${count} 张图像中只有 ${alike} 张与父网络回答相同。`,
  },
  misjudged: {
    ask: () => '点一个被共享权重看错的网络：24 个里，名次和单独训练至少差八位。',
    right: (cheap: number, alone: number, of: number) =>
      `对：${of} 个里，按共享权重排第 ${cheap} 位，单独训练排第 ${alone} 位。${cheap > alone ? '靠共享权重的搜索会漏掉它。' : '靠共享权重的搜索会被它骗到。'}`,
    wrong: (cheap: number, alone: number, of: number) =>
      `不是这个：${of} 个里，按共享权重排第 ${cheap} 位，单独训练排第 ${alone} 位。到离上升的线更远的地方找找。`,
    none: '这一次没有哪个差八位：共享权重把这些网络排得很好。',
  },
  even: {
    ask: () => '调带宽，直到没有网络的概率超过均匀抽样的 1.4 倍。',
    wide: (most: string) =>
      `对：最大的概率是均匀抽样的 ${most} 倍。在一座宽宽的小山下，几乎没有哪种大小显得罕见。`,
    narrow: (most: string) =>
      `对：最大的概率是均匀抽样的 ${most} 倍。每个网络各有一座窄窄的小山，所以都显得罕见。`,
    wrong: (most: string) => `再远一点：最大的概率是均匀抽样的 ${most} 倍。`,
  },
} satisfies Reworded<typeof en>;
