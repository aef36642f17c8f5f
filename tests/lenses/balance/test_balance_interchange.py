from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.lenses.balance.graphs import from_graph, to_graph
from foedus.lenses.balance.interchange import edges, ties, writing, xml_edges
from foedus.lenses.balance.interchange.ties import TieTable
from foedus.lenses.balance.network import Network, NetworkError
from foedus.lenses.cells import TableError, bytes_of, rows_of

PUBLISHED = Path(__file__).parents[2] / "published" / "balance"
HEAD = "source,target,sign,weight,date\n"
Pairs = list[tuple[str, str, int, float]]


def listed(text: str) -> TieTable:
    return edges.table_of(rows_of(text.encode(), "x.csv"))


def marked(text: str) -> TieTable:
    return xml_edges.table_of(text.encode(), "x.xml")


def pairs_of(network: Network) -> Pairs:
    names = network.actors
    told = zip(network.ends.tolist(), network.signs.tolist(), network.weights.tolist(), strict=True)
    return sorted((*sorted((names[a], names[b])), sign, w) for (a, b), sign, w in told)  # type: ignore[misc]


def graphml(edges: str, nodes: str = '<node id="a"/><node id="b"/><node id="c"/>') -> str:
    keys = "".join(
        f'<key id="{k}" for="edge" attr.name="{k}" attr.type="string"/>'
        for k in ("sign", "weight", "date")
    )
    return f"<graphml>\n{keys}<graph>{nodes}\n{edges}</graph></graphml>"


@st.composite
def networks(draw: st.DrawFn) -> Network:
    letters = st.characters(exclude_categories=["C", "Z"], exclude_characters="\u2028\u2029")
    words = st.text(letters, min_size=1, max_size=6)
    names = draw(st.lists(words, min_size=2, max_size=7, unique=True))
    every = [(a, b) for b in range(len(names)) for a in range(b)]
    chosen = draw(st.lists(st.sampled_from(every), min_size=1, unique=True))
    signs = draw(st.lists(st.sampled_from([1, -1]), min_size=len(chosen), max_size=len(chosen)))
    weight = st.floats(1e-6, 1e6) | st.integers(1, 9).map(float)
    weights = draw(st.lists(weight, min_size=len(chosen), max_size=len(chosen)))
    ends = np.array(sorted(chosen), np.int64)
    return Network(tuple(names), ends, np.array(signs), np.array(weights))


def test_published_lists_are_read_whole() -> None:
    for path in [PUBLISHED / "tribes.csv", *sorted((PUBLISHED / "cow").glob("*.csv"))[:4]]:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        network = edges.table_of(rows_of(bytes_of(path), str(path))).network()
        told = sorted((*sorted((r["source"], r["target"])), int(r["sign"]), 1.0) for r in rows)
        assert pairs_of(network) == told


@given(networks())
def test_what_is_written_is_read_back_as_it_was(network: Network) -> None:
    strained = [bool(e % 2) for e in range(network.ties)]
    camps = [None, *range(network.size - 1)]
    for table in (
        listed(writing.edge_list(network, {"strained": strained})),
        marked(writing.graphml(network, {"camp": camps}, {"strained": strained})),
        marked(writing.gexf(network, {"camp": camps}, {"strained": strained})),
        from_graph(to_graph(network, {"camp": camps}, {"strained": strained})),
    ):
        assert set(table.actors) == set(network.actors)
        assert pairs_of(table.network()) == pairs_of(network)


