import { channelStrengths } from "../../../compute/feature-maps/channel-statistics.ts";
import type { MapLayer } from "../../../compute/feature-maps/feature-maps.ts";
import { orderChannels } from "../../../compute/feature-maps/order-channels.ts";
import { patchOf } from "../../../compute/feature-maps/receptive-field.ts";
import { frame } from "../../chrome/frame.ts";
import { tooltip } from "../../chrome/tooltip.ts";
import { watchColorScheme } from "../../theme/color-scheme.ts";
import { installStyles } from "../../theme/install-styles.ts";
import { readTokens } from "../../theme/tokens.ts";
import { answerStatus } from "../../work/answer-status.ts";
import { viewStatus } from "../../work/view-status.ts";
import { layersOf } from "../data/shown-maps.ts";
import type { Change, FeatureMapGridSession, MapPixel } from "../session.ts";
import { detailPane } from "./detail-pane.ts";
import { type GridMaps, mapColors } from "./grid-look.ts";
import { gridPane, type PointedAt } from "./grid-pane.ts";
import { gridStyles } from "./grid-styles.ts";
import { mapFiles } from "./map-files.ts";
import { mapSentence, mapTooltip, pointedPixel } from "./map-hover.ts";
import { mapLegend } from "./map-legend.ts";
import { layerWords, mapLabel, mapSubtitle } from "./map-words.ts";
import { newPictures } from "./new-pictures.ts";
import { sidePane } from "./side-pane.ts";
import { sortItems } from "./sort-items.ts";
import { viewDialogs } from "./view-dialogs.ts";
import { viewTools } from "./view-tools.ts";

const TITLE = "Feature maps";
const STATUS = { code: "featureMapGrid({model, images})", ready: "The feature maps are drawn." };

