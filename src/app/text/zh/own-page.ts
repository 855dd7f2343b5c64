import type * as en from '../en/own-page.ts';
import type { Reworded } from '../reworded.ts';

/** Words of the page and the script that a network is exported as. */
export const ownPage = {
  title: (set: string) => `识别“${set}”的网络`,
  by: (name: string) => `${name}，由 LEMONADE 长成：一种寻找又小又准的网络的搜索。`,
  draw: '在画板上画，或者给它一张图片。它就在这台设备上回答。',
  give: '给它一张图片。它就在这台设备上回答。',
  dropHere: '把图片拖到这里、粘贴，或者打开文件',
  answer: '它的回答',
  answerFor: (set: string) => `它对“${set}”的回答`,
  samples: '或者选一张它没有学过的：',
  sample: (n: number) => `图片 ${n}`,
  sees: '网络看到的图像',
  waits: '它在等一张图片。',
  took: (milliseconds: string) => `用时 ${milliseconds} ms`,
  says: (answer: string, share: string) => `${answer}，把握 ${share}。`,
  pen: (down: boolean, column: string, row: string) =>
    `画笔已${down ? '落下' : '提起'}，28 列中的第 ${column} 列，28 行中的第 ${row} 行`,
  cameraProblems: {
    insecure:
      '这个浏览器不把摄像头借给从文件打开的页面。请改为打开一张图片，或者用 Chrome、Edge 或 Firefox 打开这个文件。',
    denied: '没有允许使用摄像头。请为这个文件允许它（地址旁边），再试一次，或者打开一张图片。',
    none: '没有找到摄像头。请接上一个再试，或者打开一张图片。',
    busy: '摄像头没有回应；可能有别的程序在用它。请关闭那个程序，再试一次。',
    ended: '摄像头被拔掉或收回了。请接上再试。',
  },
  canvasNoise: '这个浏览器为防指纹识别，读回的手绘和图片只是噪声。请用别的浏览器打开这个文件。',
  card: '这个网络',
  facts: {
    parameters: '参数',
    weights: '权重',
    multiplyAdds: '每张图像的乘加次数',
    validation: '验证图像上的错误率',
    test: '测试图像上的错误率',
    finished: '搜索之后补充训练的图像数',
    secondError: '第二个输出头的错误率',
    dataset: '学自',
  },
  grew: '它是怎样长成的',
  carried:
    '一切都在这个文件里：权重、运行它们的代码，以及图片的预处理。它不读取网络上的任何东西，图片也不会离开这台设备。',
  noScript: '这个页面用 JavaScript 计算，而这里关闭了它。请保存文件，再用浏览器打开。',
  script: {
    usage: '请指定图片：node predict.mjs picture.png',
    blank: '{file}：这张图片上什么都没有。',
    missing: '{file}：没有这个文件。',
    interlaced: '{file} 是隔行扫描的 PNG。请保存为不隔行的。',
    damaged: '{file} 已损坏或不完整。请重新保存这张图片。',
    convert: '{file} 不是 PNG。请转换为 PNG，或者在这个脚本旁安装 sharp 包（npm install sharp）。',
  },
} satisfies Reworded<typeof en.ownPage>;
