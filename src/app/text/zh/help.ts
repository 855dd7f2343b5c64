import type * as en from '../en/help.ts';
import type { Reworded } from '../reworded.ts';

/** Words of the help sheet; fetched with it, not with the first page. */
export const helpSheet = {
  keysTitle: '按键',
  keys: [
    ['空格', '播放或暂停'],
    ['→', '前进一代'],
    ['Shift →', '前进一个子网络'],
    ['Alt →', '前进一个日志事件'],
    ['←', '后退一代'],
    ['Shift ←', '后退一个子网络'],
    ['Home、End', '到开头；到末尾或实时'],
    ['1 2 3 4', '速度：细看、正常、快速、后台'],
    ['J、K', '按大小沿前沿移动'],
    ['G H A T L', '谱系树、柠檬面积、度量、表格、日志'],
    ['M', '最大化权衡图'],
    ['P', '放大，用于投影'],
    ['S', '分享'],
    ['O', '打开搜索文件'],
    [',', '设置'],
    ['?', '这份帮助'],
    ['Esc', '关闭打开的内容'],
  ],
  plot: '在图中：方向键按大小沿前沿移动，Shift 加方向键换一代，回车键选择，T 键显示表格。',
  about: '版本',
  notices: '第三方声明',
  marks: '标记',
  operators: '算子',
} satisfies Reworded<typeof en.helpSheet>;