/** Show a session in `root`: the frame, the pictures, the layers' channels and the one that is open, until `signal` aborts. */
export function mountView(session: FeatureMapGridSession, root: HTMLElement, signal: AbortSignal): void {
  const shell = frame(
    root,
    { title: session.props.title ?? TITLE, onFullScreen: (active) => tools.showFullScreen(active) },
    signal,
  );
  shell.root.classList.add("ls-feature-maps");
  // The grid in it is what keys steer.
  shell.body.removeAttribute("tabindex");
  shell.body.setAttribute("role", "group");
  installStyles(shell.root, "feature-map-grid", gridStyles);
  const scheme = watchColorScheme(shell.root, session.props.theme, () => showMaps(), signal);
  const status = viewStatus(answerStatus(session, STATUS), shell, signal);
  let maps: GridMaps = { layers: [], orders: [], strengths: [] };
  let colors = mapColors(session.props);
  /** The picture whose answer is open. */
  let openedInput = 0;
  /** A channel is being opened in this view, which takes the focus; another view of it leaves the focus alone. */
  let isOpening = false;
  let tokens = readTokens(shell.root);

  const side = sidePane(
    {
      onLayer(layer) {
        if (detail.isOpen) session.open(null);
        grid.goTo(layer);
      },
      onPicture: (picture, place) => session.show(picture, place),
    },
    signal,
  );
  const grid = gridPane(
    {
      onPoint: showPoint,
      onOpen(point) {
        const channel = maps.orders[point.layer]?.[point.place];
        if (channel === undefined) return;
        open(point.layer, channel, point.input);
      },
      onLayer: (layer) => side.rail.mark(layer),
      onHelp: () => dialogs.openHelp(),
    },
    signal,
  );
  const detail = detailPane(
    session,
    {
      inputs: side.inputs,
      status,
      colors: () => colors,
      onPixel: showOpenedPixel,
      onStep: step,
      onClose: () => close(),
    },
    signal,
  );
  const stage = document.createElement("div");
  stage.className = "ls-map-stage";
  stage.append(grid.element, detail.element);
  const tip = tooltip(shell.body, () => ({ bars: tokens.edge, tick: tokens.text }), signal);
  const legend = mapLegend();
  const dialogs = viewDialogs(
    session,
    shell,
    {
      onSettings: (open) => tools.showSettings(open),
      onChannel(layer, channel) {
        shell.setDialog(null);
        open(layer, channel, 0);
      },
    },
    signal,
  );
  const files = mapFiles(session, shell.root, (text) => status.answer(text));
  const given = newPictures(session, shell, (text) => status.answer(text), signal);
  shell.body.append(...side.elements, stage, legend.element, given.element);
  const tools = viewTools(
    {
      toggleSettings: () => dialogs.toggleSettings(),
      sortItems: () => sortItems(session.props.sort, maps.layers.length > 1, (sort) => session.choose({ sort })),
      pictureItems: given.items,
      toggleFullScreen: () => void shell.fullScreen.toggle(),
      save: (format) => void files.save(format),
      copyCaption: () => void files.copyCaption(),
      help: () => dialogs.openHelp(),
    },
    signal,
  );
  shell.setToolbar(tools.element);
  shell.escape.on("panel", close, signal);

  const follow: Record<Change, () => void> = {
    maps: showMaps,
    pictures: showPictures,
    opened: showOpened,
    options: showOptions,
    status: () => status.showWork(),
  };
  session.listen((change) => follow[change](), signal);
  showOptions();

  function showMaps(): void {
    const { shown, props } = session;
    const layers = layersOf(shown);
    const pictures = shown?.pictures ?? [];
    const beside = pictures[1]?.maps.layers ?? [];
    maps = {
      layers: pictures.map((picture) => picture.maps.layers),
      orders: layers.map((layer, at) => orderChannels(layer.statistics, props.sort, beside[at]?.statistics ?? null)),
      strengths: pictures.map((picture) => picture.maps.layers.map(({ statistics }) => channelStrengths(statistics))),
    };
    colors = mapColors(props);
    side.show(shown);
    tokens = readTokens(shell.root);
    const look = { normalize: props.normalize, colors, tokens };
    const heads = layers.map((layer) => ({ name: layer.name, words: layerWords(layer) }));
    legend.show(props.normalize, shown && colors);
    grid.show(shown && { maps, look, columns: props.columns, heads });
    shell.setSubtitle(mapSubtitle(shown));
    shell.setLabel(mapLabel(shown));
    grid.setLabel(mapLabel(shown));
    tools.showMaps({ maps: shown !== null, model: props.model !== null });
    showPictures();
    showOpened();
    status.showWork();
  }

  function showPictures(): void {
    // Without a model there is nothing to ask another picture about.
    side.showChoice(session.props.model ? session.pictures.all : [], session.wanted);
  }

  function showOptions(): void {
    const { title, theme } = session.props;
    shell.setTitle(title ?? TITLE);
    scheme.setTheme(theme);
    dialogs.followOptions();
    showMaps();
  }

  function showOpened(): void {
    const wasOpen = detail.isOpen;
    detail.follow(openedInput);
    grid.element.inert = detail.isOpen;
    if (detail.isOpen) tip.hide();
    if (detail.isOpen && !wasOpen && isOpening) detail.focus();
  }

  function open(layer: number, channel: number, input: number): void {
    openedInput = input;
    isOpening = true;
    session.open({ layer, channel });
    isOpening = false;
  }

  function close(): boolean {
    const { opened } = session;
    // What covers both, help for one, is closed first.
    if (!opened || shell.body.parentElement?.classList.contains("ls-covered")) return false;
    session.open(null);
    grid.focus();
    const place = maps.orders[opened.layer]?.indexOf(opened.channel) ?? -1;
    if (place >= 0) grid.pointAt({ layer: opened.layer, place });
    return true;
  }

  /** The channel before or after the one that is open, in the order in which they stand. */
  function step(by: -1 | 1): void {
    const { opened } = session;
    const order = opened && maps.orders[opened.layer];
    if (!opened || !order) return;
    const channel = order[order.indexOf(opened.channel) + by];
    if (channel !== undefined) session.open({ layer: opened.layer, channel });
  }

  function showPoint(point: PointedAt | null): void {
    // The grid is laid out anew below an open channel, too.
    if (detail.isOpen) return;
    const layer = point && maps.layers[point.input]?.[point.layer];
    const channel = point && maps.orders[point.layer]?.[point.place];
    if (!point || !layer || channel === null || channel === undefined || !grid.layout) {
      tip.hide();
      markInputs(null, null);
      return;
    }
    const pixel = pointedPixel(layer, channel, point, grid.layout.cell);
    const content = mapTooltip(layer, channel, pixel, session.shown?.pictures[1 - point.input] ?? null);
    const { x, y, side: cell } = grid.boxOf(point, shell.body);
    const middle = { x: x + cell * (point.input + 0.5), y: y + cell / 2, radius: (cell * Math.SQRT2) / 2 };
    tip.show(middle, content);
    markInputs(layer, pixel);
    if (point.x === null) shell.live.announce(mapSentence(content));
  }

  function showOpenedPixel(pixel: MapPixel): void {
    const { opened } = session;
    const layer = opened && detail.picture?.maps.layers[opened.layer];
    markInputs(layer ?? null, pixel);
  }

  /** Both pictures, where there are two: the same pixel saw the same place of each. */
  function markInputs(layer: MapLayer | null, pixel: MapPixel | null): void {
    for (const [at, input] of side.inputs.entries()) {
      const size = session.shown?.pictures[at]?.pixels;
      input.mark(layer && pixel && size ? patchOf(layer.field, pixel.row, pixel.column, size) : null);
    }
  }
}
