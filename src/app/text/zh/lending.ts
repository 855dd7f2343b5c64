import type * as en from '../en/lending.ts';
import type { Reworded } from '../reworded.ts';

const named = (number: number, name: string) => (name === '' ? `设备 ${number}` : name);
const ids = (list: readonly number[]) => list.map((id) => `#${id}`).join('、');
const elsewhere = (list: readonly number[]) => (list.length === 0 ? '' : `${ids(list)} 改由别处训练。`);

export const lending = {
  button: '设备',
  title: '一起训练的设备',
  lead: '其他设备打开一个链接，就把自己的处理器或显卡借给这次搜索。搜索还是同一次搜索：种子相同，不管由谁训练，最后的前沿都一样。',
  travels: '设备之间只传权重、设置和结果，并用一把只写在链接里的密钥加密。数据集的图片由每台设备自己载入。',
  ownPictures: '你自己的图片留在这台电脑上，没有它们，别的设备无法训练。请选一个本站自带的数据集。',
  notLive: '请先开始一次自己的搜索：录像里没有可训练的东西。',
  invite: '邀请设备',
  close: '让所有设备离开',
  states: {
    connecting: '正在连接中继…',
    open: '房间已打开。',
    broken: '中继不再响应，页面会不断重试。各设备正在训练的网络会再等一会儿，然后改在这里训练。',
    'no-relay':
      '这个页面所在的地方没有中继，别的设备连不上。请在教室里的一台电脑上运行 “npm run relay”，再打开它给出的地址。',
  },
  thisComputerOnly:
    '这个地址只能在这台电脑上用。要让别人加入，请运行 “npm run relay -- --host 0.0.0.0”，再打开它给出的地址。',
  link: '加入链接',
  linkHelp: '有这个链接的人都能加入；它只对这个房间有效。',
  copy: '复制加入链接',
  here: (count: number) => (count === 0 ? '还没有设备加入。' : `有 ${count} 台设备在这里。`),
  rate: (all: string, own: string) =>
    `自第一台设备加入以来每分钟 ${all} 个子网络，其中 ${own} 个由这台电脑训练。`,
  device: named,
  facts: (backend: string, trainers: number) => `${backend}，${trainers} 个训练进程`,
  did: (trained: number, checked: number) => `训练了 ${trained} 个网络，其中 ${checked} 个在这里重新测过`,
  otherNumbers: '后端与这里不同：它训练的网络与这里训练的相比，末几位数字会不一样。',
  doing: {
    preparing: '正在测试训练进程',
    training: (list: readonly number[]) => `正在训练 ${ids(list)}`,
    waiting: '等待下一个子网络',
    away: '暂时连不上，正在等它',
    left: '已离开',
    silent: '不再响应',
    lied: '已请离：它的结果不对',
    nonsense: '已请离：它发来的内容无法读取',
    unable: '无法训练',
    version: '页面版本不同',
  },
  happenings: '发生了什么',
  happened: {
    joined: (number: number, name: string) => `${named(number, name)} 加入了。`,
    back: (number: number, name: string) => `${named(number, name)} 回来了。`,
    left: (number: number, name: string, list: readonly number[]) =>
      `${named(number, name)} 离开了。${elsewhere(list)}`,
    silent: (number: number, name: string, list: readonly number[]) =>
      `${named(number, name)} 不再响应。${elsewhere(list)}`,
    nonsense: (number: number, name: string, list: readonly number[]) =>
      `${named(number, name)} 发来的不是结果，已被请离。${elsewhere(list)}`,
    unable: (number: number, name: string) => `${named(number, name)} 启动不了训练进程。`,
    version: (number: number, name: string) => `${named(number, name)} 的页面版本不同。`,
    lied: (number: number, name: string, list: readonly number[], lie: string) =>
      `${named(number, name)} 已被请离。${lie}${elsewhere(list)}`,
  },
  lie: (network: number, claimed: string, measured: string) =>
    `它说 #${network} 的误差是 ${claimed}；在这里测得的是 ${measured}。`,
  join: {
    title: '出借这个标签页',
    lead: '有人在培育神经网络，请大家帮忙。只要这个标签页开着，它就在这台设备上训练其中几个网络，直到你离开。',
    asks: '你的设备会忙起来、会发热，电池也耗得更快。它收到的只有数字，从来没有程序；发回去的也只有数字。',
    badLink: '这个加入链接不完整。请再要一次，或重新扫码。',
    home: '去演练场',
    name: '在那边显示的名字',
    nameHelp:
      '留空的话你就是一个编号。名字会显示在对方的屏幕上，并写进这次运行的日志，日志可能会被保存和分享。',
    trainers: (count: number, cores: number) => `出借 ${cores} 个核心中的 ${count} 个`,
    lend: '出借这个标签页',
    leave: '离开',
    left: '你已离开。谢谢。',
    again: '再次出借',
    states: {
      connecting: '正在连接…',
      'no-host': '对方的屏幕此刻不在。这个标签页会等它。',
      broken: '连接断了，页面会不断重试；在此之前，这里训练出的结果都保留着。',
      'no-relay': '这个链接指向的地方没有响应。这台设备在同一个网络里吗？请要一个新链接。',
      preparing: '训练进程正在启动并接受测试…',
      over: '那次搜索已经结束。这个标签页在等下一次。',
    },
    unable: (reason: string) => `这台设备无法训练：${reason}。`,
    refused: {
      version: '这个页面与对方屏幕的版本不同。请重新载入。',
      lied: '这台设备的一个结果在那边重新测过，并不相同。它不再参加训练。',
      full: '对方屏幕能接的设备已满。还是谢谢你。',
      nonsense: '对方屏幕读不懂这个页面发去的内容。请重新载入。',
      'own-pictures': '那次搜索所用的图片留在它自己的电脑上。',
      closed: '对方屏幕已让所有设备离开。谢谢。',
    },
    lending: (backend: string, trainers: number) => `${backend}，${trainers} 个训练进程，自检通过。`,
    training: (list: readonly number[]) =>
      list.length === 0 ? '等待下一个网络。' : `正在训练 ${ids(list)}。`,
    contribution: (mine: number, all: number, devices: number) =>
      mine === 0
        ? `到目前为止，${devices} 台设备和对方的电脑共训练了 ${all} 个网络，这里还没有。`
        : `到目前为止训练的 ${all} 个网络中，有 ${mine} 个是你的。`,
    onFront: (mine: number, front: number) => `前沿上的 ${front} 个网络中有 ${mine} 个是你的。`,
    plot: (mine: number, front: number) =>
      `前沿：按参数量和误差画出的 ${front} 个网络，其中 ${mine} 个在这里训练，画成实心。`,
    axes: { x: '参数量', y: '误差' },
  },
} satisfies Reworded<typeof en.lending>;
