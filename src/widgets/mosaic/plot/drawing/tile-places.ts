import type { Lattice } from "../../../../compute/mosaic/index.ts";
import type { View } from "../../../plane/view.ts";
import { type CellPlaces, cellPlaces, enlargePlaces } from "../cells/cell-places.ts";
import { DENSITY_BELOW } from "./density-limit.ts";

/** Where tiles lie: on their cells, and larger where these are too small to show a picture. */
export function tilePlaces(lattice: Lattice, view: View, ratio: number): CellPlaces {
  return enlargePlaces(cellPlaces(lattice, view, ratio), DENSITY_BELOW * ratio);
}
