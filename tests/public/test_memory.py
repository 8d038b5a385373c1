"""What is kept stays within its bounds and is what was made for its key."""

from eqms.public.memory import Memory
from hypothesis import given
from hypothesis import strategies as st


def test_what_is_kept_is_made_once():
    memory, made = Memory(100), []

    def make():
        made.append(1)
        return "text"

    assert [memory("a", make), memory("a", make)] == ["text", "text"]
    assert len(made) == 1
    memory.clear()
    memory("a", make)
    assert len(made) == 2


def test_the_oldest_use_goes_first():
    memory = Memory(3)
    for key in "abc":
        memory(key, lambda: "x")
    memory("a", lambda: "never")
    memory("d", lambda: "x")
    assert memory("a", lambda: "new") == "x"
    assert memory("b", lambda: "new") == "new"


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 30)), max_size=60))
def test_it_never_holds_more_than_it_may(asked):
    memory = Memory(50)
    for key, length in asked:
        text = memory((key, length), lambda length=length: "x" * length)
        assert len(text) == length
        assert sum(map(len, memory._texts.values())) == memory._size <= 50
