import type * as en from '../en/error-figures.ts';
import type { Reworded } from '../reworded.ts';

/** The errors of one network: what was measured on which images, and which of them to quote. */
export const figures = {
  title: '它多久答错一次',
  what: '测量的是',
  error: '错误率',
  names: {
    validation: '验证错误率',
    second: '验证错误率，第二个数据集',
    testFound: '测试错误率，搜索所得',
    testFinished: '测试错误率，补充训练后',
    earlier: '测试错误率，更早的补充训练',
    int8Found: '搜索所得，8 位整数',
    int8Finished: '补充训练后，8 位整数',
  },
  validation: (images: string) => `用 ${images} 张留出的图像；搜索按它来选，所以偏乐观`,
  test: (images: string) => `用 ${images} 张测试图像，训练从没见过`,
  testOfFound: (images: string) => `用 ${images} 张测试图像，搜索从没见过`,
  int8: (images: string, isTest: boolean, before: string) =>
    `用 ${images} 张${isTest ? '测试' : '验证'}图像；取整前在同样的图像上是 ${before}`,
  /** One standard error, in points. */
  plusMinus: (points: string) => `± ${points}`,
  spread: '± 是标准误差：换一批同样多的图像，结果大约会变动这么多。',
  quote: '引用这个',
  quoted: (name: string, error: string, spread: string, images: string) =>
    `请引用${name}：${error} ${spread}，用 ${images} 张图像算出。`,
  none: '还没有可以引用的数字：搜索正是按验证图像选出它的。请测试一次。',
  test1: '测试一次',
  testing: '测试中…',
  testHelp: '搜索从没见过测试图像。测一次是公正的；根据它来选网络，就不公正了。',
  all: '它的全部错误率',
} satisfies Reworded<typeof en.figures>;
