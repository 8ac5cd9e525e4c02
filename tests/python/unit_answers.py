"""What the page answers to questions about units, in its bytes."""

import numpy as np


def pack(header, arrays):
    """Pack arrays as src/widgets/work/pack-arrays.ts does: each from a multiple of 8 bytes on."""
    places, content = [], b""
    for name, values in arrays.items():
        array = np.asarray(values)
        array = array.astype("<f8" if array.dtype.kind == "f" else "<i4")
        places.append({"name": name, "dtype": array.dtype.name, "shape": list(array.shape), "offset": len(content)})
        content += array.tobytes() + bytes(-array.nbytes % 8)
    return {**header, "arrays": places}, content


def ranking(level="slide", order=(2, 0, 1), *, permuted=True, **header):
    """Answer for three units and two classes; every number says where it belongs."""
    facts = {"classes": ["a", "b"], "slides": ["s1", "s2"], "units": 3, "level": level, "selected": None, **header}
    arrays = {}
    for at, name in enumerate(("tile", "slide") if level == "slide" else ("tile",)):
        numbers = ("statistic", "p", "logP", "q", "logQ", "bonferroni", "etaSquared", "omegaSquared")
        arrays |= {
            f"{name}.{number}": 100 * at + 10 * place + np.arange(3) / 10 for place, number in enumerate(numbers)
        }
        if name == "slide" and permuted:
            arrays["slide.permutationP"] = np.array([0.3, 0.1, 0.2])
        arrays |= {f"{name}.means": np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), f"{name}.sizes": [3, 3]}
        arrays |= {f"{name}.missing": [0, 7, 0], f"{name}.ranking": list(order if name == level else (1, 2, 0))}
    return pack(facts, arrays)


def stats():
    """Answer for three units, the last of which is constant, and three classes, one of them without a slide."""
    facts = {"classes": ["a", "b", "c"], "slides": ["s1", "s2", "s3"], "units": 3}
    arrays = {
        "tile.f": [2.5, np.inf, -1.0],
        "tile.p": [0.25, 0.0, 1.0],
        "slide.f": [20.5, 0.5, -1.0],
        "slide.p": [0.125, 0.5, 1.0],
        "tile.ranking": [1, 0, 2],
        "slide.ranking": [0, 1, 2],
        "values": np.array([[1.0, 2.0, 0.0], [3.0, 4.0, 0.0], [5.0, 6.0, 0.0]]),
        "slides": [0, 1, 2],
        "groups": [2, 0, 2],
        "tiles": [10, 20, 30],
    }
    return pack(facts, arrays)


def files(**contents):
    """Answer of several files, by name."""
    told = [{"name": name, "type": "image/png", "length": len(content)} for name, content in contents.items()]
    return {"files": told}, b"".join(contents.values())
