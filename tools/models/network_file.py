"""Turns an ONNX network into the one file that the daemon's engine loads (daemon/face/engine/README.md has the format).

What is fused here need not be understood there: batch norms go into weights and biases, a mean and a factor at the
entry into the two numbers of the header, activations and residual sums into the layer before them. Knows the operators
of MediaPipe's face detector and mesh and of SFace, and refuses everything else. 8-bit weights with a scale for each block
stay 8-bit. Deterministic: the bytes depend on the input alone (numpy's float32 arithmetic is exact to the bit here).
"""
import hashlib
import struct

import numpy as np
import onnx
from onnx import helper, numpy_helper

MAGIC, VERSION = b"KAOMONET", 2
CONVOLUTION, DEPTHWISE, MAX_POOL, FLATTEN = range(4)  # kinds of layers
NOTHING, RELU, PRELU = range(3)                       # activations
NONE = 0xFFFFFFFF                                     # no residual
DEVIATIONS = 32                                       # from the mean: beyond them no number of a face is expected


class Unsupported(Exception):
    """The network uses something that has no place in the file."""


class Blocks:
    """8-bit weights: (numbers - zero) * scale, with one scale and zero for each `size` columns of a row."""

    def __init__(self, numbers, scale, zero, size):
        self.numbers, self.scale, self.zero, self.size = numbers, scale, zero, size

    def times(self, factors):
        return Blocks(self.numbers, (self.scale * factors[:, None]).astype(np.float32), self.zero, self.size)

    def plain(self):
        block = np.arange(self.numbers.shape[1]) // self.size
        return ((self.numbers.astype(np.float32) - self.zero.astype(np.float32)[:, block]) * self.scale[:, block])


ENTRY = object()  # stands for the network's input where a layer names what it reads


class Layer:
    def __init__(self, kind, source, channels, kernel=(1, 1), stride=1, pads=(0, 0, 0, 0)):
        self.kind, self.source, self.channels = kind, source, channels
        self.kernel, self.stride, self.pads = kernel, stride, pads
        self.activation, self.residual = NOTHING, None
        self.weights = None                             # rows x columns: numpy array or Blocks
        self.bias = np.zeros(channels, np.float32)
        self.slopes = None
        self.reach = 0.0                                # what the output is at most on a face; 0: not known

    def scale(self, factors, offsets):
        """y -> y * factors + offsets, for each output channel."""
        factors = factors.astype(np.float32)
        if isinstance(self.weights, Blocks):
            self.weights = self.weights.times(factors)
        else:
            self.weights = (self.weights * factors[:, None]).astype(np.float32)
        self.bias = (self.bias * factors + offsets).astype(np.float32)


def normalisation(inputs, attributes):
    """A batch norm as y * factor + offset."""
    gamma, beta, mean, variance = (i.astype(np.float64) for i in inputs)
    factor = gamma / np.sqrt(variance + attributes["epsilon"])
    return factor, beta - mean * factor


def square(numbers, what):
    if len(set(numbers)) != 1:
        raise Unsupported(what)
    return numbers[0]