@pytest.mark.parametrize("kind", ["graphml", "gexf"])
@given(network=networks())
def test_networkx_reads_what_is_written_and_writes_what_is_read(
    kind: str, network: Network
) -> None:
    read: Callable[..., nx.Graph[str]] = getattr(nx, f"read_{kind}")
    write: Callable[..., None] = getattr(nx, f"write_{kind}")
    text = getattr(writing, kind)(network, None, {"strained": [True] * network.ties})
    graph = read(io.BytesIO(text.encode()))
    label = nx.get_node_attributes(graph, "label")
    told = [
        (*sorted((label[a], label[b])), int(d["sign"]), float(d["weight"]), d["strained"])
        for a, b, d in graph.edges(data=True)
    ]
    assert sorted(told) == [(*pair, True) for pair in pairs_of(network)]
    out = io.BytesIO()
    write(to_graph(network), out)
    again = xml_edges.table_of(out.getvalue(), "x")
    assert pairs_of(again.network()) == pairs_of(network)


def test_an_edge_list_may_come_in_many_forms() -> None:
    same = [("a", "b", 1, 1.0), ("b", "c", -1, 2.0)]
    for text in (
        "source,target,sign,weight\na,b,1,\nb,c,-1,2\n",
        "Weight;TO;note;From;SIGN\n1;b;x;a;+\n2;c;y;b;-\n",
        "from\tto\tweight\na\tb\t1\nb\tc\t-2\n",
        "\ufefffrom,to,sign,weight\r\na,b,1.0,1\r\nc,b,−,2\r\n",
    ):
        assert pairs_of(listed(text).network()) == same
    assert listed("from,to,sign\na,b,1\nloner,,\n").network().actors == ("loner", "a", "b")


def test_names_are_kept_as_they_are() -> None:
    text = 'source,target,sign\n"Smith, J.",[red]<b>x</b>,1\n'
    assert listed(text).actors == ("Smith, J.", "[red]<b>x</b>")


def test_a_tie_holds_till_the_pairs_next() -> None:
    table = listed(
        HEAD + "a,b,1,,2014\nb,c,-1,2,\nb,a,-,,2015-03\na,c,1,,2015-03-02\nc,a,0,,2016\n"
    )
    assert table.dates == ("2014", "2015-03", "2015-03-02", "2016")
    assert pairs_of(table.network("2014-06")) == [("a", "b", 1, 1.0), ("b", "c", -1, 2.0)]
    # a month is over with its last day
    held = [("a", "b", -1, 1.0), ("a", "c", 1, 1.0), ("b", "c", -1, 2.0)]
    assert pairs_of(table.network("2015-03")) == held
    assert pairs_of(table.network()) == [("a", "b", -1, 1.0), ("b", "c", -1, 2.0)]
    assert table.date_of("2015") == "2015-03-02"
    assert table.date_of(None) == "2016"


def test_a_snapshot_is_a_whole_network() -> None:
    table = listed(HEAD + "a,b,1,,2014\nb,c,-1,2,2015\nd,c,0,,2015\n")
    assert pairs_of(table.network("2014", "snapshots")) == [("a", "b", 1, 1.0)]
    network = table.network(None, "snapshots")
    assert pairs_of(network) == [("b", "c", -1, 2.0)]
    assert network.actors == ("b", "c")
    mixed = listed(HEAD + "a,b,1,,2014\nb,c,-1,2,\n")
    with pytest.raises(NetworkError, match="every tie needs a date"):
        mixed.network(None, "snapshots")


@pytest.mark.parametrize(
    ("asked", "said"),
    [("2013", "as early as 2013; the first is of 2014"), ("May", "should be a date"),
     ("2014-13", "should be a date")],
)  # fmt: skip
def test_dates_there_are_not(asked: str, said: str) -> None:
    with pytest.raises(NetworkError, match=said):
        listed(HEAD + "a,b,1,,2014\n").network(asked)
    with pytest.raises(NetworkError, match="no tie has a date"):
        listed(HEAD + "a,b,1,,\n").network("2014")


