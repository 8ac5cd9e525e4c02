import type { Locator } from "playwright-core";

/** One box as it stands in a panel, in the units of the panel's axis. */
export interface DrawnBox {
  /** The group's name, "sel" for the selection's. */
  readonly name: string;
  /** Lower whisker, lower quartile, median, upper quartile, upper whisker. */
  readonly five: readonly number[];
  /** What the axis goes up a pixel. */
  readonly perPixel: number;
}

/** The panel of a unit. */
export const panelOf = (widget: Locator, unit: number): Locator =>
  widget.locator(`.ls-box-panel[data-ls-unit="${unit}"]`);

/** Units on show, as they are read: from the left, line by line. */
export const shownUnits = (widget: Locator): Promise<readonly number[]> =>
  widget.locator(".ls-box-panel").evaluateAll((all) =>
    all
      .map((panel) => ({ unit: Number(panel.getAttribute("data-ls-unit")), at: panel.getBoundingClientRect() }))
      .sort((a, b) => a.at.top - b.at.top || a.at.left - b.at.left)
      .map(({ unit }) => unit),
  );

/** Units in the table, those of its lines in view, first line first. */
export const listedUnits = (widget: Locator): Promise<readonly number[]> =>
  widget
    .locator(".ls-unit-line")
    .evaluateAll((lines) => lines.map((line) => Number(line.getAttribute("data-ls-unit"))));

/** Read every box of a unit's panel as a reader with a ruler would: by the numbers written at its axis' hairlines. */
export function drawnBoxes(widget: Locator, unit: number): Promise<readonly DrawnBox[]> {
  return panelOf(widget, unit).evaluate((panel) => {
    const heightOf = (mark: Element | null | undefined) => {
      if (!(mark instanceof SVGGraphicsElement)) throw new Error("A box has a part that is not drawn.");
      const { y, height } = mark.getBBox();
      return { top: y, bottom: y + height, middle: y + height / 2 };
    };
    const [lines, labels] = [".ls-box-rule", ".ls-box-tick"].map((part) => [...panel.querySelectorAll(part)]);
    const ticks = (labels ?? []).map(({ textContent }, at) => ({
      y: heightOf(lines?.[at]).middle,
      value: Number(textContent?.replaceAll(",", "").replace("−", "-")),
    }));
    const [first, last] = [ticks.at(0), ticks.at(-1)];
    if (!first || !last || first.y === last.y) throw new Error("The panel's axis has no two ticks.");
    const perPixel = (last.value - first.value) / (first.y - last.y);
    const valueAt = (y: number) => first.value + (first.y - y) * perPixel;
    return [...panel.querySelectorAll(".ls-box-group")]
      .filter((group) => group.querySelector(".ls-box-body"))
      .map((group) => {
        const [whiskers, body, median] = ["whiskers", "body", "median"].map((part) =>
          heightOf(group.querySelector(`.ls-box-${part}`)),
        );
        const heights = [whiskers?.bottom, body?.bottom, median?.middle, body?.top, whiskers?.top];
        // A name that is cut is whole in its tooltip, which is a part of its text.
        const name = group.querySelector(".ls-box-name");
        return {
          name: name?.querySelector("title")?.textContent ?? "",
          five: heights.map((y) => valueAt(y ?? Number.NaN)),
          perPixel,
        };
      });
  });
}
