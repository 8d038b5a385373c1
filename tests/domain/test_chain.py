"""The hash chain of audit rows and the Merkle root over chains."""

from eqms.domain import chain
from eqms.domain.chain import Break
from eqms.domain.chain import Flaw
from hypothesis import given
from hypothesis import strategies as st
from itertools import pairwise
from typing import Any
import pytest


def chained(contents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    previous = chain.GENESIS
    for content in contents:
        own = chain.link(previous, content)
        rows.append({**content, "previous": previous, "hash": own})
        previous = own
    return rows


def five() -> list[dict[str, Any]]:
    return chained([{"number": number, "action": "submit"} for number in range(5)])


def test_a_chain_holds() -> None:
    assert chain.verify([]) == []
    assert chain.verify(five()) == []


def test_links_do_not_count_as_content() -> None:
    row = five()[2]
    assert chain.link(row["previous"], row) == row["hash"]


def test_an_altered_row_is_found() -> None:
    rows = five()
    rows[2]["action"] = "approve"
    assert chain.verify(rows) == [Break(2, Flaw.CONTENT)]


def test_an_altered_row_with_a_new_hash_breaks_the_next() -> None:
    rows = five()
    rows[2]["action"] = "approve"
    rows[2]["hash"] = chain.link(rows[2]["previous"], rows[2])
    assert chain.verify(rows) == [Break(3, Flaw.ORDER)]


def test_a_removed_first_or_middle_row_is_found() -> None:
    assert chain.verify(five()[1:]) == [Break(0, Flaw.ORDER)]
    rows = five()
    del rows[2]
    assert chain.verify(rows) == [Break(2, Flaw.ORDER)]


def test_rows_that_changed_places_are_found() -> None:
    rows = five()
    rows[1], rows[2] = rows[2], rows[1]
    assert {found.flaw for found in chain.verify(rows)} == {Flaw.ORDER}


def test_rows_that_changed_places_and_were_tied_together_again_are_found() -> None:
    rows = five()
    rows[1], rows[2] = rows[2], rows[1]
    for before, after in pairwise(rows):
        after["previous"] = before["hash"]
    assert [found.flaw for found in chain.verify(rows)] == [Flaw.CONTENT] * 3


def test_what_cannot_be_hashed_or_has_no_hash_is_a_break_and_no_crash() -> None:
    rows = five()
    rows[3]["number"] = 0.5
    del rows[4]["hash"]
    assert chain.verify(rows) == [Break(3, Flaw.CONTENT), Break(4, Flaw.CONTENT)]
    assert chain.verify([{}]) == [Break(0, Flaw.ORDER), Break(0, Flaw.CONTENT)]


CONTENTS = st.lists(
    st.dictionaries(st.sampled_from(["actor", "action", "to"]), st.text() | st.integers()),
    min_size=1,
    max_size=8,
)


@given(CONTENTS, st.data())
def test_no_alteration_goes_unseen(contents: list[dict[str, Any]], data: st.DataObject) -> None:
    rows = chained(contents)
    assert chain.verify(rows) == []
    index = data.draw(st.integers(0, len(rows) - 1))
    rows[index]["forged"] = 1
    assert chain.verify(rows)[0].index == index


# The published examples of RFC 6962 implementations: leaves, and the root over the first n.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
LEAVES.append("606162636465666768696a6b6c6d6e6f")
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(9))
def test_the_merkle_root_is_that_of_the_rfc(size: int) -> None:
    assert chain.merkle_root(LEAVES[:size]) == ROOTS[size]


def test_a_head_must_be_hex() -> None:
    with pytest.raises(ValueError, match="hexadecimal"):
        chain.merkle_root(["not hex"])


@given(st.lists(st.binary(min_size=32, max_size=32).map(bytes.hex), min_size=2, unique=True))
def test_every_head_and_the_order_count(heads: list[str]) -> None:
    root = chain.merkle_root(heads)
    assert chain.merkle_root(reversed(heads)) != root
    assert chain.merkle_root(heads[:-1]) != root
