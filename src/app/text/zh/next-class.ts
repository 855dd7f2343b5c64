import type * as en from '../en/next-class.ts';
import type { Reworded } from '../reworded.ts';

/** Making the browser ready for other pupils. */
export const nextClass = {
  title: '下一个班之前',
  lead: '忘掉这个浏览器为这个班保存的东西：搜索、自己的图片、答案和下注。',
  reset: '为下一个班清空',
  asked: '为下一个班清空吗？',
  nothing: '这个浏览器里没有保存任何东西。页面只会重新开始。',
  goes: '这个浏览器会忘掉：',
  runs: (count: number, names: string) => `${count} 次搜索：${names}`,
  sets: (count: number, names: string) => `${count} 组自己的图片：${names}`,
  answers: '课程的答案和下注',
  page: '页面上现在的内容，以及做到一半的谜题',
  more: (names: string, count: number) => `${names}，还有 ${count} 个`,
  stays: '语言、主题和网站本身会保留。',
  save: '先保存搜索和图片',
  saving: '正在打包…',
  saved: '已存成一个 ZIP。解压之后，里面的每个文件都能在本页打开。',
  notSaved: (names: string) => `这些读不出来，不在 ZIP 里：${names}。`,
  forget: '全部忘掉',
  forgetting: '正在清空…',
  keep: '全部保留',
  cancel: '取消',
  inUse: (names: string) => `另一个标签页还在使用，所以保留了：${names}。请关闭那个标签页，再按一次。`,
  done: '全部忘掉了。',
  begin: '重新开始',
} satisfies Reworded<typeof en.nextClass>;
