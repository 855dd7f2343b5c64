"""One consumer of exported networks:  consumers.py CONSUMER FOLDER CASE...

Reads FOLDER/CASE (written by check-exports.ts) and prints one JSON line a case: its largest difference from
expected.json, or why there is none. Prints {"missing": ...} and ends where what it needs is not installed.
"""

import importlib.util
import json
import os
import struct
import sys
import types

import numpy as np


def safetensors_of(path):
    """Tensors of a safetensors file: for machines without that package."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    header.pop("__metadata__")
    return {
        name: np.frombuffer(data[slice(*entry["data_offsets"])], "<f4").reshape(entry["shape"]).copy()
        for name, entry in header.items()
    }


def with_safetensors(wrap):
    """Gives the generated code a `safetensors` to import where there is none."""
    if importlib.util.find_spec("safetensors"):
        return ""
    load = lambda path: {name: wrap(value) for name, value in safetensors_of(path).items()}
    for name in ("safetensors", "safetensors.torch", "safetensors.numpy"):
        sys.modules[name] = types.ModuleType(name)
        sys.modules[name].load_file = load
    return ", weights read by a reader of its own"


def module_of(path):
    spec = importlib.util.spec_from_file_location("network", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def checker():
    import onnx

    def check(folder, _):
        model = onnx.load(f"{folder}/network.onnx")
        onnx.checker.check_model(model, full_check=True)
        keys = {entry.key for entry in model.metadata_props}
        wanted = {"Image.BitmapPixelFormat", "Image.NominalPixelRange", "classes", "lemonade.description"}
        if wanted - keys:
            raise ValueError(f"no metadata {wanted - keys}")
        return None

    return f"onnx {onnx.__version__} checker", check


def onnxruntime():
    import onnxruntime as ort

    def ask(folder, images):
        session = ort.InferenceSession(f"{folder}/network.onnx", providers=["CPUExecutionProvider"])
        return session.run(None, {"images": images.transpose(0, 3, 1, 2).copy()})[0]

    return f"ONNX Runtime {ort.__version__} (Python)", ask


def opencv():
    import cv2

    def ask(folder, images):
        network = cv2.dnn.readNetFromONNX(f"{folder}/network.onnx")
        network.setInput(images.transpose(0, 3, 1, 2).copy())
        return network.forward()

    return f"OpenCV {cv2.__version__} dnn", ask


def pytorch():
    import torch

    note = with_safetensors(torch.from_numpy)

    def ask(folder, images):
        code = module_of(f"{folder}/pytorch.py")
        network = code.load(code.Network(), f"{folder}/network.safetensors")
        with torch.no_grad():
            logits = network(torch.from_numpy(images.transpose(0, 3, 1, 2).copy()))
        return torch.softmax(logits, 1).numpy()

    return f"PyTorch {torch.__version__}{note}", ask


def keras():
    if not os.environ.get("KERAS_BACKEND"):
        found = [name for name in ("tensorflow", "torch", "jax") if importlib.util.find_spec(name)]
        if not found:
            raise ImportError("a backend of Keras")
        os.environ["KERAS_BACKEND"] = found[0]
    import keras as library

    note = with_safetensors(lambda value: value)

    def ask(folder, images):
        code = module_of(f"{folder}/keras.py")
        model = code.load(code.build(), f"{folder}/network.safetensors")
        return np.asarray(library.ops.convert_to_numpy(model(images)))

    return f"Keras {library.__version__} on {library.backend.backend()}{note}", ask


consumers = {"checker": checker, "onnxruntime": onnxruntime, "opencv": opencv, "pytorch": pytorch, "keras": keras}


def main(consumer, root, cases):
    try:
        title, ask = consumers[consumer]()
    except ImportError as error:
        print(json.dumps({"missing": error.name or str(error)}))
        return
    print(json.dumps({"title": title}), flush=True)
    for case in cases:
        folder = os.path.join(root, case)
        with open(f"{folder}/expected.json", encoding="utf-8") as file:
            wanted = json.load(file)
        images = np.fromfile(f"{folder}/pixels.bin", "<f4").reshape(wanted["shape"])
        try:
            answer = ask(folder, images)
            difference = 0 if answer is None else float(np.abs(answer - np.array(wanted["probabilities"])).max())
            print(json.dumps({"case": case, "difference": difference}), flush=True)
        except Exception as error:
            print(json.dumps({"case": case, "problem": f"{type(error).__name__}: {error}"[:300]}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
