import { describe, expect, it } from "vitest";
import { LayoutPictures, type PictureAsk } from "../../../../src/compute/umap/layout/layout-pictures.ts";

const styles = { rows: 2, codes: null, palette: new Uint8Array(768), missing: -1, mask: null };
const seen = { affine: [1, 0, 0, 1, 0, 0], width: 4, height: 3, diameter: 2, ring: 1, floor: 0.5 } as const;
const askOf = (view: number, number: number): PictureAsk => ({
  view,
  number,
  picture: { ...seen, grey: [1, 2, 3], dense: null },
});
const pictureOf = (view: number, number: number) => ({
  view,
  number,
  pixels: new Uint8ClampedArray(48),
  dense: 1,
  measured: null,
});

describe("the line between a settling layout and its views", () => {
  it("has each ask taken once, and its answer given to who asked", async () => {
    const line = new LayoutPictures();
    const [one, other] = [line.newView(), line.newView()];
    const asks = [line.ask(askOf(one, 1)), line.ask(askOf(other, 1))];
    expect(line.takeAsks().map(({ view }) => view)).toEqual([one, other]);
    expect(line.takeAsks()).toEqual([]);
    const pictures = [pictureOf(one, 1), pictureOf(other, 1)] as const;
    line.answer(pictures[1]);
    line.answer(pictures[0]);
    expect(await Promise.all(asks)).toEqual(pictures);
  });

  it("answers nothing to an ask that was withdrawn or replaced, and takes no late answer for the next one's", async () => {
    const line = new LayoutPictures();
    const first = line.ask(askOf(1, 1));
    const second = line.ask(askOf(1, 2));
    expect(await first).toBeNull();
    expect(line.takeAsks().map(({ number }) => number)).toEqual([2]);
    line.answer(pictureOf(1, 1));
    line.withdraw(1);
    expect(await second).toBeNull();
    const third = line.ask(askOf(1, 3));
    line.answer(pictureOf(1, 2));
    line.answer(pictureOf(1, 3));
    expect(await third).toMatchObject({ number: 3 });
  });

  it("keeps how a view's rows look until it is told otherwise", () => {
    const line = new LayoutPictures();
    void line.ask({ ...askOf(1, 1), styles });
    void line.ask(askOf(1, 2));
    expect(line.stylesOf(1)).toBe(styles);
    expect(line.stylesOf(2)).toBeUndefined();
    const others = { ...styles, missing: 255 };
    void line.ask({ ...askOf(1, 3), styles: others });
    expect(line.stylesOf(1)).toBe(others);
  });

  it("ends: who waits and who asks later gets nothing", async () => {
    const line = new LayoutPictures();
    const waiting = line.ask({ ...askOf(1, 1), styles });
    line.end();
    expect(line.hasEnded).toBe(true);
    expect(await waiting).toBeNull();
    expect(await line.ask(askOf(1, 2))).toBeNull();
    expect(line.takeAsks()).toEqual([]);
    expect(line.stylesOf(1)).toBeUndefined();
  });
});
