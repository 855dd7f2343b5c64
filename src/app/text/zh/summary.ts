import type * as en from '../en/summary.ts';
import type { Reworded } from '../reworded.ts';

/** The card at the end of a run. */
export const summary = {
  label: '搜索已完成',
  stopped: '搜索已停止',
  recorded: '录像结束',
  title: (front: number) => `前沿上有 ${front} 个网络`,
  lead: (front: number) => `${front} 个网络是各自大小里最好的（前沿）：这次搜索里没有既更小又更准确的网络。`,
  leadOne: '前沿上有一个网络：这次搜索里，没有网络在任何一个目标上比它更好。',
  leadMany: (front: number, objectives: number) =>
    `前沿上有 ${front} 个网络：对每一个来说，这次搜索里都没有在全部 ${objectives} 个目标上都更好的网络。`,
  trained: (trained: number, time: string, here: boolean) =>
    `${here ? '在这台设备上，' : ''}用 ${time} 训练了 ${trained} 个网络。`,
  bargain: (id: number, less: string, more: string) =>
    `与最准确的网络相比，#${id} 的参数少 ${less}，错误率高 ${more} 个百分点。`,
  coarse: (images: number, points: string) =>
    `错误率用 ${images} 张验证图像算出，所以一张图像就是 ${points} 个百分点。`,
  picks: {
    smallest: '最小',
    bargain: '最划算',
    best: '最准确',
    only: '最小也最准确',
    useful: '能用的最小',
    between: '介于两者',
  },
  bargainHelp: '错误率比最低值高出不超过 2 个百分点的网络中最小的',
  usefulHelp: '错误率低于 50 % 的网络中最小的',
  betweenHelp: '两者之间，大小最居中的一个',
  start: '起始网络',
  onlyTrained: '起始网络，训练得更久',
  error: '验证错误率',
  parameters: '个参数',
  stop: '停止',
  tryIt: '试一试',
  grew: (id: number) => `看 #${id} 怎样得来`,
  finish: '补充训练',
  finishHelp: '搜索只把每个网络训练一点点；把要留下的训练到底',
  finished: (error: string) => `测试错误率 ${error}，补充训练后`,
  share: '分享',
  test: '用没见过的图像测试一次',
  tested: (error: string, validation: string) => `测试错误率 ${error}，搜索所得；验证错误率 ${validation}`,
  testedFront: (tested: number, front: number) =>
    `前沿的 ${front} 个网络已测试 ${tested} 个；保存的文件会记下它们的测试错误率。`,
  testing: '测试中…',
  allTested: '整条前沿都已测试。',
  onTest: (error: string) => `测试错误率 ${error}，搜索所得`,
  goOn: '继续搜索',
  own: '放上你自己的网络',
  ownHelp: '把你的 ONNX 文件放到同样的图像上，与这条前沿相比',
  goOnHelp: '再搜索同样多的代',
  close: '关闭卡片',
  reopen: '总结',
} satisfies Reworded<typeof en.summary>;

const rivalNames = {
  'starts-only': '不搜索',
  random: '随机搜索',
  'one-shot': '一次性搜索',
  'dpp-net': 'DPP-Net',
};

/** The run held against what any search must beat. */
export const rival = {
  question: '这次搜索值得吗？',
  others: '与其他搜索相比',
  against: {
    'starts-only': '与不搜索相比',
    random: '与随机搜索相比',
    'one-shot': '与一次性搜索相比',
    'dpp-net': '与 DPP-Net 相比',
  },
  names: rivalNames,
  subjects: { ...rivalNames, 'starts-only': '不搜索、只训练' },
  notRun: '这台设备上还没有运行过。',
  notInFile: '文件里只有一次搜索；这一个在这里运行。',
  runToo: (time: string) => `也运行一次，大约 ${time}`,
  runTooUnknown: '也运行一次',
  running: (share: string) => `看同样多的图像，已完成 ${share}`,
  held: ({ name, ours, theirs, of, example, behind }) => {
    const such = example ? `，例如 #${example.id}：${example.size} 个参数，答错 ${example.error}` : '';
    const found = `${ours} 个网络，${name}没有同样好的${such}`;
    const gap = behind ? `：${behind.size} 个参数时答错 ${behind.theirs}，而不是 ${behind.ours}` : '';
    if (ours === 0 && theirs === 0) return '两者得到的网络同样好。';
    if (theirs === 0) return `这次搜索处处领先：它有 ${found}，反过来则一个也没有。`;
    const sizes = `它 ${of} 种大小中的 ${theirs} 种`;
    if (ours === 0) return `${name}处处领先，在${sizes}${gap}。`;
    return `各有领先之处。这次搜索有 ${found}。${name}在${sizes}更准确${gap}。`;
  },
  heldInAll: (name, ours, theirs) =>
    `综合所有目标，这次搜索有 ${ours} 个网络，${name}没有同样好的；反过来有 ${theirs} 个。`,
  briefly: (ours, theirs, of) => {
    const trained = '不搜索、看同样多的图像，起始网络';
    if (ours === 0 && theirs === 0) return `${trained}与搜索不相上下。`;
    if (theirs === 0) return `${trained}在每种大小上都落后。`;
    return ours === 0
      ? `${trained}在每种大小上都领先。`
      : `${trained}在 ${of} 种大小中的 ${theirs} 种更准确；搜索有 ${ours} 个网络，它们没有同样好的。`;
  },
  area: (ours: string, theirs: string, name: string) => `柠檬面积：这次搜索 ${ours}，${name} ${theirs}。`,
} satisfies Reworded<typeof en.rival>;

