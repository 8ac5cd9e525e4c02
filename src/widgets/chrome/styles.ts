import tokens from "../theme/tokens.css";
import frame from "./frame.css";
import legend from "./legend.css";
import list from "./list.css";
import panels from "./panels.css";
import settings from "./settings.css";
import status from "./status.css";
import toolbar from "./toolbar.css";
import tooltip from "./tooltip.css";

/** All styles that the widgets share, in the order in which they apply. */
export const chromeStyles: string = [tokens, frame, toolbar, status, legend, list, settings, tooltip, panels].join(
  "\n",
);
