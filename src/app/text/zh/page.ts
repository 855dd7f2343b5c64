import type * as en from '../en/page.ts';
import type { Reworded } from '../reworded.ts';

/** Words of the first page, and of what stands around every other: fetched before anything is shown. */
export * from './charts.ts';

export const app = {
  name: 'LEMONADE Playground',
  notLoaded: '页面的一部分没能加载：设备离线，或者网站有了新版本。已训练的内容都还在。',
  openingLink: '正在打开链接里的结果…',
  loadAgain: '重新加载页面',
} satisfies Reworded<typeof en.app>;

/** Between parts of a sentence and at its end. */
export const punctuation = {
  comma: '，',
  semicolon: '；',
  colon: '：',
  stop: '。',
  gap: '',
} satisfies Reworded<typeof en.punctuation>;

export const header = {
  noRun: '新的搜索',
  dataset: '数据集',
  ownPictures: '自己的图片',
  addPictures: '自己的图片…',
  ownElsewhere: '作者自己的图片，不在这个浏览器里',
  preset: '预设',
  presets: { quick: '快速预设', class: '课堂预设', long: '长时预设', custom: '自定义设置' },
  seed: (seed: number) => `种子 ${seed}`,
  recording: (dataset: string, seed: number) => `一次真实搜索的录像，${dataset}，种子 ${seed}`,
  backend: { webgpu: 'WebGPU', webgl: 'WebGL', wasm: '处理器（WASM）', cpu: '处理器（JavaScript）' },
  passed: (backend: string) => `${backend}，自检通过`,
  failed: (backend: string) => `${backend}，自检未通过`,
  testing: '正在自检计算后端',
  lessons: '课程',
  share: '分享',
  open: '打开',
  openRun: '打开文件',
  save: '保存',
  saveRun: '保存这次搜索',
  settings: '设置',
  theme: { system: '跟随系统的主题', light: '浅色主题', dark: '深色主题' },
  language: '语言',
  languageFailed: '无法加载这种语言的文字，请再试一次。',
  help: '帮助',
  menu: '菜单',
  close: '关闭',
  rename: '这次搜索的名称',
  skip: '跳到权衡图',
  nothingToSave: '还没有可以保存的内容',
} satisfies Reworded<typeof en.header>;

/** What is written on keys. */
export const keyNames = { space: '空格' } satisfies Reworded<typeof en.keyNames>;

/** Units of durations, behind the number. */
export const durations = { s: '秒', min: '分钟', h: '小时' } satisfies Reworded<typeof en.durations>;

export const transport = {
  play: '播放',
  pause: '暂停',
  step: '前进一步',
  back: '后退一步',
  reset: '重置',
  preparing: '正在自检计算后端',
  atStart: '已经在搜索的开头',
  atEnd: '已经在搜索的末尾',
  nothing: '没有可以重置的内容',
  hintLive: ['空格键开始', '⇧ →：一个子网络'],
  hintReplay: ['空格键回放', '这次搜索'],
  speed: '速度',
  speeds: { watch: '细看', normal: '正常', fast: '快速', background: '后台' },
  generationAt: (generation: number) => `第 ${generation} 代`,
  of: (total: number) => `共 ${total} 代`,
  trained: '个已训练，',
  proposed: '个已提议',
  elapsed: '已过',
  elapsedLeft: (left: string) => `已过，还剩约 ${left}`,
  stopAfter: (generations: number) => `${generations} 代后停止`,
  stoppedAfter: (generations: number) => `${generations} 代后已停止`,
  stopNow: '立即停止',
  stopRule: '停止条件',
  hypervolume: '柠檬面积',
  sinceStart: (gain: string) => `比起点 ${gain}`,
  inObjectives: (count: number) => `${count} 个目标`,
  live: '实时',
  paused: '已暂停',
  stopped: '已停止',
  replay: '回放',
  finished: '已完成',
  ready: '就绪',
  backToLive: (generation: number) => `第 ${generation} 代，回到实时`,
  backToEnd: (generation: number) => `第 ${generation} 代，跳到末尾`,
  left: (time: string) => `还剩约 ${time}`,
  phoneFacts: {
    trained: '个已训练，',
    proposed: '个已提议',
    proposedThen: '个已提议，',
    onFront: '个在前沿上',
  },
  announce: (generation: number, front: number, error: string, hypervolume: string) =>
    `第 ${generation} 代：前沿上有 ${front} 个网络，最低错误率 ${error}，柠檬面积 ${hypervolume}`,
  announceFinished: (front: number) => `搜索已完成，前沿上有 ${front} 个网络`,
  title: {
    running: (done: number, total: number) => `${done} / ${total}`,
    finished: '已完成',
    paused: '已暂停',
  },
} satisfies Reworded<typeof en.transport>;

export const firstVisit = {
  noRecording: '无法加载录像。',
  headline: ['培育小而准的网络，', '就在这个标签页里。'],
  lead: '寻找能认手写数字的网络：从几个很小的开始，每个子网络继承父网络学到的东西，再改变一点点；每种大小里最好的留下来。',
  run: (phone: boolean) => `在这${phone ? '部手机' : '台电脑'}上运行`,
  measuring: '正在测量速度…',
  estimate: (time: string, backend: string) => `在这里大约 ${time}，刚刚在 ${backend} 上测得。`,
  slow: (time: string) => `在这里大约 ${time}，使用处理器。`,
  shorter: (generations: number) => `${generations} 轮，比这段录像少。`,
  private: '没有任何数据离开这个标签页。',
  callout: '每个点是一个训练好的网络。点一个看看。',
  calloutTouch: '每个点是一个训练好的网络。点一个看看。',
  pausePlay: { pause: '暂停录像', play: '播放录像' },
  trained: '个网络已训练',
  front: '个是同样大小里最好的',
  round: (round: number, of: number) => [`第 ${round} 轮`, `共 ${of} 轮`],
  below: '往下看：它是怎样工作的',
  draw: '画一个数字',
  drawLead: '录像结束时的一小一大两个网络，并排作答。',
  smallest: '最小的',
  small: '小的一个',
  note: (id: number, parameters: string, error: string) => `#${id}，${parameters} 个参数，答错 ${error}`,
  mostAccurate: '最准的',
  skip: '自己设置一次搜索',
  skipShort: '自己设置',
  chosen: (parameters: string, error: string) => `${parameters} 个参数，错误率 ${error}`,
  loading: '正在加载一次真实搜索的录像。',
} satisfies Reworded<typeof en.firstVisit>;

export const help = { title: '术语和按键' } satisfies Reworded<typeof en.help>;

/** Charts: titles, legends and the one-sentence text alternatives. */
export const networkSlot = {
  title: '这个网络',
  emptyPhone: '点一个点，看它的网络。',
  parameters: '个参数',
  error: '错误率',
  half: '半高',
  full: '全高',
} satisfies Reworded<typeof en.networkSlot>;