def test_the_time_after_the_last_tie_ended_is_refused() -> None:
    with pytest.raises(NetworkError, match="nobody is tied to anybody in 2015"):
        listed(HEAD + "a,b,1,,2014\na,b,0,,2015\n").network()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("a,b,1,,\nc,c,1,,\n", "x.csv: line 3, column target: 'c' is tied to itself"),
        ("a,b,1,,\nb,a,1,,\n", "line 3, column source: 'b' and 'a' have a tie already, in line 2"),
        ("a,b,1,,2014\nb,a,-1,,2014-01\n", "are foes here and friends in line 2 of 2014"),
        ("a,b,2,,\n", "line 2, column sign: should be 1 or -1, or + or -, not '2'"),
        ("a,b,friend,,\n", "should be 1 or -1, or + or -, not 'friend'"),
        ("a,b,nan,,\n", "should be 1 or -1, or + or -, not 'nan'"),
        ("a,b,,2,\n", "column sign: is empty"),
        ("a,b,1,nan,\n", "line 2, column weight: should be a number, not 'nan'"),
        ("a,b,1,inf,\n", "line 2, column weight: should be a number, not 'inf'"),
        ("a,b,1,1e10,\n", "column weight: should be from 0 to 1,000,000,000"),
        ("a,b,-1,-2,\n", "column weight: should be from 0 to"),
        ("a,b,0,,\n", "column sign: is 0, which ends a tie from a date on; this one has no date"),
        ("a,b,1,,May 2014\n", "column date: should be a date, YYYY, YYYY-MM or YYYY-MM-DD, not"),
        ("a,,1,,\n", "column target: is empty; it needs a name"),
        (",b,1,,\n", "column source: is empty; it needs a name"),
        ("a,b,1,,,more\n", "line 2: has more cells than the head"),
        (f"a,{'b' * 501},1,,\n", "has 501 characters; at most 500 are read"),
        ("a,b\x07,1,,\n", "line 2: holds the unprintable character U+0007"),
        ("a,,,,\n", "has no ties"),
        ("", "has no ties"),
    ],
)
def test_bad_rows_are_refused_with_their_place(rows: str, said: str) -> None:
    with pytest.raises(TableError) as caught:
        listed(HEAD + rows)
    assert said in str(caught.value)
    assert str(caught.value).startswith("x.csv: ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("source,sign\na,1\n", "line 1: has no column 'target'; there should be source and target"),
        ("to,sign\na,1\n", "has no column 'from'"),
        ("source,target\na,b\n", "has no column 'sign'"),
        ("source,target,sign,sign\na,b,1,1\n", "has two columns 'sign'"),
        ("source,target,weight\na,b,\n", "line 2, column weight: is empty"),
        ("source,target,weight\na,b,0\n", "column weight: is 0, which ends a tie"),
        ("", "is empty"),
    ],
)
def test_bad_heads_are_refused(text: str, said: str) -> None:
    with pytest.raises(TableError) as caught:
        listed(text)
    assert said in str(caught.value)


def test_too_many_actors_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ties, "MOST_ACTORS", 3)
    with pytest.raises(TableError, match="more than 3 actors"):
        listed("source,target,sign\na,b,1\nc,d,1\n")


def test_labels_that_are_not_distinct_are_no_names() -> None:
    nodes = '<node id="1" label="a"/><node id="2" label="{}"/>'
    edge = '<edge source="1" target="2" weight="-3"/>'
    gexf = f"<gexf><graph><nodes>{nodes}</nodes><edges>{edge}</edges></graph></gexf>"
    assert pairs_of(marked(gexf.format("b")).network()) == [("a", "b", -1, 3.0)]
    assert pairs_of(marked(gexf.format("a")).network()) == [("1", "2", -1, 3.0)]


def test_defaults_and_dates_of_xml_are_read() -> None:
    text = """<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
    <key id="s" for="edge" attr.name="Sign" attr.type="int"><default>-1</default></key>
    <key id="d" for="all" attr.name="date" attr.type="string"/>
    <graph><node id="a"/><node id="b"/>
    <edge source="a" target="b"><data key="d">2014</data></edge>
    <edge source="b" target="a"><data key="d">2015</data><data key="s">1</data></edge>
    </graph></graphml>"""
    table = marked(text)
    assert table.dates == ("2014", "2015")
    assert pairs_of(table.network("2014")) == [("a", "b", -1, 1.0)]
    assert pairs_of(table.network()) == [("a", "b", 1, 1.0)]


