import type { Wrong } from '../../../core/run-file/check.ts';
import type * as en from '../en/run-file-errors.ts';
import { say } from '../say.ts';

/** Words for every code; the compiler finds a missing one. */
const sentences: { readonly [C in Wrong['code']]: (wrong: Extract<Wrong, { readonly code: C }>) => string } =
  {
    'no-network': ({ network }) => `到这里为止还没有网络 ${network}`,
    bounds: () => '下限必须小于上限，在对数刻度上还必须大于 0',
    'bounds-of-others': () => '每个目标必须按顺序各有一个边界',
    'objective-missing': ({ objective }) => `缺少 ${objective} 的值，或者它是 0`,
    'has-not-competed': ({ network }) => `网络 ${network} 没有经过评估，因此不可能参加竞争`,
    shape: () => '其中的网络针对另一种形状的图像或另外的类别',
    'other-dataset': () => '配方搜索的是另一个数据集',
    node: ({ node, detail }) => `节点 ${node} 有误（${detail}）`,
    density: ({ axes }) => `每个点和带宽都要有 ${axes} 个数，带宽要大于 0`,
    'does-not-follow': ({ detail }) => `这个事件与前面的接不上（${detail}）`,
    'network-twice': ({ network }) => `网络 ${network} 出现了两次`,
    'not-in-log': ({ network }) => `日志里没有网络 ${network}`,
    'log-differs': ({ network }) => `关于网络 ${network}，日志的说法不同`,
    'networks-missing': ({ count }) => `缺少日志里的 ${count} 个网络`,
    'weights-twice': ({ network }) => `网络 ${network} 的权重出现了两次`,
    'weights-unfit': ({ detail }) => `权重与网络不符（${detail}）`,
    'not-finished': ({ network }) => `网络 ${network} 没有补充训练过`,
    'tested-twice': ({ network }) => `网络 ${network} 测试了两次`,
    'not-evaluated': ({ network }) => `日志里没有训练完的网络 ${network}`,
    'no-cell': ({ network }) => `网络 ${network} 没有单元`,
    'empty-log': () => '日志是空的',
    'other-recipe': () => '日志开头的配方与此不同',
    'other-bounds': () => '日志开头的边界与此不同',
    schema: ({ detail }) => `格式不对（${detail}）`,
  };

/** Why a file cannot be opened, in a sentence. */
export const describeRunFileError: typeof en.describeRunFileError = (error) => {
  switch (error.kind) {
    case 'too-large':
      return `这个文件太大（${error.characters} 个字符；上限是 ${error.limit}）。`;
    case 'not-json':
      return '这个文件不是 JSON：它不是搜索文件，或者不完整。';
    case 'not-a-run':
      return '这不是保存的搜索：它是别的 JSON。';
    case 'newer-version':
      return `这次搜索的文件版本是 ${error.version}；这个页面最高支持版本 ${error.known}。`;
    case 'invalid': {
      const [first] = error.problems;
      const more = error.count > 1 ? `（另有 ${error.count - 1} 处）` : '';
      return `这个搜索文件在 ${first?.path || '根部'} 处损坏：${first ? say(sentences[first.code], first) : '原因不明'}${more}。`;
    }
  }
};
