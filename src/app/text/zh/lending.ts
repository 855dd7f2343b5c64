import type * as en from '../en/lending.ts';
import type { Reworded } from '../reworded.ts';

const named = (number: number, name: string) => (name === '' ? `设备 ${number}` : name);
const ids = (list: readonly number[]) => list.map((id) => `#${id}`).join('、');
const elsewhere = (list: readonly number[]) => (list.length === 0 ? '' : `${ids(list)} 改由别处训练。`);

export const lending = {
  button: '设备',
  title: '一起训练的设备',
  lead: '其他设备打开一个链接，就把自己的处理器或显卡借给这次搜索。搜索还是同一次搜索：种子相同，不管由谁训练，最后的前沿都一样。',
  travels:
    '设备之间只传权重、设置和结果；不管走哪条路，都用一把只写在链接里的密钥加密。数据集的图片由每台设备自己载入。',
  ownPictures: '你自己的图片留在这台电脑上，没有它们，别的设备无法训练。请选一个本站自带的数据集。',
  notLive: '请先开始一次自己的搜索：录像里没有可训练的东西。',
  invite: '邀请设备',
  inviteHelp: (host: string) => `“邀请设备”只向本页的来处 ${host} 请求中继，不联系别处。`,
  close: '让所有设备离开',
  states: {
    connecting: '正在连接中继…',
    open: '房间已打开。',
    broken:
      '中继不再响应，页面会不断重试。有直连线路的设备继续训练；其他设备正在训练的网络会再等一会儿，然后改在这里训练。',
    'no-relay':
      '这个页面所在的地方没有中继，链接连不过来。请在教室里的一台电脑上运行 “npm run relay”，再打开它给出的地址；或者用配对码逐台连接。',
    codes: '不用中继，用配对码连接设备。',
    'no-webrtc': '这个浏览器不能与其他设备直连（WebRTC）。请换一个浏览器打开本页，或者使用中继。',
  },
  pair: {
    button: '用配对码连接',
    help: '不用中继，一次连接一台设备：这个屏幕显示一个码，设备用另一个码回答。两台设备要在同一个网络里；不会向任何别处发出请求。',
    offer: '给下一台设备的码',
    offerHelp: '用那台设备扫描它，或者把链接发过去。每台设备用一个新的码。',
    copyLink: '复制链接',
    making: '正在生成码…',
    answer: '设备的回答',
    answerLabel: '设备上显示的码',
    take: '收下这个码',
    nothing: '请先粘贴一个码',
    film: '用摄像头读取',
    filmHelp: '请把对方屏幕上的码对准摄像头。',
    said: {
      connecting: '码已收下，正在连接…',
      connected: '设备已连上。可以配对下一台了。',
      unreached: '连不上那台设备；它可能在另一个网络里，或者网络不让设备互相连接。请用上面的新码再配对一次。',
      'no-address': '这个浏览器不向其他设备给出本网络里的地址。请把这台电脑连到网络，或者使用中继。',
    },
    faults: {
      none: '这不是本页的码。请在设备上重新复制。',
      damaged: '这个码不完整或已损坏。请在设备上重新完整地复制。',
      version: '那台设备的页面版本不同。请在两边重新载入页面。',
      own: '这是本屏幕自己的码。请收下设备上显示的那个。',
      outdated: '它回答的是一个已不再显示的码。请用设备扫描上面的码。',
    },
    names:
      '浏览器把自己的地址写成随机的名字，只有同一个网络里的设备才能查到。访客网络常常不让设备互相连接，那时只有中继管用。',
  },
  ways: { direct: '直连', relay: '经由中继' },
  lends: '改为把这个标签页借给另一个屏幕',
  thisComputerOnly:
    '这个地址只能在这台电脑上用。要让别人加入，请运行 “npm run relay -- --host 0.0.0.0”，再打开它给出的地址。',
  link: '加入链接',
  linkHelp: '有这个链接的人都能加入；它只对这个房间有效。',
  copy: '复制加入链接',
  here: (count: number) => (count === 0 ? '还没有设备加入。' : `有 ${count} 台设备在这里。`),
  rate: (all: string, own: string) =>
    `自第一台设备加入以来每分钟 ${all} 个子网络，其中 ${own} 个由这台电脑训练。`,
  code: '下面这段文字的二维码',
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
    relayed: (number: number, name: string) => `与 ${named(number, name)} 的直连断了，它改经中继继续。`,
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
    connects: (host: string) =>
      `它会连到本页的来处 ${host} 的中继；网络允许时，再与对方屏幕直连。不会向任何别处发出请求。`,
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
      'line-lost': '直连断了。这里训练出的结果都保留着：请从对方屏幕再取一个新的码。',
      'not-opened': '对方屏幕没有及时收下这个码。请从那里再取一个新的码。',
      'no-webrtc': '这个浏览器不能与其他设备直连（WebRTC）。请换一个浏览器打开这个链接。',
      'no-address': '这个浏览器不向其他设备给出本网络里的地址。请把这台设备连到对方屏幕所在的网络。',
      'both-impatient': '两个 Firefox 等不到人把码送过去。请换一个浏览器打开这个链接。',
    },
    ways: { direct: '已与对方屏幕直连。', relay: '已经由对方的中继连上。' },
    noDirect: '这个浏览器不能与其他设备直连（WebRTC），数据都经由中继传送。',
    answer: '给对方屏幕的码',
    answerHelp: '请让对方屏幕收下这个码：用它的摄像头读取，或者发过去粘贴。请让这个标签页开着。',
    copyAnswer: '复制这个码',
    paste: '对方屏幕的码或链接',
    pasteHelp: '在对方屏幕上：设备，然后“用配对码连接”。',
    pasteTake: '收下这个码',
    codeFaults: {
      none: '这不是本页的码。请在对方屏幕上重新复制。',
      damaged: '这个码不完整或已损坏。请在对方屏幕上重新完整地复制。',
      version: '对方屏幕的页面版本不同。请在两边重新载入页面。',
      answer: '这是一台设备的回答。请取对方屏幕在“用配对码连接”下显示的码。',
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
