"""Turns a TensorFlow Lite model (NHWC) into an ONNX file (NCHW, opset 11) that OpenCV 4.6 reads.

Knows the ten operators of MediaPipe's face detector and face mesh and refuses everything else. The names of the
model's outputs are kept. Deterministic: the same input and the same versions of numpy, onnx and protobuf give the
same bytes.
"""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

import tflite
from flatbuffers import number_types as kinds

OPSET, IR_VERSION = 11, 6


class Value:
    """A computed tensor: its ONNX name, its shape as TFLite sees it (NHWC), and whether memory is NCHW."""

    def __init__(self, name, shape, channels_first=True):
        self.name, self.shape, self.channels_first = name, list(shape), channels_first


class Graph:
    def __init__(self):
        self.nodes, self.constants, self.used = [], [], 0

    def constant(self, array):
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, kind, inputs, **attributes):
        name = f"t{self.used}"
        self.used += 1
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, **attributes))
        return name


def padding(size, kernel, stride, same):
    """TFLite's padding of one axis: (before, after, output size)."""
    if not same:
        return 0, 0, (size - kernel) // stride + 1
    output = -(-size // stride)
    total = max((output - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2, output


def window(options, kernel, size, strides):
    """ONNX attributes of a sliding window over `size` (height, width) and the size of what comes out."""
    same = options.number(0, kinds.Int8Flags) == 0
    top, bottom, height = padding(size[0], kernel[0], strides[0], same)
    left, right, width = padding(size[1], kernel[1], strides[1], same)
    return dict(kernel_shape=list(kernel), strides=list(strides), pads=[top, left, bottom, right]), (height, width)


def without_activation(options, field):
    if options is not None and options.number(field, kinds.Int8Flags) != 0:
        raise tflite.Unsupported("an activation inside another operator")


def convolution(graph, x, weights, bias, options, depthwise):
    strides = options.number(2), options.number(1)  # file order is width, height
    dilations = (5, 6) if depthwise else (4, 5)
    without_activation(options, 4 if depthwise else 3)
    if any(options.number(f, default=1) != 1 for f in dilations) or (depthwise and options.number(3) != 1):
        raise tflite.Unsupported("dilation or depth multiplier")
    kernel = weights.shape[1:3]
    attributes, size = window(options, kernel, x.shape[1:3], strides)
    # TFLite keeps OHWI, and 1HWO for depthwise; ONNX wants OIHW with I = 1 for depthwise
    order = (3, 0, 1, 2) if depthwise else (0, 3, 1, 2)
    weights = weights.transpose(order).astype(np.float32)
    name = graph.node("Conv", [x.name, graph.constant(weights), graph.constant(bias.astype(np.float32))],
                      dilations=[1, 1], group=x.shape[3] if depthwise else 1, **attributes)
    return Value(name, [1, *size, weights.shape[0]])


def max_pool(graph, x, options):
    without_activation(options, 5)
    kernel, strides = (options.number(4), options.number(3)), (options.number(2), options.number(1))
    attributes, size = window(options, kernel, x.shape[1:3], strides)
    return Value(graph.node("MaxPool", [x.name], **attributes), [1, *size, x.shape[3]])


def pad(graph, x, amounts):
    before, after = ([row[i] for row in amounts.tolist()] for i in (0, 1))
    order = (0, 3, 1, 2)
    pads = np.array([before[i] for i in order] + [after[i] for i in order], np.int64)
    shape = [size + b + a for size, b, a in zip(x.shape, before, after)]
    return Value(graph.node("Pad", [x.name, graph.constant(pads)], mode="constant"), shape)


def reshape(graph, x, shape):
    # The numbers must come in NHWC order before they are read as another shape.
    name = graph.node("Transpose", [x.name], perm=[0, 2, 3, 1]) if x.channels_first else x.name
    return Value(graph.node("Reshape", [name, graph.constant(np.array(shape, np.int64))]), shape, False)


def translate(graph, model, operator, values):
    inputs = [values.get(i) for i in operator.inputs]
    x, options = inputs[0], operator.options
    if operator.name == "dequantize":
        return x.astype(np.float32)  # half-precision weights
    if operator.name in ("convolution", "depthwise_convolution"):
        return convolution(graph, *inputs, options, operator.name == "depthwise_convolution")
    if operator.name == "max_pool":
        return max_pool(graph, x, options)
    if operator.name == "pad":
        return pad(graph, x, inputs[1])
    if operator.name == "relu":
        return Value(graph.node("Relu", [x.name]), x.shape, x.channels_first)
    if operator.name == "prelu":
        slope = graph.constant(inputs[1].astype(np.float32).reshape(-1, 1, 1))
        return Value(graph.node("PRelu", [x.name, slope]), x.shape)
    if operator.name == "add":
        without_activation(options, 0)
        return Value(graph.node("Add", [i.name for i in inputs]), x.shape)
    if operator.name == "reshape":
        return reshape(graph, x, model.tensors[operator.output].shape)
    if operator.name == "concatenate" and not any(i.channels_first for i in inputs):
        name = graph.node("Concat", [i.name for i in inputs], axis=options.number(0))
        return Value(name, model.tensors[operator.output].shape, False)
    raise tflite.Unsupported(operator.name)


def convert(data):
    """Bytes of a .tflite file to bytes of an .onnx file."""
    model = tflite.read(data)
    graph = Graph()
    values = {i: t.constant for i, t in enumerate(model.tensors) if t.constant is not None}
    (entry,) = model.inputs
    shape = model.tensors[entry].shape
    values[entry] = Value("input", shape)
    for operator in model.operators:
        result = translate(graph, model, operator, values)
        if isinstance(result, Value) and result.shape != model.tensors[operator.output].shape:
            raise tflite.Unsupported(f"shape {result.shape} of {operator.name}")
        values[operator.output] = result

    names = {values[o].name: model.tensors[o].name for o in model.outputs}
    for node in graph.nodes:
        node.input[:] = [names.get(n, n) for n in node.input]
        node.output[:] = [names.get(n, n) for n in node.output]
    number = TensorProto.FLOAT
    outputs = []
    for o in model.outputs:
        value = values[o]
        order = (0, 3, 1, 2) if value.channels_first else range(len(value.shape))
        outputs.append(helper.make_tensor_value_info(model.tensors[o].name, number, [value.shape[i] for i in order]))
    entry_info = helper.make_tensor_value_info("input", number, [shape[i] for i in (0, 3, 1, 2)])
    result = helper.make_model(helper.make_graph(graph.nodes, "model", [entry_info], outputs, graph.constants),
                               opset_imports=[helper.make_opsetid("", OPSET)], producer_name="kaomon")
    result.ir_version = IR_VERSION
    onnx.checker.check_model(result)
    return result.SerializeToString(deterministic=True)
