"""Write JSON quickly: it is done twice for every row of an import."""

from __future__ import annotations

import json
import json.encoder
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def writer() -> Callable[[object], str]:
    """Return what writes JSON without spaces; it takes any mapping as an object.

    The standard library makes its writer in C anew for every text, which for a
    row of a list takes as long as the writing. Made once, it gives the same. It is
    no documented part of the library, so it is used only where it can be had.
    """
    plain = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=dict)
    make: Any = getattr(json.encoder, "c_make_encoder", None)
    try:
        parts = make(
            None,
            plain.default,
            json.encoder.encode_basestring,
            None,
            plain.key_separator,
            plain.item_separator,
            plain.sort_keys,
            plain.skipkeys,
            plain.allow_nan,
        )
        if "".join(parts({"é": [1, None]}, 0)) == '{"é":[1,null]}':
            return lambda value: "".join(parts(value, 0))
    except (TypeError, AttributeError):
        pass
    return plain.encode


json_text = writer()
