"""Random numbers by address."""

import hashlib

import numpy as np
import pytest

from winset.model.streams import uniforms, uniforms_at


def from_the_start(seed: int, stream: str, rows: int, columns: int) -> np.ndarray:
    """Return the numbers by running the generator from its first draw on, without a jump."""
    key = hashlib.blake2b(f"{seed}\x1f{stream}".encode(), digest_size=16).digest()
    generator = np.random.Generator(np.random.Philox(key=int.from_bytes(key, "little")))
    width = 4 * ((columns + 3) // 4)
    return generator.random((rows, width))[:, :columns]


@pytest.mark.parametrize("columns", [1, 3, 4, 5, 9])
def test_a_jump_lands_where_running_would(columns):
    whole = from_the_start(7, "parties.east.weights", 50, columns)
    assert np.array_equal(uniforms(7, "parties.east.weights", 0, 50, columns), whole)
    assert np.array_equal(uniforms(7, "parties.east.weights", 13, 31, columns), whole[13:31])


@pytest.mark.parametrize("columns", [1, 6])
@pytest.mark.parametrize("step", [1, 3, 40])
def test_chosen_draws_get_the_same_numbers(columns, step):
    rows = np.arange(5, 400, step)
    assert np.array_equal(uniforms_at(3, "a", rows, columns), uniforms(3, "a", 0, 400, columns)[rows])


def test_no_draws_and_no_columns():
    assert uniforms(0, "a", 5, 5, 3).shape == (0, 3)
    assert uniforms(0, "a", 0, 4, 0).shape == (4, 0)
    assert uniforms_at(0, "a", np.array([], dtype=np.int64), 3).shape == (0, 3)
    assert uniforms_at(0, "a", np.array([2, 900]), 0).shape == (2, 0)


def test_streams_and_seeds_differ():
    numbers = [uniforms(seed, stream, 0, 1000)[:, 0] for seed in (0, 1) for stream in ("a", "a:meant", "b")]
    correlation = np.corrcoef(numbers)
    assert np.abs(correlation - np.eye(6)).max() < 0.12


def test_the_numbers_are_those_of_every_release():
    # A seed names a result for good; these change only with a new major version.
    assert uniforms(0, "account", 0, 2)[:, 0].tolist() == [0.6668359129272684, 0.5905385051294019]
