import io
import json
import struct
import sys
import tracemalloc
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from layerscope import InputError
from layerscope._images import encode_images
from PIL import Image

REFERENCE = Path(__file__).parent.parent / "reference"


def unpack(pack):
    (length,) = struct.unpack("<I", pack[:4])
    entries = json.loads(pack[4 : 4 + length])
    start = 4 + length
    if "rows" in entries:
        rows = entries.pop("rows")
        size = entries["width"] * entries["height"] * entries["channels"]
        entries = [{"row": row, "offset": place * size, "length": size, **entries} for place, row in enumerate(rows)]
    return [(entry, pack[start + entry["offset"] : start + entry["offset"] + entry["length"]]) for entry in entries]


def encoded(file_format, mode="RGB"):
    stream = io.BytesIO()
    Image.new(mode, (4, 3), "red" if mode != "L" else 7).save(stream, file_format)
    return stream.getvalue()


def stored(file_format, pixels):
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, file_format, quality=95)
    return stream.getvalue()


def test_one_array_of_grey_pictures_keeps_its_8_bits():
    array = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
    images = encode_images(array, 2)
    ((entry, data),) = unpack(images.pack([1]))
    assert entry == {"row": 1, "offset": 0, "length": 12, "width": 4, "height": 3, "channels": 1}
    assert data == array[1].tobytes()


def test_other_numbers_are_brought_to_8_bits_by_one_range_for_all():
    digits = np.array([[[0.0, 16.0]], [[8.0, 4.0]]])
    (_, first), (_, second) = unpack(encode_images(digits, 2).pack([0, 1]))
    assert list(first) == [0, 255]
    assert list(second) == [128, 64]
    (_, shares) = unpack(encode_images(np.array([[[0.0, 0.5]]]), 1).pack([0]))[0]
    assert list(shares) == [0, 128]


def test_channels_may_come_first_as_torch_has_them():
    array = np.zeros((1, 3, 5, 6), dtype=np.uint8)
    array[0, 1] = 9
    ((entry, data),) = unpack(encode_images(array, 1).pack([0]))
    assert (entry["width"], entry["height"], entry["channels"]) == (6, 5, 3)
    assert data[:3] == bytes([0, 9, 0])


def test_a_list_may_mix_sizes_pictures_bytes_and_nothing():
    pictures = [
        np.zeros((2, 3), dtype=np.uint8),
        np.zeros((4, 5, 3), dtype=np.uint8),
        Image.new("RGB", (7, 8)),
        Image.new("P", (2, 2)),
        encoded("PNG"),
        encoded("JPEG"),
        encoded("WEBP"),
        None,
    ]
    unpacked = unpack(encode_images(pictures, 8).pack(range(8)))
    assert [entry["row"] for entry, _ in unpacked] == [0, 1, 2, 3, 4, 5, 6]
    assert [entry.get("mime") for entry, _ in unpacked[4:]] == ["image/png", "image/jpeg", "image/webp"]
    assert [(entry["width"], entry["height"]) for entry, _ in unpacked[:4]] == [(3, 2), (5, 4), (7, 8), (2, 2)]
    assert unpacked[4][1] == pictures[4]


def test_the_same_pictures_have_the_same_key():
    array = np.zeros((2, 3, 4), dtype=np.uint8)
    assert encode_images(array, 2).key == encode_images(list(array), 2).key
    assert encode_images(array + 1, 2).key != encode_images(array, 2).key


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (np.zeros((3, 2, 2), np.uint8), "3 images for 2 rows. Pass one a row in images."),
        (np.zeros((2, 4)), "images has 2 dimensions, expected 3 or 4. Pass n × height × width, with channels last."),
        (
            [b"hello", b"hello"],
            "Image 0 is in no format that browsers know. Encode it as PNG, JPEG or WebP.",
        ),
        (
            [np.zeros(4), None],
            (
                "Image 0 is no picture: 1 dimension of float64. "
                "Pass arrays, PIL pictures, or encoded PNG, JPEG or WebP bytes."
            ),
        ),
        (np.zeros((2, 6, 6, 5), np.uint8), "A picture of 6 × 6 × 5 can't be drawn. Give it 1, 3 or 4 channels."),
    ],
)
def test_what_is_no_picture_a_row_is_refused_in_a_sentence(value, sentence):
    with pytest.raises(InputError) as caught:
        encode_images(value, 2)
    assert str(caught.value) == sentence


