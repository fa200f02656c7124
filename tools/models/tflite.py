"""Reads a TensorFlow Lite model file: tensors, their constants, and the operators in order.

A TFLite file is a FlatBuffer. Only the fields named below are read; their numbers are the field positions of
schema.fbs, version 3, of TensorFlow Lite.
"""
from dataclasses import dataclass

import numpy as np
from flatbuffers import encode
from flatbuffers import number_types as kinds
from flatbuffers.table import Table

ELEMENTS = {0: np.float32, 1: np.float16, 2: np.int32}  # schema.fbs TensorType, what the models use
OPERATORS = {0: "add", 2: "concatenate", 3: "convolution", 4: "depthwise_convolution", 6: "dequantize",
             17: "max_pool", 19: "relu", 22: "reshape", 34: "pad", 54: "prelu"}  # schema.fbs BuiltinOperator


class Unsupported(Exception):
    """The model uses something that is not read here."""


class Fields:
    """One FlatBuffer table."""

    def __init__(self, buffer, position):
        self.table = Table(buffer, position)

    def _at(self, number):
        return self.table.Offset(4 + 2 * number)

    def number(self, field, kind=kinds.Int32Flags, default=0):
        offset = self._at(field)
        return self.table.Get(kind, offset + self.table.Pos) if offset else default

    def text(self, field):
        offset = self._at(field)
        return self.table.String(offset + self.table.Pos).decode() if offset else ""

    def numbers(self, field, element):
        offset = self._at(field)
        if not offset:
            return np.zeros(0, element)
        return np.frombuffer(self.table.Bytes, element, self.table.VectorLen(offset), self.table.Vector(offset))

    def child(self, field):
        offset = self._at(field)
        return Fields(self.table.Bytes, self.table.Indirect(offset + self.table.Pos)) if offset else None

    def children(self, field):
        offset = self._at(field)
        if not offset:
            return []
        start = self.table.Vector(offset)
        return [Fields(self.table.Bytes, self.table.Indirect(start + 4 * i))
                for i in range(self.table.VectorLen(offset))]


@dataclass
class Tensor:
    name: str
    shape: list      # NHWC
    constant: object  # numpy array, or None for what is computed


@dataclass
class Operator:
    name: str
    inputs: list     # tensor numbers
    output: int
    options: Fields  # meaning depends on the operator; may be None


@dataclass
class Model:
    tensors: list
    operators: list
    inputs: list
    outputs: list


def read(data):
    """The one subgraph of a model file given as bytes."""
    buffer = bytearray(data)
    if buffer[4:8] != b"TFL3":
        raise Unsupported("not a TensorFlow Lite file")
    root = Fields(buffer, encode.Get(kinds.UOffsetTFlags.packer_type, buffer, 0))
    codes = [max(code.number(0, kinds.Int8Flags), code.number(3)) for code in root.children(1)]
    graphs, buffers = root.children(2), root.children(4)
    if len(graphs) != 1:
        raise Unsupported(f"{len(graphs)} subgraphs")

    def tensor(fields):
        shape = fields.numbers(0, np.int32).tolist()
        raw = buffers[fields.number(2, kinds.Uint32Flags)].numbers(0, np.uint8)
        element = ELEMENTS.get(fields.number(1, kinds.Int8Flags))
        if raw.size and (element is None or fields.child(6) is not None):
            raise Unsupported("tensor " + fields.text(3))
        return Tensor(fields.text(3), shape, raw.view(element).reshape(shape) if raw.size else None)

    def operator(fields):
        code = codes[fields.number(0, kinds.Uint32Flags)]
        outputs = fields.numbers(2, np.int32).tolist()
        if code not in OPERATORS or len(outputs) != 1:
            raise Unsupported(f"operator {code}")
        return Operator(OPERATORS[code], fields.numbers(1, np.int32).tolist(), outputs[0], fields.child(4))

    graph = graphs[0]
    return Model([tensor(t) for t in graph.children(0)], [operator(o) for o in graph.children(3)],
                 graph.numbers(1, np.int32).tolist(), graph.numbers(2, np.int32).tolist())
