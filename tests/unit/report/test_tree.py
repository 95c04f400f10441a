"""The tree of stages: layers, edges, and nothing on top of anything else."""

import xml.etree.ElementTree as ET

import pytest

from realpolitik.report.tree import Entry, Node, layers, tree


def node(*parents: str, end: bool = False, title: str = "A stage") -> Node:
    return Node(
        title, "if it holds", 0.5, (Entry("passed", "50 %", 0.5), Entry("a name that is long", "1")), parents, end
    )


NODES = {
    "a": node(),
    "b": node("a"),
    "c": node("a"),
    "d": node("a", "c"),
    "e": node("d", title="A title that goes on for much longer than any box is wide, and then some more"),
    "x": node("e", end=True),
    "y": node(end=True),
    "z": node("b", end=True),
}


def test_a_stage_lies_below_those_it_needs() -> None:
    assert layers({"d": ("a", "c"), "c": ("a",), "a": ()}) == {"a": 0, "c": 1, "d": 2}


@pytest.mark.parametrize("most", [None, 1, 2])
def test_boxes_do_not_overlap(most: int | None) -> None:
    picture = ET.fromstring(tree(NODES, most).markup)
    boxes = [
        tuple(float(one.get(key, 0)) for key in ("x", "y", "width", "height"))
        for one in picture.iter()
        if one.get("class") in ("box", "box end")
    ]
    assert len(boxes) == len(NODES)
    for index, (x, y, width, height) in enumerate(boxes):
        for left, top, wide, tall in boxes[index + 1 :]:
            assert x + width <= left or left + wide <= x or y + height <= top or top + tall <= y
    assert max(x + width for x, _, width, _ in boxes) <= float(picture.get("width", 0))


def test_there_is_an_edge_for_every_need() -> None:
    picture = ET.fromstring(tree(NODES).markup)
    edges = [one for one in picture.iter() if one.get("class") == "edge"]
    assert len(edges) == sum(len(one.parents) for one in NODES.values())


@pytest.mark.parametrize(
    ("name", "text", "beside"),
    [("passed", "50 % ± 2", True), ("90 % interval", "0.0 % to 10.1 %", False), ("a name that is long", "1", False)],
)
def test_a_number_stands_beside_its_name_only_where_both_fit(name: str, text: str, beside: bool) -> None:
    box = Node("A stage", "", 1.0, (Entry(name, text),), ())
    height = {
        str(one.text): float(one.get("y", 0))
        for one in ET.fromstring(tree({"a": box}).markup).iter()
        if str(one.get("class")).startswith("entry")
    }
    assert (height[name] == height[text]) is beside
