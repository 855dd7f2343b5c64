#!/usr/bin/env python3
"""Reads the networks of a LEMONADE run file (public/run.schema.json) with numpy alone.

    python3 read_run.py run.json               lists the networks that the file holds weights of
    python3 read_run.py run.json 12 out.npz    writes network 12: its tensors, and its graph as JSON under "architecture"

A kernel is [k, k, in, out], a depthwise kernel [k, k, in, 1], a head's [in, classes]. A block is convolution (same
padding), batch normalisation (epsilon 1e-3), ReLU; an "add" is lambda * first + (1 - lambda) * second, lambda clipped to
[0, 1]; the head is the mean over all pixels, then kernel and bias. An input is (pixel / 255 - mean) / deviation, with the
mean and deviation of "dataset.input". mean1 and variance1 are the statistics of a second head.
"""

import base64
import json
import sys

import numpy as np


def layout(nodes):
    """(name, shape) of every tensor, in the order of the numbers: learned ones, then statistics, head by head."""
    channels, learned, statistics = {}, [], [[], []]
    heads = sum(node["kind"] == "head" for node in nodes)
    for node in nodes:
        kind, name, inputs = node["kind"], node["id"], [channels[i] for i in node["inputs"]]
        into, size, out = (inputs or [0])[0], node.get("kernelSize"), node.get("filters")
        if kind == "conv":
            learned += [(f"{name}.kernel", (size, size, into, out))]
        if kind == "sepConv":
            learned += [(f"{name}.depthwise", (size, size, into, 1)), (f"{name}.pointwise", (1, 1, into, out))]
        if kind in ("conv", "sepConv"):
            learned += [(f"{name}.gamma", (out,)), (f"{name}.beta", (out,))]
            for head, suffix in enumerate(["", "1"][:heads]):
                statistics[head] += [(f"{name}.mean{suffix}", (out,)), (f"{name}.variance{suffix}", (out,))]
        if kind == "add":
            learned += [(f"{name}.lambda", ())]
        if kind == "head":
            learned += [(f"{name}.kernel", (into, node["classes"])), (f"{name}.bias", (node["classes"],))]
        channels[name] = node.get("channels") or out or (sum(inputs) if kind == "concat" else into)
    return learned + statistics[0] + statistics[1]


def read(path):
    """{id: (nodes, {tensor name: array})} of every network that the file holds weights of, and the file."""
    with open(path, encoding="utf-8") as file:
        run = json.load(file)
    networks = {}
    for entry in run.get("weights", []):
        if "architecture" not in entry:
            sys.exit("This file is of an older page: open it in LEMONADE Playground and save it again, with weights.")
        nodes = entry["architecture"]["nodes"]
        numbers = np.frombuffer(base64.b64decode(entry["float32"]), "<f4")
        tensors = layout(nodes)
        ends = np.cumsum([int(np.prod(shape)) for _, shape in tensors])
        assert ends[-1] == len(numbers), f"network {entry['network']}: {len(numbers)} numbers, not {ends[-1]}"
        parts = np.split(numbers, ends[:-1])
        networks[entry["network"]] = nodes, {n: p.reshape(s) for (n, s), p in zip(tensors, parts)}
    return networks, run


if __name__ == "__main__":
    if len(sys.argv) not in (2, 4):
        sys.exit(__doc__)
    found, run = read(sys.argv[1])
    if len(sys.argv) == 4:
        nodes, tensors = found[int(sys.argv[2])]
        np.savez(sys.argv[3], architecture=json.dumps({"nodes": nodes}), **tensors)
    for network in run["networks"] if len(sys.argv) == 2 else []:
        if network["id"] in found:
            print(network["id"], json.dumps(network["objectives"]), "front" if network["onFront"] else "")
