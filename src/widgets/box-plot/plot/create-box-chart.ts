import { installStyles } from "../../theme/install-styles.ts";
import styles from "./box-chart.css";
import { ChartInput } from "./chart-input.ts";
import { ChartStage } from "./chart-stage.ts";
import type { BoxChart, BoxChartOptions } from "./plot-options.ts";

/** Draw panels of boxes into `body` and make them touchable, until the signal aborts. */
export function createBoxChart(body: HTMLElement, options: BoxChartOptions): BoxChart {
  if (!body.hasAttribute("tabindex")) body.tabIndex = 0;
  if (!body.hasAttribute("role")) body.setAttribute("role", "application");
  installStyles(body, "box-chart", styles);
  const stage = new ChartStage(body, () => input.follow(), options.signal);
  const input = new ChartInput(body, stage, options);

  return {
    draw: (scene) => stage.draw(scene),
    setHovered: (hoveredRow) => stage.mark({ hoveredRow }),
    setCurrentUnit: (currentUnit) => stage.mark({ currentUnit }),
    setPreview: (preview) => stage.mark({ preview }),
    themeChanged: () => stage.readFonts(),
    whenDrawn: async () => stage.drawNow(),
  };
}
