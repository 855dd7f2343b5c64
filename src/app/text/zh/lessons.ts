import type { learning as learningEn, lessons as lessonsEn } from '../en/lessons.ts';
import type { LessonWords } from '../en/lesson-words.ts';
import type { Reworded } from '../reworded.ts';
import { operatorLessons } from './operator-lessons.ts';
import { searchLessons } from './search-lessons.ts';

const lessonWords = { ...searchLessons, ...operatorLessons };

/** Words of the lessons' pages, fetched with them. */
export const lessons = {
  title: '课程',
  lead: '每一课都在真实的界面上进行：先预测，再找一找、做一做，然后明白为什么。每个数都在这里算出；课中的搜索是一次真实搜索的录像。',
  aside: '课程开始时，你的搜索会先放到一边；之后页面会让你取回它。',
  lessons: lessonWords as Readonly<Record<keyof typeof lessonWords, LessonWords>>,
  length: (steps: number, minutes: number) => `${steps} 步，${minutes} 分钟`,
  /** A lesson with its length; titles may end in a question mark. */
  timed: (title: string, minutes: number) => `${title}（约 ${minutes} 分钟）`,
  placesTitle: '自己动手试试',
  places: {
    bench: { title: '态射工作台', text: '6 种算子，作用在一个每个权重都看得见的网络上。' },
    sampling: { title: '两阶段抽样', text: '调一调带宽和子网络的数目。' },
    weights: {
      title: '共享还是继承？',
      text: '超网的共享权重能说明一个网络的什么，继承的权重又能说明什么。',
    },
    compose: { title: '手工搭建', text: '自己施加算子，和 LEMONADE 比一比。' },
  },
  notes: '教师说明',
  print: '打印说明',
  /** All lessons in a row; the plan takes some of them. */
  total: (lessons: number, minutes: number) => `共 ${lessons} 课，全部约 ${minutes} 分钟。`,
  plan: '45 分钟教案：3 课加 1 道谜题',
  present:
    '演示时，“下一步”可以跳过每项任务和问题，讨论完就能继续；翻页笔的翻页键也能前进和后退。学生用的链接请不要选放大字号，这样他们要自己作答。',
  handIn: {
    title: '全班的结果，放在一起比较',
    lead: '每个学生打开“分享”里的“给全班的比较”，把二维码对准你的摄像头，或把链接发给你。“比较”页可以读二维码、链接和文件；今日谜题则发来结果那一行。',
    open: '打开“比较”',
  },
  goOn: (step: number) => `从第 ${step} 步继续`,
  goal: '教学目标：',
  misconception: '常见误解：',
  questions: '可以问学生：',
  builder: {
    title: '给班级的链接',
    lead: '按你想要的样子打开一课，或态射工作台的一幕。不存储任何东西，也不发送任何东西。',
    opens: '打开什么',
    bench: '工作台的一幕',
    beat: '幕',
    present: '放大字号，适合投影',
    seed: '随机种子',
    hide: '不显示',
    parts: {
      transport: '播放与速度',
      loop: '循环',
      network: '这个网络',
      strip: '谱系树',
      files: '分享、打开、保存、设置',
      article: '文章',
      notes: '教师说明',
      formulas: '公式',
    },
    copy: '复制链接',
    open: '打开',
    offline: '访问过一次之后，课程离线也能用。',
  },
  footer: '可离线使用',
  keys: [
    ['空格', '课程中：下一步'],
    ['Shift 空格', '上一步'],
    ['Esc', '退出'],
  ] as readonly (readonly [string, string])[],
  next: '下一步',
  finish: '完成',
  back: '上一步',
  first: '这是第一步',
  showing: '请看',
  progress: (step: number, of: number) => `第 ${step} 步，共 ${of} 步`,
  fold: '收起卡片',
  unfold: '展开卡片',
  leave: '退出课程',
  over: '一个问题',
  answers: '答案',
  answered: '已答对',
  tryAgain: '请选另一个答案。',
  answerFirst: '请先选出正确的答案',
  nextLesson: (title: string) => `下一课：${title}`,
  lastLesson: '所有课程你都看完了。去“搭建”里试试谜题吧。',
  all: '全部课程',
  go: '继续',
  notMade: '这次搜索里没有这样的网络。接下来几步演示它是怎么做出来的。',
  noRecording: '录像无法载入，所以界面保持原样。',
} satisfies Reworded<typeof lessonsEn>;

export const learning = {
  playground: '首页',
  back: '回到搜索',
  places: { lessons: '课程', bench: '工作台', sampling: '抽样', weights: '共享', compose: '搭建' },
  nav: '学习区',
  present: '演示',
  presentHelp: '放大字号，适合投影',
} satisfies Reworded<typeof learningEn>;
