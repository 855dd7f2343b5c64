/**
 * predict.py, the same for every network: prepares photos by the steps that config.json lists, number for number as the
 * page does (datasets/prepare-picture.ts: float64 sums, kept as float32), and asks network.onnx by onnxruntime or, where
 * that is missing, OpenCV.
 */
export const predictPython = `#!/usr/bin/env python3
"""Says what the network beside this file sees on photos:  python3 predict.py photo.jpg [more photos] [--json]

Needs numpy, Pillow, and onnxruntime (or, in its place, OpenCV: cv2):  pip install numpy pillow onnxruntime
How a photo becomes an input is in config.json ("description"); this carries out those steps and no others.
"""

import json
import math
import os
import sys

import numpy as np
from PIL import Image, ImageOps

HERE = os.path.dirname(os.path.abspath(__file__))


def f32(values):
    return np.asarray(values, np.float32)


def half_up(value):
    """Rounds as JavaScript does."""
    return math.floor(value + 0.5)


def read(path):
    """A picture's pixels on white, turned as its EXIF says: uint8 [height, width, 3]."""
    image = ImageOps.exif_transpose(Image.open(path))
    if image.mode.startswith("I"):  # 16 bits
        image = Image.fromarray((np.asarray(image, np.float64) / 257).round().clip(0, 255).astype(np.uint8))
    image = image.convert("RGBA")
    white = Image.new("RGBA", image.size, (255, 255, 255, 255))
    return np.asarray(Image.alpha_composite(white, image))[:, :, :3]


def reduce(pixels, shorter_side):
    """Means of whole blocks; what is left over at the edges is dropped."""
    factor = max(1, min(pixels.shape[:2]) // shorter_side)
    height, width = (size // factor for size in pixels.shape[:2])
    blocks = pixels[: height * factor, : width * factor].reshape(height, factor, width, factor, 3)
    return np.floor(blocks.sum((1, 3), dtype=np.float64) / factor**2 + 0.5).astype(np.uint8)


def luma(planes):
    red, green, blue = (plane.astype(np.float64) for plane in planes)
    return f32(0.299 * red + 0.587 * green + 0.114 * blue)


def border(plane):
    """Median of the outermost pixels."""
    edge = np.ones(plane.shape, bool)
    edge[1:-1, 1:-1] = False
    values = np.sort(plane[edge])
    return float(values[len(values) >> 1])


def ink(pixels):
    """Light on black: how far each pixel's luma lies from the border's."""
    values = luma(planes_of(pixels))
    ground = border(values)
    away = ground - values.astype(np.float64) if ground > 127 else values.astype(np.float64) - ground
    return f32(np.maximum(0, away))


def planes_of(pixels):
    return [f32(pixels[:, :, c]) for c in range(3)]


def overlaps(size, count):
    """For each of count equal cells of an axis: the source cells it covers, and how much of it each fills."""
    step = size / count
    cells = []
    for i in range(count):
        start, end = i * step, (i + 1) * step
        first = math.floor(start)
        covered = range(first, math.ceil(end))
        cells.append([(min(c, size - 1), (min(end, c + 1) - max(start, c)) / step) for c in covered])
    return cells


def resample(plane, width, height):
    """Each pixel is the mean of its area."""
    lines = np.zeros((height, plane.shape[1]), np.float32)
    for y, cells in enumerate(overlaps(plane.shape[0], height)):
        for source, weight in cells:
            lines[y] = f32(lines[y].astype(np.float64) + weight * plane[source].astype(np.float64))
    result = np.zeros((height, width), np.float32)
    for x, cells in enumerate(overlaps(plane.shape[1], width)):
        total = np.zeros(height)
        for source, weight in cells:
            total += weight * lines[:, source].astype(np.float64)
        result[:, x] = total
    return result


def paste(plane, left, top, side, ground=0.0):
    result = np.full((side, side), ground, np.float32)
    height, width = plane.shape
    x0, y0, x1, y1 = max(0, left), max(0, top), min(side, left + width), min(side, top + height)
    if x0 < x1 and y0 < y1:
        result[y0:y1, x0:x1] = plane[y0 - top : y1 - top, x0 - left : x1 - left]
    return result


def box_above(values, above):
    rows, columns = np.nonzero(values > above)
    if len(rows) == 0:
        return None
    return rows.min(), rows.max() + 1, columns.min(), columns.max() + 1


def levels(values, count):
    step = 255 / (count - 1)
    return step * np.floor(np.clip(values.astype(np.float64), 0, 255) / step + 0.5)


def take(step, planes, borders):
    """One step on planes; None for a blank picture."""
    do, side = step["do"], step.get("side")
    height, width = planes[0].shape
    if do == "crop":
        grounds = borders if step["from"] == "border" else [0.0] * len(planes)
        box = box_above(
            f32(np.max([np.abs(p.astype(np.float64) - g) for p, g in zip(planes, grounds)], 0)), step["above"]
        )
        return box and [p[box[0] : box[1], box[2] : box[3]] for p in planes]
    if do == "need-content":
        return planes if box_above(np.max(planes, 0), step["above"]) else None
    if do == "crop-middle":
        size = min(width, height)
        left, top = (width - size) >> 1, (height - size) >> 1
        return [p[top : top + size, left : left + size] for p in planes]
    if do == "fit":
        scale = side / max(width, height)
        return [resample(p, max(1, half_up(width * scale)), max(1, half_up(height * scale))) for p in planes]
    if do == "resize":
        return [resample(p, side, side) for p in planes]
    if do == "stretch":
        return [f32(p.astype(np.float64) * 255 / p.max()) if p.max() > 0 else p for p in planes]
    if do == "centre":
        place = math.ceil if step["over"] == "before" else math.floor
        left, top = place((side - width) / 2), place((side - height) / 2)
        grounds = borders if step["ground"] == "border" else [0.0] * len(planes)
        return [paste(p, left, top, side, g) for p, g in zip(planes, grounds)]
    if do == "centre-mass":
        rows, columns = np.indices(planes[0].shape)

        def centred(plane):
            add = lambda values: float(np.cumsum(values.astype(np.float64).ravel())[-1])
            mass = add(plane)
            x, y = (half_up(side / 2 - add(plane.astype(np.float64) * at) / mass) for at in (columns, rows))
            return paste(plane, x, y, side)

        return [centred(p) for p in planes]
    if do == "threshold":
        return [f32(np.where(p >= step["at"], 255, 0)) for p in planes]
    if do == "gain":
        return [f32(np.clip(p.astype(np.float64) * step["by"], 0, 255)) for p in planes]
    if do == "levels":
        return [f32(levels(p, step["count"])) for p in planes]
    if do == "channels":
        if len(planes) == step["count"]:
            return planes
        return [luma(planes)] if len(planes) == 3 else planes * 3
    sys.exit(f"config.json names a step that this program does not know: {do}. Download the bundle again.")


def prepare(pixels, preparation):
    """uint8 [channels, height, width] as the network takes it; None for a blank picture."""
    planes = borders = None
    for step in preparation["steps"]:
        if step["do"] == "reduce":
            pixels = reduce(pixels, step["shorterSide"])
            continue
        if step["do"] in ("ink", "grey", "rgb"):
            planes = planes_of(pixels)
            planes = planes if step["do"] == "rgb" else [ink(pixels) if step["do"] == "ink" else luma(planes)]
            borders = [border(p) for p in planes]
            continue
        planes = take(step, planes, borders)
        if planes is None:
            return None
        if step["do"] == "channels":
            borders = [border(p) for p in planes]
    return np.stack([levels(p, preparation["levels"]) for p in planes]).astype(np.uint8)


def load(path):
    """A function from float32 [batch, channels, height, width] to probabilities [batch, classes]."""
    try:
        import onnxruntime
    except ImportError:
        onnxruntime = None
    if onnxruntime:
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        return lambda images: session.run(None, {"images": images})[0]
    try:
        import cv2
    except ImportError:
        sys.exit("Neither onnxruntime nor OpenCV is installed:  pip install onnxruntime")
    network = cv2.dnn.readNetFromONNX(path)

    def ask(images):
        network.setInput(images)
        return network.forward()

    return ask


def main(arguments):
    paths = [argument for argument in arguments if argument != "--json"]
    if not paths:
        sys.exit(__doc__)
    with open(os.path.join(HERE, "config.json"), encoding="utf-8") as file:
        description = json.load(file)["description"]
    if not description["preparation"]:
        sys.exit("How a picture becomes an input of this network is not known: prepare it by hand, see README.md.")
    ask = load(os.path.join(HERE, "network.onnx"))
    classes = description["classes"]
    for path in paths:
        try:
            image = prepare(read(path), description["preparation"])
        except OSError as error:
            sys.exit(f"{path} cannot be read as a picture: {error}")
        chances = None if image is None else ask(f32(image)[None])[0]
        if "--json" in arguments:
            answer = None if chances is None else int(np.argmax(chances))
            known = None if chances is None else [float(chance) for chance in chances]
            print(json.dumps({"file": path, "class": answer, "probabilities": known}))
        elif chances is None:
            print(f"{path}: blank, there is nothing to see on it")
        else:
            best = np.argsort(-chances)[:3]
            print(f"{path}: " + ", ".join(f"{classes[i]} {100 * chances[i]:.1f} %" for i in best))


if __name__ == "__main__":
    main(sys.argv[1:])
`;
