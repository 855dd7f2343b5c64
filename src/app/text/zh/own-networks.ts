import type { ImportProblem } from '../../../core/import/import-problem.ts';
import { say } from '../say.ts';
import type * as en from '../en/own-networks.ts';
import type { Reworded } from '../reworded.ts';
import { describeFailure } from './failures.ts';

const list = (names: readonly string[]) => names.join('、');
const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

/** The place where ONNX files of the user's own are held against a run. */
export const ownNetworks = {
  title: '你自己的网络',
  lead: (dataset: string) =>
    `选择一个给${dataset}分类的 ONNX 文件，或把它拖到页面上任何地方。它会在这里用验证图像测量，这次运行的网络也是用这些图像比较的；然后它作为一个叉号出现在图上。和你的图片一样，它不会离开这台电脑；页面开着的时候一直保留。`,
  choose: '选择 ONNX 文件',
  another: '选择另一个文件',
  remove: (name: string) => `移除 ${name}`,
  stop: '停止',
  reading: (name: string) => `正在读取 ${name}…`,
  measuring: (name: string, answered: string, of: string) => `${name}：${of} 张图像中的 ${answered} 张`,
  size: (parameters: string) => `${parameters} 个参数`,
  result: (error: string, images: string) => `${images} 张验证图像中答错 ${error}`,
  beaten: (id: number) => `前沿上的 #${id} 在每个目标上都不比它差。`,
  unbeaten: '前沿上没有网络在每个目标上都不比它差。',
  uncounted: (objectives: string) => `它不能放在这两个坐标轴上：来自文件的网络，无法知道${objectives}。`,
  scale: '像素',
  scales: { bytes: '0 到 255', unit: '0 到 1', normal: '和这里的网络看到的一样：减去均值，除以标准差' },
  scaleFrom: {
    stated: '文件里是这样写的。',
    tried: '文件里没有写：三种方式中，这一种在 200 张图像上错得最少。',
    chosen: '这是你选的。',
  },
  answers: {
    probabilities: '它的回答是概率。',
    logits: '它的回答不是概率；取最大的一个。',
  },
  /** A problem as a sentence that says what can be done. */
  problem: (problem: ImportProblem): string => say(problems[problem.code], problem),
  runBy: {
    page: '由本页自己的代码运行。',
    onnxruntime: '由 ONNX Runtime 运行，它是为此从本站加载的。',
  },
  otherClasses: (classes: readonly string[]) =>
    `它是为别的类别做的（${list(classes.slice(0, 4))}${classes.length > 4 ? '…' : ''}）：每个回答都当作这里编号相同的类别，这可能不对。`,
} satisfies Reworded<typeof en.ownNetworks>;

const problems: {
  readonly [C in ImportProblem['code']]: (problem: Extract<ImportProblem, { readonly code: C }>) => string;
} = {
  'not-onnx': () => '这不是 ONNX 文件，或者只是其中一部分：请选择另一个。',
  'too-large': ({ bytes, most }) =>
    `它有 ${megabytes(bytes)}；这里只读取不超过 ${megabytes(most)} 的文件：请选择小一点的。`,
  'external-data': ({ path }) => `它的权重在另一个文件（${path}）里：请导出成一个文件，把权重放在里面。`,
  'number-type': () => '它的权重是这里不读取的数字类型：请用 float32 导出。',
  inputs: ({ count }) => `它有 ${count} 个输入：请重新导出，只留图像这一个输入。`,
  'input-type': () => '它的输入不是图像能有的数字类型：请导出成 float32 输入。',
  'input-shape': ({ takes, given }) =>
    `它的输入是 ${takes || '别的形状'}，而这个数据集的图像是 ${given}（通道 × 高 × 宽）：请为这些图像导出，或选择另一个数据集。`,
  classes: ({ answers, classes }) =>
    `它区分 ${answers} 个类别，而这个数据集有 ${classes} 个：请选择一个为这些类别做的网络。`,
  'output-shape': ({ shape }) => `它的输出是 ${shape || '空的'}，而不是每张图像一行数字：请只导出分类器。`,
  'not-finite': () =>
    '在这些图像上，它有些回答不是数字：它的权重坏了，或者读取像素的方式不对。请选择另一个文件。',
  'not-runnable': ({ operators, operatorSet, detail }) =>
    `${operators.length > 0 ? `它的算子（${list(operators)}）` : '它'}无法运行，ONNX Runtime 也不行（${detail}）：它用的是第 ${operatorSet} 版算子；请用第 17 版导出。`,
  'runtime-missing': ({ operators }) =>
    `它需要 ONNX Runtime${operators.length > 0 ? `（因为 ${list(operators)}）` : ''}，但加载不了：请先联网一次，然后再选择它。`,
  failed: ({ cause }) => `无法测量它：${describeFailure(cause).replace(/[。.]$/, '')}。请再选择它一次。`,
};