class Reader:
    """Walks the ONNX nodes in order. A value is the layer that makes it, or ENTRY."""

    def __init__(self, graph):
        self.graph = graph
        self.constants, self.blocks, self.shapes = {}, {}, {}
        for i in graph.initializer:
            self.constants[i.name] = numpy_helper.to_array(i)
        self.uses = {}
        for node in graph.node:
            for name in node.input:
                self.uses[name] = self.uses.get(name, 0) + 1
        self.values, self.affine, self.parts = {}, {}, {}
        self.factor, self.offset = 1.0, 0.0             # of the entry
        # Some files list their weights among the inputs.
        made = {o for n in graph.node for o in n.output}
        (entry,) = [i for i in graph.input if i.name in self.uses and i.name not in self.constants and i.name not in made]
        _, channels, height, width = (d.dim_value for d in entry.type.tensor_type.shape.dim)
        self.entry, self.values[entry.name] = (height, width, channels), ENTRY

    def constant(self, name):
        return self.constants[name].astype(np.float32)

    def source(self, name):
        """What a layer may read: all there, nothing left to be done to it."""
        if name in self.affine:
            raise Unsupported("a batch norm or padding that nothing takes up: " + name)
        return self.values[name]

    def open_layer(self, name):
        """The layer that makes this value, if nothing else looks at the value and nothing follows in it yet."""
        layer = self.values[name]
        if layer is ENTRY or self.uses[name] != 1 or name in self.affine:
            return None
        return layer if layer.kind in (CONVOLUTION, DEPTHWISE) and layer.activation == NOTHING else None

    def read(self):
        for node in self.graph.node:
            attributes = {a.name: helper.get_attribute_value(a) for a in node.attribute}
            method = getattr(self, "read_" + node.op_type.lower(), None)
            if method is None:
                raise Unsupported(node.op_type)
            method(node, list(node.input), node.output[0], attributes)
        return self

    # ---- constants ----
    def read_constant(self, node, inputs, output, attributes):
        self.constants[output] = numpy_helper.to_array(attributes["value"])

    def read_dequantizelinear(self, node, inputs, output, attributes):
        numbers, scale, zero = (self.constants[i] for i in inputs)
        if numbers.ndim == 1:  # a bias
            block = np.arange(numbers.size) // attributes["block_size"]
            self.constants[output] = (numbers.astype(np.float32) - zero.astype(np.float32)[block]) * scale[block]
        elif numbers.ndim == 2 and attributes["axis"] == 1 and numbers.dtype == np.int8:
            self.blocks[output] = Blocks(numbers, scale, zero, attributes["block_size"])
        else:
            raise Unsupported("quantised constant " + output)

    # ---- what computes ----
    def weights(self, name):
        """Rows x columns, and the shape as ONNX has it."""
        if name in self.blocks:
            return self.blocks[name], self.shapes.get(name, self.blocks[name].numbers.shape)
        return self.constant(name), self.constants[name].shape

    def read_conv(self, node, inputs, output, attributes):
        weights, shape = self.weights(inputs[1])
        channels, inner, *kernel = (int(n) for n in shape)
        top, left, bottom, right = attributes.get("pads", [0] * 4)
        group = attributes.get("group", 1)
        depthwise = group > 1
        if set(attributes.get("dilations", [1])) != {1} or (depthwise and (inner != 1 or group != channels)):
            raise Unsupported("dilated or grouped convolution " + output)
        layer = Layer(DEPTHWISE if depthwise else CONVOLUTION, self.source(inputs[0]), channels, tuple(kernel),
                      square(attributes["strides"], "strides of " + output), (top, left, bottom, right))
        # The file has the columns in the order of memory there: row, column, channel. One pixel needs no reordering.
        if kernel != [1, 1] and isinstance(weights, Blocks):
            weights = weights.plain()
        if not isinstance(weights, Blocks):
            weights = weights.reshape(channels, inner, *kernel).transpose(0, 2, 3, 1).reshape(channels, -1)
        layer.weights = weights
        if len(inputs) > 2:
            layer.bias = self.constant(inputs[2])
        self.values[output] = layer

    def read_gemm(self, node, inputs, output, attributes):
        weights, _ = self.weights(inputs[1])
        if attributes.get("transB") != 1 or attributes.get("alpha", 1) != 1 or attributes.get("beta", 1) != 1:
            raise Unsupported("matrix " + output)
        layer = Layer(CONVOLUTION, self.source(inputs[0]), self.constants[inputs[2]].size)
        layer.weights, layer.bias = weights, self.constant(inputs[2])
        self.values[output] = layer

    def read_maxpool(self, node, inputs, output, attributes):
        if any(attributes.get("pads", [0])):
            raise Unsupported("padded pool " + output)
        source = self.source(inputs[0])
        self.values[output] = Layer(MAX_POOL, source, source.channels, tuple(attributes["kernel_shape"]),
                                    square(attributes["strides"], "strides of " + output))

    def read_batchnormalization(self, node, inputs, output, attributes):
        factor, offset = normalisation([self.constants[i] for i in inputs[1:]], attributes)
        layer = self.open_layer(inputs[0])
        if layer:
            layer.scale(factor, offset)
            # After the norm a channel has the mean beta and the deviation gamma, over all faces of the training.
            gamma, beta = (np.abs(self.constant(i)) for i in inputs[1:3])
            layer.reach = float((beta + DEVIATIONS * gamma).max())
        else:
            self.affine[output] = (factor.astype(np.float32), offset.astype(np.float32))
        self.values[output] = self.values[inputs[0]]

    def read_flatten(self, node, inputs, output, attributes):
        channels = self.values[inputs[0]].channels
        factor, offset = self.affine.get(inputs[0], (np.ones(channels, np.float32), np.zeros(channels, np.float32)))
        layer = Layer(FLATTEN, self.values[inputs[0]], channels)
        layer.weights, layer.bias = factor.reshape(-1, 1), offset
        self.values[output] = layer

    # ---- what is fused ----
    def read_sub(self, node, inputs, output, attributes):
        self.at_entry(inputs, output, 1, -float(self.constants[inputs[1]].reshape(())))

    def read_mul(self, node, inputs, output, attributes):
        self.at_entry(inputs, output, float(self.constants[inputs[1]].reshape(())), 0)

    def at_entry(self, inputs, output, factor, offset):
        if self.values[inputs[0]] is not ENTRY:
            raise Unsupported("arithmetic at " + output)
        self.factor, self.offset = self.factor * factor, self.offset * factor + offset
        self.values[output] = ENTRY

    def read_relu(self, node, inputs, output, attributes):
        self.activate(inputs[0], output, RELU, None)

    def read_prelu(self, node, inputs, output, attributes):
        self.activate(inputs[0], output, PRELU, self.constant(inputs[1]).reshape(-1))

    def activate(self, name, output, activation, slopes):
        layer = self.open_layer(name)
        if layer is None:
            raise Unsupported("activation " + output)
        layer.activation, layer.slopes = activation, slopes
        if slopes is not None:
            layer.reach *= max(1.0, float(np.abs(slopes).max()))
        self.values[output] = self.values[name]

    def read_pad(self, node, inputs, output, attributes):
        pads = self.constants[inputs[1]].tolist()
        if pads[5] <= 0 or sum(pads) != pads[5] or attributes["mode"] != b"constant":
            raise Unsupported("padding " + output)
        self.values[output] = self.values[inputs[0]]    # a residual of fewer channels: the rest counts as zero
        self.affine[output] = None                      # and nothing else may use it

    def read_add(self, node, inputs, output, attributes):
        for one, other in (inputs[::-1], inputs):
            layer = self.open_layer(one)
            if layer and layer.residual is None and self.affine.get(other) is None:
                layer.residual = self.values[other]
                layer.reach = 0.0
                self.values[output] = layer
                return
        raise Unsupported("sum " + output)

    # ---- what only renames ----
    def read_dropout(self, node, inputs, output, attributes):
        self.rename(inputs[0], output)

    def read_transpose(self, node, inputs, output, attributes):
        if list(attributes["perm"]) != [0, 2, 3, 1]:    # to the order that memory has there anyway
            raise Unsupported("transpose " + output)
        self.rename(inputs[0], output)

    def read_reshape(self, node, inputs, output, attributes):
        if inputs[0] in self.blocks:
            self.blocks[output] = self.blocks[inputs[0]]
            self.shapes[output] = self.constants[inputs[1]]
        else:
            self.rename(inputs[0], output)

    def rename(self, name, output):
        self.values[output] = self.values[name]
        if name in self.affine:
            self.affine[output] = self.affine[name]
        self.uses[name] = self.uses.get(output, 0)

    def read_concat(self, node, inputs, output, attributes):
        self.parts[output] = [self.values[i] for i in inputs]

    def outputs(self):
        """(name, layer): a network that ends in a concatenation has its parts as outputs, name.0, name.1 and so on."""
        for output in self.graph.output:
            if output.name in self.parts:
                yield from ((f"{output.name}.{i}", value) for i, value in enumerate(self.parts[output.name]))
            else:
                yield output.name, self.values[output.name]


