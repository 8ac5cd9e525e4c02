"""One picture, as it was passed."""

from dataclasses import dataclass

from layerscope._mean_colors import mean_colors
from layerscope._shrink_pixels import sample_pixels, shrink_pixels


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: encoded bytes with their type, or raw pixels with their size."""

    data: bytes | memoryview
    mime: str = ""
    width: int = 0
    height: int = 0
    channels: int = 0

    @property
    def header(self) -> dict[str, object]:
        """What the page must know to draw it."""
        if self.mime:
            return {"mime": self.mime}
        return {"width": self.width, "height": self.height, "channels": self.channels}

    def sample(self, side: int, means: int) -> "Picture | None":
        """Take every so-many-th pixel, at most `side` a side; of a file the mean colours of `means` parts a side."""
        if not self.mime:
            return self._resized(side, box=None)
        found = mean_colors(self.data, self.mime, means)
        return found and Picture(found.pixels, "", found.width, found.height, found.channels)

    def shrink(self, box: int) -> "Picture":
        """Shrink it to fit so many pixels a side; encoded bytes stay."""
        return self if self.mime else self._resized(side=None, box=box)

    def _resized(self, side: int | None, box: int | None) -> "Picture":
        import numpy as np

        pixels = np.frombuffer(self.data, np.uint8).reshape(1, self.height, self.width, self.channels)
        if side is not None:
            pixels = sample_pixels(pixels, side)
        if box is not None:
            pixels = shrink_pixels(pixels, box)
        _, height, width, channels = pixels.shape
        return Picture(pixels.tobytes(), "", width, height, channels)
