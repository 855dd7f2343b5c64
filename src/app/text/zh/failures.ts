import { readFailure, type DecodingProblem, type Failure, type FailureCode } from '../../../core/failure.ts';
import type * as en from '../en/failures.ts';
import { say } from '../say.ts';

const decoding: Readonly<Record<DecodingProblem, string>> = {
  'not-gzip': '它的压缩格式不对',
  'wrong-length': '它的像素数不对',
  'unknown-label': '它有一个标签不属于任何类别',
  'invalid-network': '它不含有效的网络',
};

/** Words for every code, without a full stop: the place may put them into a sentence. The compiler finds a missing one. */
const sentences: {
  readonly [C in FailureCode]: (failure: Extract<Failure, { readonly code: C }>) => string;
} = {
  aborted: () => '已被停止',
  diverged: () => '发散',
  'not-prepared': () => '还没有准备好就要它作答',
  'no-second-dataset': () => '没有第二数据集',
  'no-trainer-left': () => '没有剩下的训练进程',
  'trainer-silent': () => '它的训练进程不再响应',
  'worker-closed': () => '它的工作线程无声地结束了',
  'worker-silent': () => '它的工作线程不再应答',
  'message-unreadable': () => '无法读懂训练进程的一条消息',
  'stored-run-unreadable': () => '无法读取保存的搜索',
  'run-open-elsewhere': () => '这次运行正在另一个标签页中继续',
  'run-taken-over': () => '这次运行已转到另一个标签页中继续',
  'weights-not-here': () => '这个网络的权重不在这个浏览器里',
  'weights-of-front-only': () => '录像只带有前沿的权重',
  'inference-time-not-measured': () => '在这台设备上测不出推理时间',
  'no-storage': () => '无法读取图片：这个浏览器不给网页存储空间',
  'pictures-elsewhere': () => '这次搜索的图片不在这个浏览器里：请在“数据集”的“自己的图片”里打开它们',
  'blank-picture': () => '这张图片上还什么都没有',
  'picture-unreadable': () => '这个文件不是浏览器能读取的图片。',
  'canvas-noise': () =>
    '这个浏览器为防指纹识别，读回的手绘和图片只是噪声：请在地址栏旁允许本站读取画布数据，然后重新加载页面。',
  'no-webgpu': () => '这个浏览器没有可用的 WebGPU 适配器',
  'no-webgl': () => '这个浏览器在这里没有 WebGL 2',
  'no-webassembly': () => '这个浏览器没有 WebAssembly',
  'no-simd': () => '这个浏览器的 WebAssembly 没有向量指令（SIMD）',
  'no-tanh-network': () => '这里没有可用的 tanh 网络',
  superseded: () => '正在读取别的图片',
  exception: ({ detail }) => `发生了意外错误（${detail}）`,
  'device-lost': ({ detail }) => `图形设备丢失（${detail}）`,
  'out-of-gpu-memory': ({ detail }) => `图形设备的内存不够（${detail}）`,
  'gpu-error': ({ detail }) => `图形设备报告错误（${detail}）`,
  'worker-crashed': ({ detail }) => (detail ? `它的工作进程崩溃了（${detail}）` : '它的工作进程崩溃了'),
  'illegal-morphism': ({ detail }) => `它的算子序列中有一步无法施加（${detail}）`,
  'emulated-gpu': ({ detail }) => `${detail} 由处理器模拟：wasm 更快`,
  'backend-not-started': ({ detail }) => `计算后端 ${detail} 没有启动`,
  'trainer-died': ({ cause }) => `它的训练进程接连停止：${describeFailure(cause)}`,
  'trainer-not-started': ({ cause }) => `没有一个训练进程能启动：${describeFailure(cause)}`,
  'plan-refused': ({ cause }) => `无法使用编译好的计算步骤：${describeFailure(cause)}`,
  'every-start-failed': ({ cause }) => `所有起始网络都失败了：${describeFailure(cause)}`,
  extinct: ({ cause }) => `没有剩下可以继续的网络：${describeFailure(cause)}`,
  'self-test': ({ difference }) => `自检：与已知的数值相差 ${difference.toPrecision(2)}`,
  slower: ({ imagesPerSecond, taken }) =>
    `在这里测得它每秒训练 ${Math.round(imagesPerSecond)} 张图像，而所采用的为 ${Math.round(taken)} 张`,
  'no-backend': ({ tried }) =>
    tried.map(({ kind, reason }) => `${kind}：${describeFailure(reason)}`).join('；'),
  'weights-missing': ({ network }) => `网络 ${network} 的权重不在这里`,
  'load-stopped': ({ path }) => `${path} 的加载已停止`,
  offline: ({ path, detail }) => `无法加载 ${path}：这台设备好像离线了（${detail}）`,
  'file-missing': ({ path, status }) => `网站上缺少文件 ${path}（HTTP 状态码 ${status}）`,
  'connection-broke': ({ path, detail }) => `加载 ${path} 时连接断了（${detail}）`,
  'file-unreadable': ({ path, detail }) => `无法读取文件 ${path}（${detail}）`,
  'file-length': ({ path, bytes, expected }) => `文件 ${path} 有 ${bytes} 个字节，而应有 ${expected} 个`,
  'file-changed': ({ path }) => `文件 ${path} 与构建网站时的不同：校验和不一致`,
  'file-undecodable': ({ path, problem }) => `无法解码文件 ${path}：${decoding[problem]}`,
  'class-count': ({ count, most }) => `需要 2 到 ${most} 个图片类别；现在有 ${count} 个`,
  'class-too-small': ({ name, count, least }) =>
    `类别“${name}”有 ${count} 张不同的图片；至少需要 ${least} 张`,
};

/** A failure in words; the place that shows it may put them into a sentence of its own. */
export const describeFailure: typeof en.describeFailure = <F extends Failure>(failure: F) => {
  return say(sentences[failure.code], failure);
};

/** What a log or a run file keeps of a failure, in words; a sentence of an older file as it is. */
export const describeKept: typeof en.describeKept = (text) => {
  const failure = readFailure(text);
  return failure ? describeFailure(failure) : text;
};
