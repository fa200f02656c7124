"""Folds a block-quantised ONNX model (int8 weights behind DequantizeLinear, opset 21) to plain 32-bit floats, opset 11.

OpenCV 4.6 knows neither DequantizeLinear with a block size nor half-precision weights. Only constants are folded:
what the network computes stays as it is. Deterministic: the same input and versions give the same bytes.
"""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET, IR_VERSION = 11, 6
# Attributes of newer operator sets; each has the meaning of opset 11 at the value these models carry.
NEWER_ATTRIBUTES = {"allowzero", "training_mode"}


def dequantize(weights, scale, zero, axis, block):
    """(weights - zero) * scale, with one scale for everything, for each index of `axis`, or for each `block` of it."""
    if block:
        everywhere = np.arange(weights.shape[axis]) // block
        scale, zero = scale.take(everywhere, axis), zero.take(everywhere, axis)
    elif scale.size > 1:
        shape = [1] * weights.ndim
        shape[axis] = -1
        scale, zero = scale.reshape(shape), zero.reshape(shape)
    return ((weights.astype(np.float32) - zero.astype(np.float32)) * scale).astype(np.float32)


def folded(node, inputs, attributes):
    """The constant a node computes from constants, or None for a node that has to stay."""
    if node.op_type == "Constant":
        return numpy_helper.to_array(attributes["value"])
    if any(i is None for i in inputs):
        return None
    if node.op_type == "DequantizeLinear":
        weights, scale, *zero = inputs
        return dequantize(weights, scale, zero[0] if zero else np.zeros_like(scale), attributes.get("axis", 1),
                          attributes.get("block_size", 0))
    if node.op_type == "Reshape":
        return inputs[0].reshape(inputs[1].tolist())
    return None


def convert(data):
    """Bytes of the quantised file to bytes of the plain one."""
    graph = onnx.load_model_from_string(data).graph
    constants = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    same_as, nodes = {}, []
    for node in graph.node:
        names = [same_as.get(i, i) for i in node.input]
        attributes = {a.name: helper.get_attribute_value(a) for a in node.attribute}
        if node.op_type in ("Dropout", "Identity"):  # nothing happens here at inference
            same_as[node.output[0]] = names[0]
            continue
        value = folded(node, [constants.get(n) for n in names], attributes)
        if value is not None:
            constants[node.output[0]] = value
            continue
        attributes = {k: v for k, v in attributes.items() if k not in NEWER_ATTRIBUTES}
        nodes.append(helper.make_node(node.op_type, names, list(node.output), name=node.output[0], **attributes))

    used = dict.fromkeys(i for n in nodes for i in n.input)  # in order of first use
    number = TensorProto.FLOAT

    def declared(value):
        shape = [d.dim_value for d in value.type.tensor_type.shape.dim]
        return helper.make_tensor_value_info(value.name, number, shape)

    # The file lists folded weights among its inputs; the real input is the one that is no constant.
    entries = [declared(i) for i in graph.input if i.name in used and i.name not in constants]
    weights = [numpy_helper.from_array(np.ascontiguousarray(constants[n]), n) for n in used if n in constants]
    result = helper.make_model(
        helper.make_graph(nodes, "model", entries, [declared(o) for o in graph.output], weights),
        opset_imports=[helper.make_opsetid("", OPSET)], producer_name="kaomon")
    result.ir_version = IR_VERSION
    onnx.checker.check_model(result)
    return result.SerializeToString(deterministic=True)
