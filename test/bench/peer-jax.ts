import {
  blockUntilReady,
  defaultDevice,
  init,
  jit,
  lax,
  nn,
  numpy as np,
  valueAndGrad,
  type Array as JaxArray,
} from '@jax-js/jax';
import type { Architecture } from '../../src/core/architecture/types.ts';
import { layoutOf, tensorKey } from '../../src/core/architecture/weights.ts';
import { seeded } from '../../src/core/random.ts';
import { batchPlan, pixelTable, stepImages, stepTargets } from '../../src/engine/batches.ts';
import { batchNormEpsilon } from '../../src/engine/engine.ts';
import { initialWeights } from '../../src/engine/initial-weights.ts';
import { benchImages, type Library } from './trainee.ts';

type Tree = Record<string, JaxArray>;

/** jax-js: the step, SGD with momentum included, as one jitted function. Images [n, c, h, w], kernels [o, i, h, w]. */
export async function jaxLibrary(): Promise<Library> {
  const devices = await init('webgpu');
  if (!devices.includes('webgpu')) throw new Error('jax-js has no webgpu here');
  defaultDevice('webgpu');
  return async (architecture, batch) => {
    const data = benchImages(architecture, batch);
    const plan = batchPlan('bench', data.count, batch, batch, 'none');
    const { height, width, channels } = data;
    const flat = np.array(Float32Array.from(stepImages(data, pixelTable(data), plan, 0)));
    const images = np.transpose(flat.reshape([batch, height, width, channels]), [0, 3, 1, 2]);
    const targets = np.array(Float32Array.from(stepTargets(data, plan, 0, 10, null))).reshape([batch, 10]);
    let parameters = startingTree(architecture);
    let momenta: Tree = {};
    for (const [key, value] of Object.entries(parameters)) momenta[key] = np.zerosLike(value.ref);
    const step = jit((weights: Tree, moments: Tree, x: JaxArray, y: JaxArray) => {
      const [loss, gradients] = valueAndGrad((tree: Tree, a: JaxArray, b: JaxArray) =>
        lossOf(architecture, tree, a, b),
      )(refs(weights), x, y);
      const [moved, velocities]: [Tree, Tree] = [{}, {}];
      for (const key of Object.keys(weights)) {
        const velocity = moments[key]!.mul(0.9).add((gradients as Tree)[key]!);
        moved[key] = weights[key]!.sub(velocity.ref.mul(0.01));
        velocities[key] = velocity;
      }
      return [moved, velocities, loss] as [Tree, Tree, JaxArray];
    });
    return {
      run: async (steps) => {
        let scripted = 0;
        let loss: JaxArray | null = null;
        for (let i = 0; i < steps; i++) {
          const began = performance.now();
          loss?.dispose();
          [parameters, momenta, loss] = step(parameters, momenta, images.ref, targets.ref) as [
            Tree,
            Tree,
            JaxArray,
          ];
          scripted += performance.now() - began;
        }
        if (loss) {
          await blockUntilReady(loss.ref);
          const [value] = await loss.data();
          if (!Number.isFinite(value)) throw new Error('jax-js: the loss is not finite');
        }
        return scripted;
      },
      dispose: () => {
        for (const array of [...Object.values(parameters), ...Object.values(momenta), images, targets]) {
          array.dispose();
        }
      },
    };
  };
}

const refs = (tree: Tree): Tree =>
  Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, value.ref]));

function startingTree(architecture: Architecture): Tree {
  const weights = initialWeights(architecture, seeded('weights'));
  const tree: Tree = {};
  for (const slot of layoutOf(architecture).slots) {
    if (!slot.trainable) continue;
    const array = np.array(weights.slice(slot.offset, slot.offset + slot.length));
    const [a = 1, b = 1, c = 1, d = 1] = slot.shape;
    const shaped = array.reshape(
      slot.shape.length === 1 && slot.name !== 'bias' ? [1, a, 1, 1] : [...slot.shape],
    );
    const key = tensorKey(slot);
    if (slot.name === 'depthwise') tree[key] = np.transpose(shaped.reshape([a, b, c, d]), [2, 3, 0, 1]);
    else if (slot.shape.length === 4) tree[key] = np.transpose(shaped, [3, 2, 0, 1]);
    else tree[key] = shaped;
  }
  return tree;
}

function lossOf(architecture: Architecture, tree: Tree, images: JaxArray, targets: JaxArray): JaxArray {
  const outputs = new Map<string, JaxArray>();
  let loss: JaxArray | null = null;
  for (const node of architecture.nodes) {
    const get = (name: string) => tree[`${node.id}/${name}`]!.ref;
    const inputs = node.inputs.map((id) => outputs.get(id)!.ref);
    const x = inputs[0]!;
    switch (node.kind) {
      case 'input':
        outputs.set(node.id, images);
        break;
      case 'conv':
        outputs.set(
          node.id,
          normalised(lax.conv(x, get('kernel'), [1, 1], 'SAME'), get('gamma'), get('beta')),
        );
        break;
      case 'sepConv': {
        const featureGroupCount = x.shape[1]!;
        const deep = lax.convGeneralDilated(x, get('depthwise'), [1, 1], 'SAME', { featureGroupCount });
        const z = lax.conv(deep, get('pointwise'), [1, 1], 'SAME');
        outputs.set(node.id, normalised(z, get('gamma'), get('beta')));
        break;
      }
      case 'maxPool': {
        const [n = 1, c = 1, h = 2, w = 2] = x.shape;
        outputs.set(node.id, np.max(x.reshape([n, c, h / 2, 2, w / 2, 2]), [3, 5]));
        break;
      }
      case 'add': {
        const skip = inputs[1]!;
        const lambda = get('lambda');
        outputs.set(node.id, x.mul(lambda.ref).add(skip.mul(np.subtract(1, lambda))));
        break;
      }
      case 'concat':
        outputs.set(node.id, np.concatenate(inputs, 1));
        break;
      case 'head': {
        const logits = np.matmul(np.mean(x, [2, 3]), get('kernel')).add(get('bias'));
        const batch = logits.shape[0]!;
        loss = np.sum(nn.logSoftmax(logits, 1).mul(targets)).mul(-1 / batch);
        break;
      }
    }
  }
  return loss!;
}

function normalised(z: JaxArray, gamma: JaxArray, beta: JaxArray): JaxArray {
  const axes = [0, 2, 3];
  const centred = z.ref.sub(np.mean(z, axes, { keepdims: true }));
  const variance = np.mean(np.square(centred.ref), axes, { keepdims: true });
  const standard = centred.mul(np.reciprocal(np.sqrt(variance.add(batchNormEpsilon))));
  return nn.relu(standard.mul(gamma).add(beta));
}
