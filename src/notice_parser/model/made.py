"""Models put together from what the program itself has read: unchecked, and so at half of what pydantic's way costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, ParamSpec, TypeVar, cast

from pydantic import BaseModel

_P = ParamSpec("_P")
_V = TypeVar("_V", bound=BaseModel)

_blank: Final[Any] = object.__new__
_put_values: Final = BaseModel.__dict__["__dict__"].__set__  # where pydantic keeps what a model holds
_defaults: Final[dict[object, dict[str, object]]] = {}


# The first parameters are named as no field is: by its name, compiled code would take the field for the parameter.
def built(model: Callable[_P, _V], /, *_: _P.args, **values: _P.kwargs) -> _V:
    """`model(**values)`, where mypy has checked names and types: pydantic checks what comes from outside."""
    fields = _defaults.get(model) or _fields(model)
    made: _V = _blank(model)
    _put_values(made, values if len(values) == len(fields) else fields | values)
    return made


def changed(model: _V, /, **values: object) -> _V:
    """The model with other values in some of its fields, unchecked as in `built`."""
    made: _V = _blank(type(model))
    _put_values(made, model.__dict__ | values)
    return made


def _fields(kind: Callable[..., object]) -> dict[str, object]:
    """Every field of a kind of model in its order, as JSON prints them, with its default."""
    described = cast("type[BaseModel]", kind).model_fields
    _defaults[kind] = fields = {name: field.default for name, field in described.items()}
    return fields
