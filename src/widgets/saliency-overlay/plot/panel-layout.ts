/** CSS px. */
export interface PanelSize {
  readonly width: number;
  readonly height: number;
}

export interface PanelLayout {
  /** Panels beside each other. */
  readonly across: number;
  /** A picture's panels stand in several lines: each says what it is. */
  readonly isWrapped: boolean;
  /** A panel of each picture. */
  readonly panels: readonly PanelSize[];
}

export interface PanelSpace {
  /** Of all panels together, CSS px. */
  readonly width: number;
  /** Of a panel, at most. */
  readonly height: number;
  /** The pictures', in their own pixels. */
  readonly sizes: readonly PanelSize[];
  /** Panels of a picture. */
  readonly count: number;
}

/** Between panels, CSS px. */
export const PANEL_GAP = 8;

/** Two panels are compared at a size at which their pictures are looked at; of more the smaller ones are still read. */
const LEAST_OF_TWO = 180;
const LEAST_OF_MANY = 96;

/** Smaller pictures are drawn pixel by pixel. */
const CRISP = 128;

/** Whether a picture's pixels are to be seen one by one. */
export function isCrisp({ width, height }: PanelSize): boolean {
  return Math.max(width, height) < CRISP;
}

/** How large panels are, and how many stand beside each other: as many as can be read, in lines of about the same length. */
export function layOutPanels({ width, height, sizes, count }: PanelSpace): PanelLayout {
  const least = count > 2 ? LEAST_OF_MANY : LEAST_OF_TWO;
  const most = Math.max(1, Math.min(count, Math.floor((width + PANEL_GAP) / (least + PANEL_GAP))));
  const lines = Math.ceil(count / most);
  const across = Math.ceil(count / lines);
  const room = Math.floor((width - (across - 1) * PANEL_GAP) / across);
  return { across, isWrapped: lines > 1, panels: sizes.map((size) => fitPanel(size, { width: room, height })) };
}

/** As large as there is room; pixels that are seen one by one by a whole factor, so that all are of one size. */
function fitPanel(size: PanelSize, room: PanelSize): PanelSize {
  const factor = Math.min(room.width / size.width, room.height / size.height);
  const scale = isCrisp(size) && factor > 1 ? Math.floor(factor) : factor;
  return { width: Math.round(size.width * scale), height: Math.round(size.height * scale) };
}
