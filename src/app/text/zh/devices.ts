import type * as en from '../en/devices.ts';
import type { Reworded } from '../reworded.ts';

export const devices = {
  title: '用于微控制器和手机',
  kinds: { c: 'C 头文件（int8）', tflite: 'TFLite（浮点）', tfliteInt8: 'TFLite（int8）' },
  help: {
    c: '一个 C99 文件，含权重和运行它的函数，只用整数，不用堆内存',
    tflite: '用于 LiteRT（原名 TensorFlow Lite）',
    tfliteInt8: '大小约为四分之一，也可用于微控制器版的 LiteRT',
  },
  calibrated: 'int8 把每个数舍入到 8 位，尺度由训练图像确定。第一次下载时会测出这样做的代价，并显示在这里。',
  calibrating: '正在校准和测量…',
  size: (flash: string, ram: string, multiplyAdds: string) =>
    `用 int8 时占闪存 ${flash}、内存 ${ram}，每张图像 ${multiplyAdds} 次乘加。`,
  loss: (error: string, before: string, images: string) =>
    `在 ${images} 张它没有学过的图像上，int8 错 ${error}，float32 错 ${before}。`,
  tfliteLoss: (error: string) => `TFLite 连回答也舍入，错 ${error}。`,
  fits: (targets: string) => `放得进${targets}。`,
  fitsNone: (least: string) => `放不进${least}。`,
  target: (flash: string, ram: string) => `闪存 ${flash}、内存 ${ram} 的芯片`,
  headOf: (head: number) => `第 ${head} 个输出头：`,
} satisfies Reworded<typeof en.devices>;
