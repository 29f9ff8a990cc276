"""Orders: whatever two editors do at once, no article is lost and none stands twice."""

from hypothesis import given
from hypothesis import strategies as st

from articles.orders import changes, merged, once, shifted, woven

KEYS = st.integers(1, 12)
ORDERS = st.lists(KEYS, unique=True, max_size=10)


def kept(order, keys):
    """What stays of ``order`` when all but ``keys`` is left out."""
    return [key for key in order if key in keys]


@given(ORDERS, ORDERS)
def test_nothing_changed_only_between_orders_that_are_the_same(before, after):
    assert bool(changes(before, after)) == (before != after)
    found = changes(before, after)
    assert {*before} - {*found.removed} | {*found.added} == {*after}


@given(ORDERS, ORDERS, ORDERS)
def test_my_order_stays_and_what_a_colleague_added_joins_it(mine, seen, now):
    result = merged(mine, seen=seen, now=now)
    assert result == once(result)
    assert kept(result, mine) == mine
    assert {*result} == {*mine} | ({*now} - {*seen})


@given(ORDERS, ORDERS)
def test_what_a_colleague_added_stands_behind_what_it_stands_behind_there(seen, now):
    if kept(now, seen) == seen:
        assert merged(seen, seen=seen, now=now) == now


@given(ORDERS, st.sets(KEYS), st.data())
def test_what_is_hidden_keeps_its_place_and_its_order(standing, hidden, data):
    shown = [key for key in standing if key not in hidden]
    assert woven(shown, standing=standing, hidden=hidden) == standing
    others = st.lists(st.integers(20, 30), unique=True, max_size=4)
    arranged = data.draw(st.permutations(shown)) + data.draw(others)
    result = woven(arranged, standing=standing, hidden=hidden)
    assert result == once(result)
    assert kept(result, arranged) == arranged
    assert kept(result, hidden) == kept(standing, hidden)
    # As long as nothing before it is taken off, it stands where it stood.
    assert all(result.index(key) == standing.index(key) for key in kept(standing, hidden))


@given(ORDERS, KEYS, st.integers(-20, 20))
def test_a_step_moves_one_and_nothing_else(keys, key, by):
    result = shifted(keys, key, by)
    assert sorted(result) == sorted(keys)
    assert kept(result, {*keys} - {key}) == kept(keys, {*keys} - {key})
    if key in keys:
        assert result.index(key) == min(max(keys.index(key) + by, 0), len(keys) - 1)
