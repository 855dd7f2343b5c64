import type * as en from '../en/article.ts';
import type { Reworded } from '../reworded.ts';

/** The article's text: fetched with the article, below the fold. */
export const article = {
  title: '父网络会的，子网络生来就会',
  opening: [
    '大多数搜索把一个网络看一眼就扔掉。这里的搜索把它留下来。每个子网络都从父网络训练好的权重开始，而且只做不影响回答的改变：加一个暂时什么都不做的层，加一个暂时没有谁读取的卷积核，加一条权重还是零的跳跃连接。子网络变小的时候，回答也几乎不变，剩下的差别由父网络简短地教一教就能补上。',
  ],
  /** Around the one word that is set apart. */
  lamarck: [
    '然后才开始训练。这正是',
    '拉马克式',
    '的一面：学到的东西会遗传。而且每个子网络只需要一点点训练，所以可以试很多个子网络。',
  ],
  objectivesTitle: '同时追求两个目标',
  objectives: [
    '好的网络很少出错。好的网络也很小：加载快，能在手机上运行，耗能少。这两个目标互相拉扯，而 1,000 个参数值多少准确率，不该由搜索来定。',
    '所以搜索不做这个决定。如果一个网络在每个目标上都不比另一个差，又至少在一个目标上更好，它就支配另一个。不被任何网络支配的，组成帕累托前沿，图中用柠檬色画出。搜索保留整条前沿，之后由你从中选择。',
    '方框的四角在搜索之前就已固定，阴影是前沿在其中盖住的部分。它的面积叫作超体积：每有网络加入前沿，它就增大；它从不减小。它随各代变化的曲线，就是你可以来回拖动的轨道。',
  ],
  loopTitle: '循环',
  loop: [
    [
      '提议',
      '从前沿抽出父网络，每个用 1 到 3 个算子变成一个子网络。子网络有多大，不训练就知道，所以提议 100 个几乎不花代价。',
    ],
    [
      '筛选',
      '从子网络中抽出几个。抽父网络和抽子网络遵循同一条规则：一种大小在当前前沿上越罕见，就越容易抽中。概率与密度成反比，这样就能填补前沿上的空缺。',
    ],
    [
      '训练',
      '只训练抽中的子网络，每个都从父网络的权重开始。代价高的只有这一步；各个子网络互不依赖，所以可以同时训练。',
    ],
    ['竞争', '把训练好的子网络和原来的前沿放在一起比较。不被支配的组成新的前沿，循环再次开始。'],
  ],
  operatorsTitle: '6 种算子',
  operatorsLead:
    '3 种让网络长大，函数精确地保持不变；3 种让网络缩小，函数几乎不变。这些图是在这里用一个小网络算出来的；换一个位置，算子就在那里施加一次。',
  operators: {
    deepen: {
      title: '加深',
      text: '在一个块后面加一个新块。它的核是恒等核，它的批归一化按测得的统计量来设，所以一切都原样传过去，直到训练教会它点什么。',
    },
    widen: {
      title: '加宽',
      text: '一个块得到更多卷积核。读取它们的权重从零开始，所以起初没有谁听它们的。',
    },
    skip: {
      title: '跳跃连接',
      text: '一条绕过块的旁路。它或者按一个可学习的权重相加，权重一开始让它不起作用；或者拼接在旁边，暂时还没有谁读取。',
    },
    remove: {
      title: '移除',
      text: '去掉一个块或一条跳接。它周围的层花一小会儿学习父网络的回答，于是子网络的回答与父网络几乎一样。',
    },
    prune: {
      title: '剪枝',
      text: '一个块去掉一半或四分之一的卷积核，去掉的是权重最小的那些。',
    },
    separate: {
      title: '可分离化',
      text: '一个卷积拆成便宜的两半：一半逐个通道地看四周，另一半把各通道混合起来。',
    },
  },
  elsewhere: '换一个位置',
  sizes: (before: string, after: string) => `参数量 ${before} → ${after}`,
  honestTitle: '哪些来自论文，哪些是我们的',
  paperTitle: '来自论文',
  paper: [
    '循环和其中的两次抽样，概率与便宜目标的密度成反比',
    '6 种算子，每个子网络 1 到 3 个，算子和位置均匀地抽',
    '用网络态射继承权重，缩小的算子之后做知识蒸馏',
    '随机梯度下降，动量 0.9，学习率按余弦下降，权重衰减 0.0005',
    '恰好保留不被支配的网络',
  ],
  oursTitle: '我们的选择',
  ours: [
    '小的灰度图像，预算是几千张图像；论文在 CIFAR-10 上训练了 80 个 GPU 天',
    '提议和训练多少个子网络，密度的核函数和它的带宽',
    '对大小和代价的限制，以及略去以前见过的网络；两者都在训练之前，都记入日志',
    '起始网络的大小，卷积核数的步长，以及剪掉哪些卷积核',
    '学习率的峰值，它随预算而定',
    '用超体积作为屏幕上的那个数，方框的边界在搜索之前就已固定',
  ],
  honest:
    '这里的一次搜索比论文的小得多，网络也小得多。能推广的是方法，不是数字。一次搜索只是一个随机种子：换一个种子，会找到另一条前沿。',
  referencesTitle: '参考文献',
  references: [
    'T. Elsken, J. H. Metzen, F. Hutter: Efficient Multi-Objective Neural Architecture Search via Lamarckian Evolution. ICLR 2019, arXiv 1804.09081.',
    'T. Chen, I. Goodfellow, J. Shlens: Net2Net: Accelerating Learning via Knowledge Transfer. ICLR 2016, arXiv 1511.05641.',
    'T. Wei, C. Wang, Y. Rui, C. W. Chen: Network Morphism. ICML 2016, arXiv 1603.01670.',
    'T. Elsken, J. H. Metzen, F. Hutter: Simple and Efficient Architecture Search for Convolutional Neural Networks. ICLR 2018 workshop, arXiv 1711.04528.',
    'G. Hinton, O. Vinyals, J. Dean: Distilling the Knowledge in a Neural Network. 2015, arXiv 1503.02531.',
    'E. Zitzler, L. Thiele: Multiobjective Evolutionary Algorithms: A Comparative Case Study and the Strength Pareto Approach. IEEE Transactions on Evolutionary Computation 3(4), 1999.',
    'H. Ishibuchi, H. Masuda, Y. Tanigaki, Y. Nojima: Modified Distance Calculation in Generational Distance and Inverted Generational Distance. EMO 2015.',
    'D. Smilkov, S. Carter and others: TensorFlow Playground. 这个网页示范了怎样展示这样的内容。',
  ],
} satisfies Reworded<typeof en.article>;
