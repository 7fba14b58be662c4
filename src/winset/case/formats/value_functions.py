"""NegMAS's value functions of one issue, as functions of an option.

From the public source of NegMAS (``negmas.preferences.value_fun``): the formula of each class. On an issue with
finitely many options every one of them is a table, and so exact.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from winset.case.formats.source import INCOMPLETE, MALFORMED, MISMATCH, UNREPRESENTABLE, Place, finite
from winset.model.issues import Option

Values = tuple[float, ...]
_Formula = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class _Parameters:
    """The fields of a value function, read as numbers."""

    fields: Mapping[str, Any]
    place: Place

    def get(self, name: str, default: float | None = None) -> float:
        if name not in self.fields:
            if default is None:
                raise self.place.refuse(INCOMPLETE, f"{name!r} is missing")
            return default
        return finite(self.fields[name], self.place.inside(name), f"the {name}")

    def list(self, name: str) -> list[float]:
        values = self.fields.get(name)
        if not isinstance(values, list):
            raise self.place.refuse(INCOMPLETE, f"{name!r} is missing or not a list", found=values)
        return [finite(value, self.place.inside(name), f"the {name}") for value in values]


def _constant(read: _Parameters) -> _Formula:
    bias = read.get("bias")
    return lambda _: bias


def _identity(_: _Parameters) -> _Formula:
    return float


def _linear(read: _Parameters) -> _Formula:
    slope = read.get("slope")
    return lambda x: slope * x


def _affine(read: _Parameters) -> _Formula:
    slope, bias = read.get("slope"), read.get("bias", 0.0)
    return lambda x: slope * x + bias


def _quadratic(read: _Parameters) -> _Formula:
    a2, a1, bias = read.get("a2"), read.get("a1"), read.get("bias", 0.0)
    return lambda x: a2 * x * x + a1 * x + bias


def _polynomial(read: _Parameters) -> _Formula:
    coefficients, bias = read.list("coefficients"), read.get("bias", 0.0)
    return lambda x: bias + sum(c * x ** (power + 1) for power, c in enumerate(coefficients))


def _exponential(read: _Parameters) -> _Formula:
    tau, bias, base = read.get("tau"), read.get("bias", 0.0), read.get("base", math.e)
    return lambda x: math.pow(base, tau * x) + bias


def _logarithm(read: _Parameters) -> _Formula:
    tau, bias = read.get("tau"), read.get("bias", 0.0)
    base, scale = read.get("base", math.e), read.get("scale", 1.0)
    return lambda x: scale * math.log(tau * x, base) + bias


def _wave(wave: _Formula, read: _Parameters) -> _Formula:
    multiplier, phase = read.get("multiplier", 1.0), read.get("phase", 0.0)
    amplitude, bias = read.get("amplitude", 1.0), read.get("bias", 0.0)
    return lambda x: amplitude * wave(multiplier * x + phase) + bias


def _triangular(read: _Parameters) -> _Formula:
    start, middle, end = read.get("start"), read.get("middle"), read.get("end")
    bias, scale = read.get("bias", 0.0), read.get("scale", 1.0)

    def value(x: float) -> float:
        if not start < x < end:
            return bias
        rising = 1.0 if middle == start else (x - start) / (middle - start)
        falling = 1.0 if end == middle else (end - x) / (end - middle)
        return bias + scale * (rising if x <= middle else falling)

    return value


_FORMULAS: Final[Mapping[str, Callable[[_Parameters], _Formula]]] = {
    "ConstFun": _constant,
    "IdentityFun": _identity,
    "LinearFun": _linear,
    "AffineFun": _affine,
    "QuadraticFun": _quadratic,
    "PolynomialFun": _polynomial,
    "ExponentialFun": _exponential,
    "LogFun": _logarithm,
    "CosFun": partial(_wave, math.cos),
    "SinFun": partial(_wave, math.sin),
    "TriangularFun": _triangular,
}


def tabulate(function: Any, options: tuple[Any, ...], place: Place) -> Values:
    """Return the function's value for each option.

    Parameters
    ----------
    function : mapping or list
        A mapping with `type` is one of NegMAS's functions; one without is a table from option to value; a list
        holds the values in the order of the options.
    options : tuple
        The issue's options as the file has them. Axis [K].

    Raises
    ------
    InputError
        When the function is unknown, malformed, does not cover an option, or has no finite value for one.
    """
    if isinstance(function, list):
        if len(function) != len(options):
            raise place.refuse(
                MISMATCH, "not one value for each option", found=len(function), allowed=str(len(options))
            )
        return tuple(finite(value, place, "the value") for value in function)
    if not isinstance(function, Mapping):
        raise place.refuse(MALFORMED, "not a value function", found=function)
    if "type" not in function:
        return _table(function, options, place)
    name = str(function["type"]).rsplit(".", 1)[-1]
    if name == "TableFun":
        return _table(function.get("mapping"), options, place.inside("mapping"))
    if name not in _FORMULAS:
        raise place.refuse(
            UNREPRESENTABLE,
            "this value function cannot be represented",
            found=name,
            allowed=", ".join(("TableFun", *_FORMULAS)),
        )
    formula = _FORMULAS[name](_Parameters(function, place))
    return tuple(_evaluate(formula, option, name == "ConstFun", place) for option in options)


def _table(mapping: Any, options: tuple[Any, ...], place: Place) -> Values:
    if not isinstance(mapping, Mapping):
        raise place.refuse(MALFORMED, "not a table from option to value", found=mapping)
    missing = [option for option in options if option not in mapping]
    if missing:
        raise place.refuse(MISMATCH, "an option of the domain has no value", found=missing[0])
    return tuple(finite(mapping[option], place, "the value") for option in options)


def _evaluate(formula: _Formula, option: Option, constant: bool, place: Place) -> float:
    if not constant and (isinstance(option, bool) or not isinstance(option, int | float)):
        raise place.refuse(MISMATCH, "a formula for an option that is not a number", found=option)
    try:
        value = formula(0.0 if constant else float(option))
    except (ArithmeticError, ValueError):  # overflow, or outside the function's domain
        value = math.nan
    if isinstance(value, complex) or not math.isfinite(value):
        raise place.refuse(UNREPRESENTABLE, "the value function has no finite value", found=option)
    return value