/** What the search achieved, as a headline. */
export const gainTitle: typeof en.gainTitle = (won) => {
  const { ofItsSize, fewerErrors, beyond, beating, starts, left, found, head, onlyTrained } = won;
  switch (head) {
    case 'smaller':
      return `与最好的起始网络同样准确，只有它 ${ofItsSize} 的大小`;
    case 'better':
      return onlyTrained
        ? `继续训练，比最好的起始网络错误少了 ${fewerErrors}`
        : `与最好的起始网络同样大小，错误少了 ${fewerErrors}`;
    case 'beyond':
      return `比最好的起始网络错误少了 ${beyond?.fewerErrors}${beyond?.times ? `，大小是它的 ${beyond.times} 倍` : ''}`;
    case 'beating':
      return beating?.fewerParameters
        ? `比一个起始网络错误少 ${beating.fewerErrors}，参数少 ${beating.fewerParameters}`
        : `比一个同样大小的起始网络错误少 ${beating?.fewerErrors}`;
    case null:
      return left < starts
        ? `${starts} 个起始网络中超过了 ${starts - left} 个`
        : `没有超过起始网络，另外找到 ${found} 种大小`;
  }
};

/** What it started from, what else it won, and what became of its start; in brief without the first. */
export const gainSentences: typeof en.gainSentences = (won) => {
  const { error, size, beyond, beating, head, starts, left, onlyTrained, flawless } = won;
  const from = `开始时最好的网络答错 ${error} 的图像`;
  const more = !beyond
    ? `，有 ${size} 个参数；${flawless ? '只有大小还能改进。图像更多或更难，才能分出网络的高下' : '还没有比它更准确的'}。`
    : `；现在最好的只答错 ${beyond.error}，` +
      (beyond.size === size ? `大小不变（${size} 个参数）。` : `参数从 ${size} 个变为 ${beyond.size} 个。`);
  const trained = onlyTrained ? '它保留了起始网络的层，只是训练得更久。' : '';
  const behind =
    left === 0 ? `${starts} 个起始网络都已被超过。` : `${starts} 个起始网络中还有 ${left} 个没有被超过。`;
  const fell = beyond ? `答错的比例从 ${error} 降到 ${beyond.error}。` : `答错的最低比例仍是 ${error}。`;
  if (head === 'beating' && beating) {
    const { start, network } = beating;
    const made = `起始网络 #${start.id} 有 ${start.size} 个参数，答错 ${start.error} 的图像；搜索做出的 #${network.id} 有 ${network.size} 个，只答错 ${network.error}。`;
    const longest = beyond
      ? `让一个起始网络训练得更久，答错的最低比例从 ${error} 降到 ${beyond.error}。`
      : fell;
    return { whole: `${made}${longest}${behind}`, brief: fell };
  }
  return { whole: `${from}${more}${trained}${behind}`, brief: fell };
};

/** What else there is, below the first visit. */
export const doors = {
  title: '这里还能做什么',
  places: {
    compose: { title: '胜过搜索', text: '亲手改变网络，看谁找到的更好。' },
    bench: { title: '看一个网络怎样改变', text: '把它加宽、加深或缩小，检查它的回答是否一样。' },
    compare: { title: '比较方法', text: '运行几次搜索，看哪些差别是真的。' },
  },
  own: { title: '你自己的图片', text: '来自文件夹、ZIP、摄像头，或亲手画。它们留在这里。' },
  elsewhere: '正在另一个标签页中运行',
  kept: (date: string, finished: boolean) => `${finished ? '已完成' : '未完成'}，${date}`,
} satisfies Reworded<typeof en.doors>;

/** At the end of the recording. */
export const outcome = {
  what: (rounds: number, trained: number) =>
    `搜索用 ${rounds} 轮训练了 ${trained} 个识别手写数字的网络；每个子代都从父代学到的开始。`,
  invite: (phone: boolean) => `现在让你的${phone ? '手机' : '电脑'}自己来找。`,
} satisfies Reworded<typeof en.outcome>;
