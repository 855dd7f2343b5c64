import type * as en from '../en/finish.ts';
import type { Reworded } from '../reworded.ts';

/** Words of the place where a found network's training is finished, and of what is then shown with it. */
export const finish = {
  title: '补充训练',
  open: '把它训练到底',
  lead: (images: string) =>
    `搜索只在这个网络上花了一小部分图像。补充训练使用全部 ${images} 张训练图像，包括搜索时用来比较网络的那些；训练完后测试一次。`,
  start: '起点',
  starts: { found: '现有权重', scratch: '全新权重' },
  startHelp: {
    found: '接着搜索学到的继续：时间短时更好。',
    scratch: '全部忘掉，从头学起，和 LEMONADE 的作者一样；需要更多图像。',
  },
  budget: '训练',
  minutes: (minutes: number) => `${minutes} 分钟`,
  byImages: '指定图像数',
  images: '训练的图像数',
  augment: '图像',
  augments: { none: '保持原样', shift: '随机平移', 'shift-flip': '平移并镜像' },
  which: '网络',
  thisOne: '只这一个',
  wholeFront: (networks: number) => `前沿上全部 ${networks} 个`,
  go: '开始',
  again: '再来一次',
  replaces: (id: number) => `#${id} 之前补充训练得到的权重会被替换；它的结果仍留在列表里。`,
  pause: '暂停',
  resume: '继续',
  stop: '停止并丢弃',
  preparing: '正在载入全部图像并检查设备…',
  measuring: '正在测量这段时间能看多少张图像…',
  training: (id: number, seen: string, of: string) => `#${id}：${of} 张图像中的第 ${seen} 张`,
  left: (time: string) => `还剩${time}`,
  paused: (id: number, seen: string, of: string) =>
    `#${id} 暂停在 ${of} 张图像中的第 ${seen} 张。训练还没有完成：请继续，或者丢弃。`,
  testing: (id: number) => `#${id}：正在测试，只测一次…`,
  waiting: (networks: number) => `还有 ${networks} 个网络在等待。`,
  lost: '没有完成的训练不会保存：关闭或重新载入本页，就要从头再来。',
  searching: '本标签页正在搜索，占用着处理器。请暂停搜索，或等它结束。',
  twoHeads: '用于两个数据集的网络还不能补充训练。',
  badImages: '请输入 1 到 100,000,000 之间的整数。',
  unkept: '结果只在本页上：请把运行连同权重存成文件，才能保留。',
  outcome: (before: string, now: string, images: string) =>
    `在 ${images} 张它从没见过的图像上，测试错误率从 ${before}（搜索所得）降到 ${now}（补充训练后）。`,
  worse: (before: string, now: string, images: string) =>
    `没有提高：在 ${images} 张它从没见过的图像上，测试错误率搜索所得是 ${before}，补充训练后是 ${now}。搜索所得的权重仍在。`,
  how: {
    found: (images: string, minutes: string) => `从现有权重起，${minutes}内 ${images} 张图像`,
    scratch: (images: string, minutes: string) => `从头训练，${minutes}内 ${images} 张图像`,
  },
  results: '已经完成的',
  current: '正在使用',
  weights: '权重',
  versions: { found: '搜索所得', finished: '补充训练后' },
  testError: '测试错误率，补充训练后',
  finishedTag: '已补充训练',
  testOnly: '它也从验证图像中学习过，所以只有测试图像上的错误率算数。前沿上显示的是搜索所得的它。',
  onTest: '按测试图像统计：其他图像这个网络都学过了。',
  noneWrong: '测试图像没有一张答错。',
  asFound: '搜索所得',
  note: (error: string) => `测试错误率 ${error}`,
  report: (id: number, outcome: string, how: string) => `#${id} 已补充训练（${how}）：${outcome}`,
} satisfies Reworded<typeof en.finish>;