def number(value):
    return struct.pack("<I", value)


def floats(array):
    """Subnormal numbers become zero: they are below every rounding error here and slow where they are computed with."""
    array = np.ascontiguousarray(array, np.float32).copy()
    array[np.abs(array) < np.finfo(np.float32).tiny] = 0
    return array.astype("<f4").tobytes()


def in_order(outputs):
    """The layers, each after those it reads from. Tensor 0 is the input, tensor n + 1 comes out of layer n."""
    order = []

    def visit(layer):
        if layer not in (None, ENTRY) and layer not in order:
            visit(layer.source)
            visit(layer.residual)
            order.append(layer)

    for _, layer in outputs:
        visit(layer)
    return order


def written(layer, tensor):
    top, left, bottom, right = layer.pads
    head = b"".join(number(n) for n in (layer.kind, tensor(layer.source), layer.channels, *layer.kernel, layer.stride,
                                        top, left, bottom, right, layer.activation,
                                        NONE if layer.residual is None else tensor(layer.residual)))
    head += struct.pack("<f", layer.reach)
    if layer.kind == MAX_POOL:
        return head
    if isinstance(layer.weights, Blocks):
        blocks = layer.weights
        weights = number(blocks.size) + floats(blocks.scale) + blocks.zero.tobytes() + blocks.numbers.tobytes()
    else:
        weights = number(0) + floats(layer.weights)
    return head + weights + floats(layer.bias) + (floats(layer.slopes) if layer.activation == PRELU else b"")


def convert(data, source_digest=None):
    """Bytes of an ONNX file to bytes of a network file. `source_digest`: SHA-256 of the published file, 32 bytes."""
    reader = Reader(onnx.load_model_from_string(data).graph).read()
    height, width, channels = reader.entry
    outputs = list(reader.outputs())
    layers = in_order(outputs)

    def tensor(layer):
        return 0 if layer is ENTRY else layers.index(layer) + 1

    result = [MAGIC, number(VERSION), source_digest or hashlib.sha256(data).digest(),
              number(height), number(width), number(channels), struct.pack("<ff", reader.factor, reader.offset),
              number(len(layers)), number(len(outputs))]
    result += [written(layer, tensor) for layer in layers]
    for name, layer in outputs:
        result += [number(tensor(layer)), number(len(name)), name.encode()]
    return b"".join(result)
