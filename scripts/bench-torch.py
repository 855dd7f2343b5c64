"""Times training steps of the benchmark's networks in PyTorch: eager, and as a CUDA graph where there is a GPU.

With {"core": true}: on one thread of the processor, in both layouts of memory, by processor time.

Reads {"seconds", "core", "networks": [{"name", "batch", "architecture", "sibling"}]} from stdin, an architecture being a list
of nodes as in src/core/architecture/types.ts; writes {"device", "rows"} to stdout. float32 without TF32, SGD with
momentum, one fixed batch on the device: what the other engines of test/bench do.
"""

import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
torch.backends.cuda.matmul.allow_tf32 = False
torch.backends.cudnn.allow_tf32 = False
torch.backends.cudnn.benchmark = True


def synchronise():
    if DEVICE.type == "cuda":
        torch.cuda.synchronize()


class Network(nn.Module):
    def __init__(self, nodes):
        super().__init__()
        self.nodes = nodes
        self.layers = nn.ModuleDict()
        self.lambdas = nn.ParameterDict()
        channels = {}
        for node in nodes:
            inputs = [channels[name] for name in node["inputs"]]
            name, kind = node["id"], node["kind"]
            if kind == "input":
                channels[name] = node["channels"]
                continue
            channels[name] = sum(inputs) if kind == "concat" else inputs[0]
            if kind in ("conv", "sepConv"):
                channels[name] = node["filters"]
                self.layers[name] = block(kind, inputs[0], node["filters"], node["kernelSize"])
            elif kind == "add":
                self.lambdas[name] = nn.Parameter(torch.tensor(0.5))
            elif kind == "head":
                self.layers[name] = nn.Linear(inputs[0], node["classes"])

    def forward(self, images):
        outputs = {}
        for node in self.nodes:
            name, kind = node["id"], node["kind"]
            inputs = [outputs[source] for source in node["inputs"]]
            if kind == "input":
                outputs[name] = images
            elif kind in ("conv", "sepConv"):
                outputs[name] = self.layers[name](inputs[0])
            elif kind == "maxPool":
                outputs[name] = F.max_pool2d(inputs[0], 2)
            elif kind == "add":
                share = self.lambdas[name]
                outputs[name] = inputs[0] * share + inputs[1] * (1 - share)
            elif kind == "concat":
                outputs[name] = torch.cat(inputs, 1)
            elif kind == "head":
                return self.layers[name](inputs[0].mean((2, 3)))
            else:
                raise ValueError(f"unknown node {kind}")
        raise ValueError("no head")


def block(kind, inputs, filters, size):
    same = {"padding": size // 2, "bias": False}
    if kind == "conv":
        convolutions = [nn.Conv2d(inputs, filters, size, **same)]
    else:
        deep = nn.Conv2d(inputs, inputs, size, groups=inputs, **same)
        convolutions = [deep, nn.Conv2d(inputs, filters, 1, bias=False)]
    return nn.Sequential(*convolutions, nn.BatchNorm2d(filters), nn.ReLU())


def eager_step(nodes, batch, layout=torch.contiguous_format):
    torch.manual_seed(1)
    shape = nodes[0]
    images = torch.randn(batch, shape["channels"], shape["height"], shape["width"], device=DEVICE).contiguous(memory_format=layout)
    labels = torch.randint(nodes[-1]["classes"], (batch,), device=DEVICE)
    network = Network(nodes).to(DEVICE).to(memory_format=layout).train()
    optimiser = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9)

    def step():
        optimiser.zero_grad(set_to_none=True)
        F.cross_entropy(network(images), labels).backward()
        optimiser.step()

    return step


def graph_step(nodes, batch):
    step = eager_step(nodes, batch)
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(3):
            step()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        step()
    return graph.replay


def measure(make, network, seconds):
    """One row; `hostMilliseconds` is what a step costs the processor that issues it."""
    batch = network["batch"]
    if DEVICE.type == "cuda":
        torch.cuda.reset_peak_memory_stats()
    step = make(network["architecture"], batch)
    for _ in range(3):
        step()
    synchronise()
    steps, host, count = 0, 0.0, 1
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        issued = time.perf_counter()
        for _ in range(count):
            step()
        host += time.perf_counter() - issued
        synchronise()
        steps += count
        count = min(1024, 2 * count)
    elapsed = time.perf_counter() - began
    peak = torch.cuda.max_memory_allocated() if DEVICE.type == "cuda" else None
    born = time.perf_counter()
    make(network["sibling"], batch)()
    synchronise()
    return {
        "network": network["name"],
        "batch": batch,
        "steps": steps,
        "stepsPerSecond": steps / elapsed,
        "hostMilliseconds": 1000 * host / steps,
        "firstStepMilliseconds": 1000 * (time.perf_counter() - born),
        "bytes": peak,
    }


def measure_core(layout, network, seconds):
    step = eager_step(network["architecture"], network["batch"], layout)
    for _ in range(20):
        step()
    steps, began = 0, time.process_time()
    while time.process_time() - began < seconds:
        step()
        steps += 1
    used = time.process_time() - began
    return {"network": network["name"], "batch": network["batch"], "imagesPerCoreSecond": steps * network["batch"] / used}


def core(request):
    torch.set_num_threads(1)
    layouts = {"torch": torch.contiguous_format, "torch channels last": torch.channels_last}
    rows = [
        {"engine": engine, **measure_core(layout, network, request["seconds"])}
        for network in request["networks"]
        for engine, layout in layouts.items()
    ]
    json.dump({"device": f"one thread, torch {torch.__version__}", "rows": rows}, sys.stdout)


def main():
    request = json.load(sys.stdin)
    if request.get("core"):
        core(request)
        return
    engines = {"torch eager": eager_step}
    if DEVICE.type == "cuda":
        engines["torch graph"] = graph_step
    rows = []
    for network in request["networks"]:
        for engine, make in engines.items():
            rows.append({"engine": engine, **measure(make, network, request["seconds"])})
    device = torch.cuda.get_device_name() if DEVICE.type == "cuda" else "the processor"
    json.dump({"device": f"{device}, torch {torch.__version__}", "rows": rows}, sys.stdout)


main()