def test_an_array_of_8_bits_is_not_copied_and_what_is_written_to_it_later_is_refused():
    array = np.arange(3 * 75, dtype=np.uint8).reshape(3, 5, 5, 3)
    images = encode_images(array, 3)
    ((entry, data),) = unpack(images.pack([1]))
    assert (entry["length"], data) == (75, array[1].tobytes())
    assert np.shares_memory(np.frombuffer(images.pictures[1].data, np.uint8), array)
    array[1, 2, 2] += 1
    assert len(unpack(images.pack([0, 2]))) == 2
    with pytest.raises(InputError, match=r"^Picture 1 was written to after it was passed\. Run the cell again\.$"):
        images.pack([1])


def test_pictures_in_a_list_are_copied():
    pictures = [np.zeros((4, 4), np.uint8), np.ones((4, 4), np.uint8)]
    images = encode_images(pictures, 2)
    pictures[0][:] = 9
    assert unpack(images.pack([0]))[0][1] == bytes(16)


@pytest.mark.parametrize("shape", [(5, 3, 3), (70_000, 4, 4), (301, 61, 61, 3)])
def test_one_pixel_changes_the_key(shape):
    array = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    copies = [list(array), list(array.copy())]
    assert encode_images(copies[0], len(array)).key == encode_images(copies[1], len(array)).key
    for place in (0, array.size // 2, array.size - 1):
        other = array.copy()
        other.reshape(-1)[place] ^= 128
        assert encode_images(list(other), len(other)).key != encode_images(copies[0], len(array)).key


@pytest.mark.parametrize("shape", [(3, 5, 5, 3), (70_000, 4, 4), (301, 61, 61, 3)])
def test_an_array_that_is_passed_again_has_its_name_until_it_is_written_to(shape):
    array = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    first = encode_images(array, len(array))
    again = encode_images(array[:], len(array))
    assert again.key == first.key
    assert encode_images(array[1:], len(array) - 1).key != first.key
    array[-1, -1, 0] ^= 128
    changed = encode_images(array, len(array))
    assert changed.key != first.key
    assert unpack(changed.pack([len(array) - 1]))[0][1] == array[-1].tobytes()
    with pytest.raises(InputError, match="was written to after it was passed"):
        again.pack([len(array) - 1])


def test_an_array_in_the_place_of_one_that_is_gone_has_a_name_of_its_own():
    memory = np.zeros((70_000, 4, 4), np.uint8)
    names = {encode_images(memory, 70_000).key for _ in range(2)}
    assert len(names) == 2


def test_pictures_that_change_places_change_the_key():
    array = np.zeros((200_000, 8, 1), np.uint8)
    # All in one lane of the key, where only their highest bits tell them apart.
    array[[0, 2**15], 7] = 128
    other = np.zeros_like(array)
    other[[2 * 2**15, 3 * 2**15], 7] = 128
    keys = {encode_images(list(pictures), len(array)).key for pictures in (array, other, array[::-1])}
    assert len(keys) == 3


def test_pictures_of_an_array_are_counted_from_either_end():
    pictures = encode_images(np.arange(12, dtype=np.uint8).reshape(3, 2, 2), 3).pictures
    assert [bytes(picture.data)[0] for picture in (pictures[0], pictures[-1])] == [0, 8]
    assert [bytes(picture.data)[0] for picture in pictures[1:]] == [4, 8]
    for row in (3, -4):
        with pytest.raises(IndexError):
            pictures[row]


def test_no_pictures_for_no_rows():
    assert unpack(encode_images(np.zeros((0, 4, 4), np.uint8), 0).pack([])) == []
    assert unpack(encode_images([], 0).pack([])) == []


def test_where_an_array_lies_in_memory_does_not_matter():
    array = np.random.default_rng(0).integers(0, 256, (301, 61, 61, 3), dtype=np.uint8)
    shifted = encode_images(array[1:], 300)
    copied = encode_images(array[1:].copy(), 300)
    turned = encode_images(array[1:].transpose(0, 3, 1, 2), 300)
    first = encode_images(np.ascontiguousarray(array[1:].transpose(0, 3, 1, 2)), 300)
    assert turned.key == shifted.key != copied.key
    assert first.key == encode_images(list(array[1:]), 300).key
    assert shifted.pack([299]) == copied.pack([299]) == turned.pack([299])


@pytest.mark.parametrize(
    ("height", "width", "taken"), [(64, 64, (8, 8)), (20, 100, (2, 8)), (1, 64, (1, 8)), (5, 4, (5, 4))]
)
def test_a_sample_has_evenly_spread_pixels_and_no_more_than_asked_for(height, width, taken):
    array = np.arange(2 * height * width * 3, dtype=np.uint32).astype(np.uint8).reshape(2, height, width, 3)
    ((entry, data),) = unpack(encode_images(array, 2).pack([1], side=8))
    assert (entry["height"], entry["width"], entry["channels"]) == (*taken, 3)
    step = -(-max(height, width) // 8)
    middles = array[1, min(step // 2, height - 1) :: step, min(step // 2, width - 1) :: step]
    assert data == middles.tobytes()


def area_mean(values, row, column, down, across):
    """The mean of what lies under a pixel, in whole numbers, halves up."""
    height, width = values.shape
    total = Fraction(0)
    for y in range(height):
        high = min(Fraction((row + 1) * height, down), y + 1) - max(Fraction(row * height, down), y)
        for x in range(width):
            wide = min(Fraction((column + 1) * width, across), x + 1) - max(Fraction(column * width, across), x)
            if high > 0 and wide > 0:
                total += int(values[y, x]) * high * wide
    return int(total * down * across / (height * width) + Fraction(1, 2))


@pytest.mark.parametrize(
    ("height", "width", "box", "size"),
    [
        (8, 8, 2, (2, 2)),
        (9, 12, 4, (3, 4)),
        (7, 10, 4, (3, 4)),
        (30, 3, 4, (4, 1)),
        (1, 9, 2, (1, 2)),
        (5, 4, 5, (5, 4)),
    ],
)
@pytest.mark.parametrize("channels", [1, 3])
def test_pictures_are_shrunk_to_fit_by_area_averaging_rounded_once_halves_up(height, width, box, size, channels):
    array = np.random.default_rng(0).integers(0, 256, (3, height, width, channels), dtype=np.uint8)
    array[1:] //= 128
    _, *unpacked = unpack(encode_images(array, 3).pack(range(3), box=box))
    for (entry, data), pixels in zip(unpacked, array[1:], strict=True):
        assert (entry["height"], entry["width"], entry["channels"]) == (*size, channels)
        means = [
            area_mean(pixels[..., channel], row, column, *size)
            for row in range(size[0])
            for column in range(size[1])
            for channel in range(channels)
        ]
        assert list(data) == means


def test_pictures_are_shrunk_to_what_scikit_image_makes_of_them():
    side = json.loads((REFERENCE / "stain-goldens.json").read_text())["side"]
    tile = np.fromfile(REFERENCE / "stain-tiles.bin", np.uint8, side**2 * 3).reshape(1, side, side, 3)
    square = [
        golden
        for golden in json.loads((REFERENCE / "area-means.json").read_text())["sizes"]
        if golden["width"] == golden["height"]
    ]
    assert len(square) > 1
    for golden in square:
        ((_, data),) = unpack(encode_images(tile, 1).pack([0], box=golden["width"]))
        assert np.abs(np.frombuffer(data, np.uint8) - np.array(golden["means"])).max() <= 0.5 + 1e-9


def test_large_pictures_are_not_copied_all_at_once_to_be_shrunk():
    array = np.zeros((40, 1000, 1000, 3), np.uint8)
    array[:] = np.arange(40, dtype=np.uint8)[:, None, None, None]
    images = encode_images(array, 40)
    rows = list(range(39, -1, -1))
    images.pack(rows[:1], box=8)
    tracemalloc.start()
    unpacked = unpack(images.pack(rows, box=8))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < array.nbytes / 2
    assert [set(data) for _, data in unpacked] == [{row} for row in rows]


def test_every_picture_of_a_large_array_is_shrunk():
    array = np.arange(200, dtype=np.uint8)[:, None, None, None].repeat(64, 1).repeat(64, 2).repeat(3, 3)
    unpacked = unpack(encode_images(array, 200).pack(range(199, -1, -1), box=16))
    assert [set(data) for _, data in unpacked] == [{row} for row in range(199, -1, -1)]
    assert [entry["row"] for entry, _ in unpacked] == list(range(199, -1, -1))


def test_pictures_that_something_may_shine_through_are_left_to_the_page_and_encoded_ones_as_well():
    clear = np.zeros((1, 8, 8, 4), np.uint8)
    ((entry, data),) = unpack(encode_images(clear, 1).pack([0], box=2))
    assert (entry["width"], data) == (8, clear.tobytes())
    mixed = [encoded("PNG"), np.full((8, 8), 9, np.uint8), None]
    (_, png), (entry, data) = unpack(encode_images(mixed, 3).pack([0, 1, 2], box=2))
    assert png == mixed[0]
    assert (entry["width"], entry["height"], data) == (2, 2, bytes([9] * 4))


def test_the_page_is_told_how_much_there_is_to_fetch():
    array = np.zeros((5, 6, 7, 3), np.uint8)
    told = encode_images(array, 5).reference["$images"]
    assert (told["bytes"], told["size"]) == (array.nbytes, {"width": 7, "height": 6, "channels": 3})
    png = encoded("PNG")
    mixed = encode_images([png, None, np.zeros((2, 2), np.uint8)], 3).reference["$images"]
    assert (mixed["bytes"], "size" in mixed) == (len(png) + 4, False)


def test_of_encoded_pictures_a_sample_of_one_pixel_is_the_mean_colour():
    halves = np.zeros((32, 64, 3), np.uint8)
    halves[:, :16], halves[:, 16:] = (200, 40, 80), (40, 120, 160)
    kinds = ("JPEG", "PNG", "WEBP", "GIF")
    broken = encoded("JPEG")[:3] + b"not a picture"
    given = [*(stored(kind, halves) for kind in kinds), np.zeros((9, 9), np.uint8), broken, None]
    sampled = unpack(encode_images(given, 7).pack(range(7), side=3))
    sizes = [(entry["row"], entry["width"], entry["height"]) for entry, _ in sampled]
    assert sizes == [(0, 1, 1), (1, 1, 1), (2, 1, 1), (3, 1, 1), (4, 3, 3)]
    for entry, data in sampled[:4]:
        assert entry["channels"] == 3
        assert np.abs(np.frombuffer(data, np.uint8) - halves.reshape(-1, 3).mean(0)).max() <= 2


def test_a_sample_of_more_has_the_mean_colours_of_parts():
    parts = np.random.default_rng(7).integers(0, 256, (2, 4, 3), np.uint8)
    pixels = parts.repeat(8, axis=0).repeat(8, axis=1)
    for kind in ("JPEG", "PNG"):
        ((entry, data),) = unpack(encode_images([stored(kind, pixels)], 1).pack([0], side=8, means=4))
        assert (entry["width"], entry["height"], entry["channels"]) == (4, 2, 3)
        away = np.abs(np.frombuffer(data, np.uint8).reshape(parts.shape).astype(int) - parts)
        assert away.max() <= (40 if kind == "JPEG" else 0)


def test_in_a_mean_colour_what_is_clear_has_no_part():
    clear = np.zeros((4, 4, 4), np.uint8)
    clear[:2], clear[2:] = (200, 100, 50, 255), (0, 0, 0, 0)
    ((entry, data),) = unpack(encode_images([stored("PNG", clear)], 1).pack([0], side=1))
    assert entry["channels"] == 4
    assert list(data[:3]) == pytest.approx([200, 100, 50], abs=2)
    assert data[3] == pytest.approx(128, abs=1)


def test_a_picture_of_16_bits_has_no_mean_colour():
    assert unpack(encode_images([stored("PNG", np.full((4, 4), 40_000, np.uint16))], 1).pack([0], side=1)) == []


def test_without_pillow_encoded_pictures_have_no_sample(monkeypatch):
    pictures = encode_images([encoded("JPEG"), encoded("PNG")], 2)
    monkeypatch.setitem(sys.modules, "PIL", None)
    assert unpack(pictures.pack([0, 1], side=3)) == []


def test_colours_are_read_from_encoded_pictures_for_a_third_of_a_second(monkeypatch):
    clock = iter([0.0, 0.1, 0.3, 0.4, 0.5])
    monkeypatch.setattr("layerscope._pictures.monotonic", lambda: next(clock))
    pictures = encode_images([encoded("JPEG")] * 4, 4)
    assert [entry["row"] for entry, _ in unpack(pictures.pack(range(4), side=3))] == [0, 1]
