import type { lessonPlan as en } from '../en/lesson-plan.ts';
import type { Reworded } from '../reworded.ts';

/** The teacher's plan; what its lessons say comes from the lessons themselves. */
export const lessonPlan = {
  title: (minutes: number) => `${minutes} 分钟教案`,
  lead: '你来演示，全班作答；最后两人一组，自己动手搭一个网络。不用账号，不用安装，什么都不离开电脑。',
  print: '打印教案',
  plain: '不显示公式，适合低年级',
  handIn: '交作业',
  back: '全部课程',
  span: (from: number, to: number) => `${from}–${to} 分钟`,
  does: '全班',
  open: '打开',
  ask: '提问',
  thought: '常见误解',
  material: '需要',
  step: (step: number, kind: string) => `第 ${step} 步，${kind}：`,
  end: '最后：',
  answer: (right: string) => `（${right}）`,
  lesson: { material: '一台投影仪；每次预测都举手，并轮流请一位学生来操作键盘。' },
  parts: {
    watch: {
      title: '在找什么？',
      does: '看录像，说说那些点可能是什么。',
      ask: [['手机上的网络，你希望它怎样？', '错得少，数也少；而这两点互相牵制。']],
      thought: '以为这样的搜索需要数据中心：其实它就在这个标签页里运行。',
      material: '一台投影仪；事先打开一次这个页面，离线时也能用。',
    },
    puzzle: {
      title: '今日谜题，两人一组',
      does: '用一个个算子动手缩小或扩大网络，再比较结果。',
      ask: [['下一步你用哪个算子？为什么？', '长大能保住回答，缩小能省参数。']],
      thought: '以为第一个主意就是最好的：每一步都可以撤销，再试别的。',
      material: '两人一台电脑，任何新一点的浏览器都行。',
    },
    close: {
      title: '记住了什么？',
      does: '每人写一句话：什么让我意外，是哪个数。',
      ask: [['为什么没有唯一最好的网络？', '有两个目标：一方面变好，另一方面就要付出代价。']],
      thought: '以为最准确的网络就是结果：其实整条前沿才是。',
      material: '每人一张小纸条。',
    },
  },
} satisfies Reworded<typeof en>;
