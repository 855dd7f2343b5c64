import type * as en from '../en/share.ts';
import type { Reworded } from '../reworded.ts';

/** Sharing a run: link, file, pictures, stored runs. */
export const share = {
  title: '分享',
  result: '带结果的链接',
  resultHelp: (characters: string) => `它显示你看到的前沿和它怎样长成，不带权重。${characters} 个字符。`,
  resultTooLong: (characters: string) => `结果要占 ${characters} 个字符，链接放不下。请发送文件。`,
  copyResult: '复制带结果的链接',
  front: '给全班的比较',
  frontHelp: '只有前沿的大小和错误率，链接短到可以做成二维码。把二维码对着老师的摄像头，或把链接发给老师。',
  frontPlace: '它们在“比较”里汇集。',
  who: '旁边的名字',
  frontQr: '前沿的二维码',
  copyFront: '复制它的链接',
  link: '带配方的链接',
  linkHelp: '可以直接读懂的纯文本。它能重做这次搜索，但不带结果。',
  copy: '复制链接',
  copyView: '复制当前视图的链接',
  file: '把这次搜索存为文件',
  fileHelp: '配方、每个网络和完整的日志。在这里重新打开，就是一次回放。',
  without: '保存，不带权重',
  frontWeights: '保存，带前沿的权重',
  allWeights: '保存，带全部权重',
  noWeights: '这个文件没有附带权重。',
  noMoreWeights: '这个文件只附带了前沿的权重。',
  note: '你的备注，保存在文件里',
  pictures: '图',
  picturesHelp: '屏幕上现在显示的图。',
  charts: { tradeOff: '权衡图', hypervolume: '柠檬面积', tree: '谱系树' },
  png: (chart: string) => `${chart}存为 PNG`,
  svg: (chart: string) => `${chart}存为 SVG`,
  print: '打印一页报告',
  several: (count: number) => `${count} 次搜索叠在一起。`,
  unlike: '它们学的数据集不同，所以错误率不能比较。',
  merged: (front: number, count: number) => `${count} 次搜索合起来，前沿上有 ${front} 个网络。`,
  overlays: '这个视图中的其他搜索',
  compare: '并排比较几次搜索',
  remove: (name: string) => `去掉 ${name}`,
  stored: '保存在这个浏览器里的搜索',
  noStored: '这个浏览器里还没有保存的搜索。',
  spaceTaken: (megabytes: string) => `本页在这个浏览器里大约占用 ${megabytes} MB。`,
  isKept: '在你删除之前会一直保留。',
  mayGo: '空间不足时浏览器可能会删除它（Safari：七天不访问之后）；重要的内容请保存为文件。',
  keepIt: '请浏览器保留它',
  keepRefused: '浏览器不保证会保留；重要的内容请保存为文件。',
  prune: '腾出空间',
  pruneHelp: '删除落败网络的权重。搜索、前沿以及前沿网络的权重都会留下。',
  pruning: '正在删除…',
  openStored: '打开',
  resumeStored: '继续',
  removeStored: '删除',
  finished: '已完成',
  unfinished: '未完成',
  about: '关于这次搜索',
  device: '运行在',
  date: '日期',
  origin: '接续自',
  fork: '从这里继续',
  forkHelp: '在这台设备上，从这一代继续搜索。文件里会记下来源。',
} satisfies Reworded<typeof en.share>;

/** Words of checking and printing a run; fetched with them, not with the first page. */
export const verify = {
  title: '检查这次搜索',
  help: '文件所说的，会根据日志重新计算；附带了权重的每个网络，都在这里回答验证图像，文件里有测试错误率的，还要回答测试图像。',
  run: '现在检查',
  running: '检查中…',
  log: {
    costs: (n: string) => `大小和代价与各层相符，${n} 个数`,
    images: (n: string) => `继承的图像数加得对，${n} 个网络`,
    fronts: (n: string) => `前沿确实是所有网络中最好的，${n} 代`,
    hypervolume: (n: string) => `柠檬面积（超体积）确实是这条前沿的，${n} 代`,
    draws: (n: string) => `这个版本的程序用同一个种子抽出同样的子网络，${n} 代`,
  },
  network: (id: number, claimed: string, found: string) =>
    `#${id}：文件称错误率 ${claimed}，这里算得 ${found}`,
  tested: (id: number, claimed: string, found: string) =>
    `#${id}，测试图像：文件称错误率 ${claimed}，这里算得 ${found}`,
  holds: '成立',
  fails: '不成立',
  unchecked: '在这里无法核对。',
  noWeights: '这个文件没有附带权重，所以无法检查它的错误率。',
} satisfies Reworded<typeof en.verify>;

export const report = {
  summary: (trained: string, proposed: string, generations: number, time: string) =>
    `${generations} 代，用时 ${time}，提议了 ${proposed} 个网络，训练了其中 ${trained} 个。`,
  backend: (backend: string) => `用 ${backend} 训练。`,
  hypervolume: (hypervolume: string, front: number) =>
    `柠檬面积（超体积） ${hypervolume}，前沿上有 ${front} 个网络。`,
  honest: '一个随机种子。错误率是验证图像上的，而搜索正是由这些图像引导的。',
} satisfies Reworded<typeof en.report>;
