"""The least that a widget can do: show as many bytes as a mosaic's first picture, asked for by message."""

from collections.abc import Sequence

import anywidget

SIDE = 800

_ESM = """
export default {
  render({ model, el }) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = SIDE;
    el.append(canvas);
    const context = canvas.getContext("2d");
    model.on("msg:custom", (_, [colors]) => {
      const picture = context.createImageData(SIDE, SIDE);
      for (let pixel = 0; pixel < SIDE * SIDE; pixel++) {
        for (let channel = 0; channel < 3; channel++)
          picture.data[4 * pixel + channel] = colors.getUint8(3 * pixel + channel);
        picture.data[4 * pixel + 3] = 255;
      }
      context.putImageData(picture, 0, 0);
    });
    model.send({});
  },
};
""".replace("SIDE", str(SIDE))


class Bare(anywidget.AnyWidget):
    """A canvas of red, green and blue bytes.

    Parameters
    ----------
    colors
        At least `3 * SIDE ** 2` bytes.
    """

    _esm = _ESM

    def __init__(self, colors: bytes) -> None:
        super().__init__()
        self._colors = colors[: 3 * SIDE**2]
        self.on_msg(self._give)

    def _give(self, _: object, __: object, ___: Sequence[memoryview]) -> None:
        self.send({}, [self._colors])
