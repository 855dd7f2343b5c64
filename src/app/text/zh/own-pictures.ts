import type * as en from '../en/own-pictures.ts';
import type { Reworded } from '../reworded.ts';

/** Words of the sheet of own pictures; fetched with it. */
export const ownPictures = {
  intro: '带来两个或更多类别的图片，例如猫和狗。图片在这里读取，保存在这个浏览器里，不会发送到任何地方。',
  folder: '选择文件夹',
  files: '选择文件',
  orDrop: '或者把它们拖到这个页面上。',
  filesHelp:
    '每个类别一个文件夹的文件夹或 ZIP（train 和 test 文件夹会分开保留），或者公开的数据集：MNIST 那样的 IDX、CIFAR、NPZ、像素的 CSV。',
  byHand: '一次一个类别：文件、摄像头、手绘',
  className: '类别名称',
  nameFirst: '先给类别起名',
  addClass: '添加它的图片',
  pasteHelp: '也可以粘贴复制的图片。',
  camera: '摄像头',
  hold: (name: string) => `按住，拍摄 ${name}`,
  otherCamera: '另一个摄像头',
  taken: (count: number) => `${count} 张图片`,
  cameraAgain: '再试一次',
  cameraProblems: {
    insecure: '浏览器只在 https 或本机的页面上提供摄像头。请那样打开本页，或者添加图片文件。',
    denied: '没有允许使用摄像头。请为本网站允许它（地址旁边），再试一次，或者添加图片文件。',
    none: '没有找到摄像头。请接上一个再试，或者添加图片文件。',
    busy: '摄像头没有回应；可能有别的程序在用它。请关闭那个程序，再试一次。',
    ended: '摄像头被拔掉或收回了。请接上再试。',
  },
  draw: '手绘',
  drawFirst: '先画点什么',
  addDrawing: (name: string) => `加入 ${name}`,
  drawn: (count: number) => `${count} 幅画`,
  opening: '正在打开…',
  title: '名称',
  untitled: '我的图片',
  size: '大小',
  sizes: (side: number) => `${side}×${side} 像素`,
  colour: '颜色',
  colours: { 1: '灰度', 3: '彩色' },
  fit: '形状',
  fits: { crop: '中间的正方形', border: '整张，加边框' },
  sizeHelp: '每张图片都缩到这么小。越小，训练越快。',
  reading: (done: string, all: string) => `正在读取，${done} / ${all}`,
  counts: (train: string, test: string, classes: number) =>
    `${train} 张图片用来学习（其中五分之一用来验证），${test} 张留到最后测试一次，${classes} 个类别。`,
  coarse: (points: string) =>
    `图片很少：一张验证图片就是 ${points} 个百分点的错误率，所以小的差异没有多大意义。`,
  seen: '网络将看到的样子',
  renameClass: (name: string) => `类别 ${name} 的名称`,
  removeClass: (name: string) => `不用 ${name}`,
  takeBack: (name: string) => `重新使用 ${name}`,
  back: '重新使用',
  joined: (name: string) => `并入 ${name}`,
  unread: {
    undecodable: (count: number, first: string) =>
      count === 1
        ? `${first} 无法作为图片读取，已略去。`
        : `${count} 个文件无法作为图片读取，已略去，第一个是 ${first}。`,
    heic: (count: number, first: string) =>
      `${count} 张 HEIC 照片已略去（第一张是 ${first}）：这个浏览器读不了。请存成 JPEG（iPhone：设置、相机、格式、兼容性最佳）。`,
    tiff: (count: number, first: string) =>
      `${count} 张 TIFF 图片已略去（第一张是 ${first}）：这个浏览器读不了。请存成 PNG。`,
    raw: (count: number, first: string) =>
      `${count} 张 RAW 照片已略去（第一张是 ${first}）：没有浏览器能读。请存成 JPEG。`,
    encrypted: (count: number, first: string) =>
      `${count} 个文件有密码（第一个是 ${first}）。请先解压，再选择文件夹。`,
    damaged: (count: number, first: string) =>
      `${count} 个文件损坏或不完整（第一个是 ${first}）。请重新获取。`,
    'too-large': (count: number, first: string) =>
      `${count} 个文件对浏览器标签页来说太大（第一个是 ${first}）。请解压后选择一部分。`,
    nested: (count: number, first: string) =>
      `${count} 个文件压缩得太深，压缩包里还有压缩包（第一个是 ${first}）。请先解压。`,
    'no-labels': (count: number, first: string) =>
      `${count} 个文件没有标签（第一个是 ${first}）。请连同标签文件一起选择。`,
    'not-pixels': (count: number, first: string) =>
      `${count} 个文件里没有本页认识的图像（第一个是 ${first}）。CSV 的一行是一个标签和一个正方形的像素，0 到 255。`,
  },
  parts: (train: string, validation: string, test: string) =>
    `按原来的划分：${train} 张用来学习，${validation === '0' ? '' : `${validation} 张用来验证，`}${test} 张用来测试。`,
  notes: {
    nearEmpty: (name: string, count: number, others: number) =>
      `${name} 只有 ${count} 张图片${others > 0 ? `，另有 ${others} 个类别也很少` : ''}：几乎不够学习。`,
    imbalanced: (most: string, least: string) => `${most} 的图片是 ${least} 的许多倍，回答会偏向它。`,
    tiny: (count: number, side: number) => `${count} 张图片比这个大小还小（${side} 像素）：放大没有用处。`,
    dark: '所有图片几乎全黑：也许是 12 位存成了 16 位。',
    flat: (count: number) => `${count} 张图片只有一种颜色。`,
    twoClasses: (count: number) => `${count} 张图片同时属于两个类别。`,
    grey: '所有图片都是灰度的：一个通道就够了，训练也更快。',
  },
  mend: {
    'near-empty': (name: string) => `不用 ${name}`,
    imbalanced: (each: string) => `每类取 ${each} 张`,
    tiny: '改用更小的大小',
    dark: '调亮',
    flat: '不用它们',
    'two-classes': '不用它们',
    grey: '改成灰度',
  },
  duplicates: (count: number) => `${count} 张图片出现了两次，只用一次。`,
  classless: (count: number) => `${count} 张图片不在任何类别的文件夹里，已略去。`,
  nothing:
    '那里没有找到属于某个类别的图片。每个类别都要有自己的文件夹；零散的图片请在上面的“一次一个类别”里添加。',
  tooMany: (count: string, most: string) => `共有 ${count} 张图片；只取前 ${most} 张，各类别均匀。`,
  notYet: '这些图片还不成数据集',
  startOver: '重新开始',
  use: '用这些图片搜索',
  kept: '在这个浏览器里',
  keptFacts: (count: string, classes: number, size: string) => `${count} 张图片，${classes} 个类别，${size}`,
  choose: '使用',
  megabytes: (megabytes: string) => `${megabytes} MB`,
  packed: (title: string) => `把 ${title} 的图片存成 ZIP，交给别人`,
  packing: '正在打包…',
  notPacked: (title: string) => `${title} 无法打包：它的图片已不在这个浏览器里。`,
  renamed: (title: string) => `重命名 ${title}`,
  remove: '删除',
  removeWithRuns: (count: number) => `连同 ${count} 次搜索一起删除`,
  keepIt: '保留',
  sure: (title: string, runs: number) =>
    runs === 0
      ? `从这个浏览器删除 ${title}？`
      : `从这个浏览器删除 ${title}？有 ${runs} 次保存的搜索用它学习，之后就不能继续了。`,
  inUse: (title: string) => `${title} 已保留：这里或另一个标签页里有搜索正在用它学习。请先结束那次搜索。`,
  removed: (title: string) => `删除 ${title}`,
  failed: {
    full: '这个浏览器已没有空间存放这些图片。请在“分享”里删除保存的搜索，或者少用一些图片。',
    unavailable: '这个浏览器不给网页存储空间（是无痕窗口吗？），所以无法把图片存下来供后台使用。',
    blocked: '另一个标签页里旧版本的页面占用着浏览器的存储。请关闭它，再试一次。',
    failed: '浏览器没能保存这些图片。请再试一次。',
  },
} satisfies Reworded<typeof en.ownPictures>;