def sign(text: str, source: str = "a", target: str = "b") -> str:
    return f'<edge source="{source}" target="{target}"><data key="sign">{text}</data></edge>\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (graphml(sign("1") + sign("1", "b", "a")), "line 4, <edge> source: 'b' and 'a' have a tie"),
        (graphml(sign("1", "a", "a")), "line 3, <edge> target: 'a' is tied to itself"),
        (graphml(sign("1", "a", "d")), "line 3, <edge> target: there is no node 'd'"),
        (graphml(sign("x")), "line 3, <edge> sign: should be 1 or -1"),
        (graphml('<edge source="a" target="b"/>'), "<edge> source: the tie has neither sign nor"),
        (graphml(""), "x.xml: has no ties"),
        (graphml(sign("1"), '<node id="a"/><node id="a"/>'), "there is a node 'a' already"),
        (graphml(sign("1"), "<node/>"), "line 2, <node> id: is empty"),
        (graphml("<hyperedge/>"), "line 3: is a hyperedge"),
        (graphml("<graph/>"), "line 3: has a second graph"),
        (graphml('<edge><node id="d"/></edge>'), "has a <node> within another"),
        (graphml(sign("1"))[:-5], "is not XML"),
        ("<graphml>\n<graph>\n</graphml>", "line 3: is not XML: mismatched tag"),
        ("<html/>", "starts with <html>, so it is neither GraphML nor GEXF"),
        ("<graphml/>", "has no graph"),
        ('<gexf><graph mode="dynamic"/></gexf>', "is dynamic, which is not read"),
        ("<graphml>" * 40, "is nested more than 32 deep"),
        ('<!DOCTYPE x [<!ENTITY e "e">]>\n<graphml>&e;</graphml>', "has a DOCTYPE"),
        ('<?xml version="1.0" encoding="nix"?><graphml/>', "is not XML: unknown encoding"),
        (graphml(sign("1"), '<node id="a\u2028"/>'), "holds the unprintable character"),
    ],
)
def test_bad_xml_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(TableError) as caught:
        marked(text)
    assert said in str(caught.value)
    assert str(caught.value).startswith("x.xml: ")


def test_xml_of_too_many_elements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_edges, "MOST_ELEMENTS", 9)
    with pytest.raises(TableError, match="more than 9 elements"):
        marked(graphml(sign("1") * 9))
    monkeypatch.setattr(xml_edges, "MOST_ROWS", 2)
    monkeypatch.setattr(xml_edges, "MOST_ELEMENTS", 99)
    with pytest.raises(TableError, match="more than 2 of <node>"):
        marked(graphml(sign("1")))


def test_graphs_of_networkx_are_read() -> None:
    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph()
    graph.add_edge(1, 2, weight=-2.5, date="2014")
    graph.add_edge(2, 1, weight=np.float64(1.0), date="2015")
    graph.add_edge(2, 3, sign=np.int64(-1))
    table = from_graph(graph)
    assert pairs_of(table.network("2014")) == [("1", "2", -1, 2.5), ("2", "3", -1, 1.0)]
    assert pairs_of(table.network()) == [("1", "2", 1, 1.0), ("2", "3", -1, 1.0)]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"sign": 3}, "edge 1 – 2, sign: should be 1 or -1"),
        ({"weight": float("nan")}, "edge 1 – 2, weight: should be a number"),
        ({}, "edge 1 – 2: the tie has neither sign nor weight"),
    ],
)
def test_bad_graphs_are_refused_with_the_edge(told: dict[str, float], said: str) -> None:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_edge(1, 2, **told)
    with pytest.raises(TableError) as caught:
        from_graph(graph)
    assert str(caught.value).startswith(said)
