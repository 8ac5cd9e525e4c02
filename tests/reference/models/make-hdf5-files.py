"""HDF5 files of three ages of the format, and what h5py reads of them, for the reader's tests.

Run: .oracle-models/bin/python tests/reference/models/make-hdf5-files.py
Versions: oracles.txt beside this; those that wrote the files stand in hdf5.json.
"""

from __future__ import annotations

import gzip
import json
import tempfile
from pathlib import Path

import h5py
import numpy as np

HERE = Path(__file__).parent


def numbers(shape: tuple[int, ...], dtype: str, seed: int) -> np.ndarray:
    """Numbers that every type holds exactly."""
    return np.random.default_rng(seed).integers(0, 100, shape).astype(dtype)


def fill(file: h5py.File) -> None:
    """Datasets of every type and layout that is read, attributes of every kind, a large group."""
    types = file.create_group("types")
    for seed, name in enumerate(["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", ">f4", ">i2", "?"]):
        types[name] = numbers((3, 5), name, seed)
    types["scalar"] = np.float32(2.5)
    types["empty"] = np.zeros((0, 4), "f4")
    types.create_dataset("opaque", data=np.arange(4, dtype="u2").view("V2")).attrs["dtype"] = "bfloat16"
    # HDF5's own bfloat16, which h5py reads as float32.
    brain = h5py.h5t.IEEE_F16LE.copy()
    brain.set_fields(15, 7, 8, 0, 7)
    brain.set_ebias(127)
    dataset = h5py.h5d.create(types.id, b"brain", brain, h5py.h5s.create_simple((4,)))
    dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, np.array([1, 2.5, -3, 40], "f4"))
    types["unwritten"] = h5py.Empty("f4")
    types.create_dataset("filled", (4, 3), "f4", fillvalue=7)
    compact = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    compact.set_layout(h5py.h5d.COMPACT)
    space = h5py.h5s.create_simple((6,))
    dataset = h5py.h5d.create(types.id, b"compact", h5py.h5t.IEEE_F32LE, space, compact)
    dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, np.arange(6, dtype="f4"))

    chunked = file.create_group("chunked")
    grid = numbers((10, 7), "f4", 50)
    chunked.create_dataset("plain", data=grid, chunks=(4, 3))
    chunked.create_dataset("deflate", data=grid, chunks=(4, 3), compression="gzip")
    chunked.create_dataset("all", data=grid, chunks=(4, 3), compression="gzip", shuffle=True, fletcher32=True)
    chunked.create_dataset("odd", data=numbers((5, 3), "u1", 51), chunks=(5, 3), fletcher32=True)
    chunked.create_dataset("single", data=grid, chunks=(10, 7), compression="gzip")
    chunked.create_dataset("growing", data=grid, chunks=(1, 2), maxshape=(10, None))
    chunked.create_dataset("longer", data=numbers((300,), "i2", 52), chunks=(1,), maxshape=(None,), shuffle=True)
    chunked.create_dataset("shrinkable", data=grid, chunks=(4, 3), maxshape=(40, 9), compression="gzip")
    chunked.create_dataset("both", data=numbers((30, 20), "f4", 53), chunks=(2, 2), maxshape=(None, None))
    chunked.create_dataset("packed both", data=grid, chunks=(2, 2), maxshape=(None, None), compression="gzip")
    chunked.create_dataset("pages", data=numbers((1500,), "u1", 54), chunks=(1,))
    chunked.create_dataset(
        "volume", data=numbers((3, 4, 5), "f2", 55), chunks=(2, 3, 2), compression="gzip", shuffle=True
    )
    early = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    early.set_chunk((4, 3))
    early.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    space = h5py.h5s.create_simple(grid.shape)
    dataset = h5py.h5d.create(chunked.id, b"early", h5py.h5t.IEEE_F32LE, space, early)
    dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, grid)
    sparse = chunked.create_dataset("sparse", (10, 10), "f4", chunks=(2, 2), fillvalue=-1)
    sparse[2:4, 6:8] = 5
    sparse[9, 9] = 6

    attributes = file.create_group("attributes")
    attributes.attrs["text"] = "café"
    attributes.attrs["bytes"] = np.bytes_("fixed")
    attributes.attrs["texts"] = ["a", "", "ccc"]
    attributes.attrs["fixed texts"] = np.array([b"one", b"three"])
    attributes.attrs["number"] = 2.5
    attributes.attrs["integers"] = np.array([1, -2, 3])
    attributes.attrs["half"] = np.float16(0.5)
    attributes.attrs["nothing"] = np.array([], dtype="f8")
    many = file.create_group("many attributes")
    for place in range(40):
        many.attrs[f"attribute {place}"] = place
    large = file.create_group("large")
    for place in range(300):
        large.create_group(f"layer_{place}")


def told(value: object) -> object:
    """An attribute's or dataset's value as JSON has it."""
    if isinstance(value, h5py.Empty):
        return []
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, np.ndarray):
        if value.dtype.kind == "V":
            return value.view("u2").tolist()
        return [told(one) for one in value] if value.dtype.kind in "SO" else value.tolist()
    return value.item() if isinstance(value, np.generic) else value


def describe(path: Path) -> dict[str, object]:
    """Everything in a file, as h5py reads it."""
    found: dict[str, object] = {}

    def visit(name: str, item: h5py.Group | h5py.Dataset) -> None:
        entry: dict[str, object] = {}
        if len(item.attrs):
            entry["attributes"] = {key: told(value) for key, value in item.attrs.items()}
        if isinstance(item, h5py.Dataset):
            shape = [0] if item.shape is None else list(item.shape)
            values = told(np.ravel(item[()]) if shape != [0] else [])
            is_brain = item.id.get_type().get_size() == 2 and item.dtype.itemsize == 4
            entry |= {"dims": shape, "dtype": "<bf2" if is_brain else item.dtype.str, "values": values}
        else:
            entry["children"] = sorted(item)
        if not name.startswith("large/"):
            found[name] = entry

    with h5py.File(path) as file:
        file.visititems(visit)
    return found


def make_hdf5(temporary: str) -> None:
    """Files of HDF5's oldest and newest formats, with room before one of them."""
    contents = {}
    for name, options in {
        "earliest": {"libver": "earliest"},
        "latest": {"libver": "latest"},
        "middle": {"libver": ("v108", "v108"), "userblock_size": 512},
    }.items():
        path = Path(temporary) / f"hdf5-{name}.h5"
        with h5py.File(path, "w", **options) as file:
            fill(file)
            if name != "earliest":
                # Past 64 kB only the newer formats take it, in a heap of their own.
                file["large"].attrs["long"] = "0123456789" * 7000
        contents[name] = describe(path)
        (HERE / f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    same = [contents[name] for name in contents]
    for other in same:
        other.get("large", {}).pop("attributes", None)
        assert other == same[0]
    versions = {"h5py": h5py.__version__, "hdf5": h5py.version.hdf5_version}
    (HERE / "hdf5.json").write_text(json.dumps({"versions": versions, "contents": same[0]}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        make_hdf5(folder)
