import type { ModelLayer } from "../model-layer.ts";
import { shapeText, sizeText } from "./layer-table.ts";
import { layerTotals } from "./layer-totals.ts";

const FIGURES = new Intl.NumberFormat("en");

/** A column of the printed table: its head, and which side its text stands on. */
interface Column {
  readonly head: string;
  readonly right: boolean;
  readonly cells: readonly string[];
}

/**
 * The layer table as text: the lines that Keras 3 prints (`keras/src/utils/summary_utils.py`), with multiply-adds,
 * type, kernel and stride after its columns. No name is cut.
 *
 * @param model - The model's name.
 */
export function summaryText(layers: readonly ModelLayer[], model: string): string {
  const columns: Column[] = [
    { head: "Layer (type)", right: false, cells: layers.map(({ name, type }) => `${name} (${type})`) },
    { head: "Output Shape", right: false, cells: layers.map(({ outputs }) => shapeText(outputs)) },
    { head: "Param #", right: true, cells: layers.map(({ parameters }) => figure(parameters)) },
    { head: "Multiply-adds", right: true, cells: layers.map(({ multiplyAdds }) => figure(multiplyAdds)) },
    { head: "Type", right: false, cells: layers.map(({ dtype }) => dtype) },
    { head: "Kernel", right: false, cells: layers.map(({ kernel }) => sizeText(kernel) ?? "") },
    { head: "Stride", right: false, cells: layers.map(({ stride }) => sizeText(stride) ?? "") },
  ];
  return [`Model: "${model}"`, ...tableLines(columns, layers.length), ...totalLines(layers), ""].join("\n");
}

function tableLines(columns: readonly Column[], rows: number): readonly string[] {
  const widths = columns.map(({ head, cells }) =>
    cells.reduce((most, cell) => Math.max(most, cell.length), head.length),
  );
  const rule = (left: string, dash: string, between: string, right: string) =>
    left + widths.map((width) => dash.repeat(width + 2)).join(between) + right;
  const line = (edge: string, cells: readonly string[]) => {
    const padded = cells.map((cell, at) =>
      columns[at]?.right ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
    );
    return `${edge} ${padded.join(` ${edge} `)} ${edge}`;
  };
  return [
    rule("┏", "━", "┳", "┓"),
    line(
      "┃",
      columns.map(({ head }) => head),
    ),
    rule("┡", "━", "╇", "┩"),
    ...Array.from({ length: rows }, (_, row) =>
      line(
        "│",
        columns.map(({ cells }) => cells[row] ?? ""),
      ),
    ),
    rule("└", "─", "┴", "┘"),
  ];
}

/** What the table ends with, in Keras' words, and the multiply-adds. */
export function totalLines(layers: readonly ModelLayer[]): readonly string[] {
  const { parameters, trainable, parameterBytes, trainableBytes, multiplyAdds, unknown } = layerTotals(layers);
  const frozen = `${figure(parameters - trainable)} (${sizeInWords(parameterBytes - trainableBytes)})`;
  const without = unknown > 0 ? `, ${unknown} ${unknown === 1 ? "layer" : "layers"} not counted` : "";
  return [
    ` Total params: ${figure(parameters)} (${sizeInWords(parameterBytes)})`,
    ` Trainable params: ${figure(trainable)} (${sizeInWords(trainableBytes)})`,
    ` Non-trainable params: ${frozen}`,
    ` Multiply-adds a picture: ${figure(unknown > 0 && multiplyAdds === 0 ? null : multiplyAdds)}${without}`,
  ];
}

function figure(value: number | null): string {
  return value === null ? "?" : FIGURES.format(value);
}

/** As Keras has it: units of 1,024, two decimals. */
function sizeInWords(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let size = bytes;
  let unit = 0;
  for (; size >= 1024 && unit < units.length - 1; unit++) size /= 1024;
  return `${size.toFixed(2)} ${units[unit]}`;
}
