"""The network of a weights file as an ONNX graph that reads one token after those it has read, for the benchmark.

It uses what exported language models use in ONNX Runtime: GroupQueryAttention, which turns queries and keys and keeps
what it has read, SimplifiedLayerNormalization, and Gemm, whose constant weights are packed once.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from minigpt import gpt

KINDS = {"f": TensorProto.FLOAT, "q": TensorProto.INT64, "i": TensorProto.INT32}


def value(name, kind, *shape):
    """An input or output of the graph."""
    return helper.make_tensor_value_info(name, KINDS[kind], shape)


def export(weights, config):
    """Bytes of a model: token [1], held and total [1] (times read before, and with this one), keys.<l> and values.<l>
    [1, H, T, D] give logits [1, V] and new.keys.<l>, new.values.<l>."""
    cosine, sine = gpt.angles(config, 0, config.context)
    held = weights | {"ones": np.ones(config.width, np.float32), "cosine": cosine, "sine": sine}
    held["row"] = np.array([1, 1, -1], np.int64)
    held["flat"] = np.array([1, config.width], np.int64)
    nodes = [helper.make_node("Gather", ["embedding", "token"], ["x0"])]
    heads, size = config.heads, config.width // config.heads
    inputs, outputs = [value("token", "q", 1), value("held", "i", 1), value("total", "i")], []
    for layer in range(config.layers):
        nodes += block(layer, heads)
        for part in ("keys", "values"):
            inputs.append(value(f"{part}.{layer}", "f", 1, heads, "past", size))
            outputs.append(value(f"new.{part}.{layer}", "f", 1, heads, "all", size))
    nodes += [norm(f"x{config.layers}", "final"), product("final", "embedding", "logits")]
    outputs.insert(0, value("logits", "f", 1, config.vocabulary))
    constants = [numpy_helper.from_array(np.ascontiguousarray(array), name) for name, array in held.items()]
    graph = helper.make_graph(nodes, "minigpt", inputs, outputs, constants)
    imports = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=imports, ir_version=10).SerializeToString()


def norm(x, y):
    """Divide a row by its root mean square."""
    return helper.make_node("SimplifiedLayerNormalization", [x, "ones"], [y], epsilon=gpt.EPSILON, axis=-1)


def product(x, weight, y):
    """y = x Wᵀ."""
    return helper.make_node("Gemm", [x, weight], [y], transB=1)


def block(layer, heads):
    """The nodes from the residual stream before a layer, x<layer>, to that behind it."""
    here = f"layers.{layer}."
    past, new = ([f"{which}{part}.{layer}" for part in ("keys", "values")] for which in ("", "new."))
    return [
        norm(f"x{layer}", here + "h"),
        product(here + "h", here + "attention.qkv", here + "qkv"),
        helper.make_node("Reshape", [here + "qkv", "row"], [here + "packed"]),
        helper.make_node("GroupQueryAttention", [here + "packed", "", "", *past, "held", "total", "cosine", "sine"],
                         [here + "o", *new], domain="com.microsoft", num_heads=heads, kv_num_heads=heads, do_rotary=1),
        helper.make_node("Reshape", [here + "o", "flat"], [here + "mixed"]),
        product(here + "mixed", here + "attention.out", here + "y"),
        helper.make_node("Add", [f"x{layer}", here + "y"], [here + "x"]),
        norm(here + "x", here + "g"),
        product(here + "g", here + "mlp.up", here + "u"),
        helper.make_node("Relu", [here + "u"], [here + "fired"]),
        helper.make_node("Mul", [here + "fired", here + "fired"], [here + "squared"]),
        product(here + "squared", here + "mlp.down", here + "z"),
        helper.make_node("Add", [here + "x", here + "z"], [f"x{layer + 1}"]),
    ]


def check(data):
    """Raise where the graph is not well formed."""
    onnx.checker.check_model(onnx.load_from_string(data))
