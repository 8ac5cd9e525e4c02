import { channelCount, type Preprocessing } from "../../../compute/features/preprocess/preprocessing.ts";
import { normalizerPresets } from "../../../compute/images/stain/normalizer-presets.ts";
import type { SettingField, SettingValues, TextField } from "../../chrome/settings-fields.ts";
import { figuresText, readFigures, readScale, readSize, scaleText, sizeText } from "../data/preprocessing-text.ts";

/** A choice that stands for null. */
const NONE = "none";
/** A stain that somebody fitted to a picture of theirs. */
const GIVEN = "as given";

type Key = keyof Preprocessing;

/** What is read of the panel's text back into a setting; undefined where it makes no sense. */
type Reader = (text: string, proposed: Preprocessing) => unknown;

const readers: Partial<Record<Key, Reader>> = {
  size: readSize,
  scale: readScale,
  mean: (text, proposed) => readFigures(text, channelCount(proposed)),
  deviation: (text, proposed) => {
    const figures = readFigures(text, channelCount(proposed));
    return figures?.every((figure) => figure > 0) ? figures : undefined;
  },
};

const choices = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

/**
 * How pictures are prepared, by the names that Python has for it; all of it takes effect at once.
 *
 * @param proposed What the file says, or is assumed: "Restore defaults" goes back to it.
 */
export function settingFields(proposed: Preprocessing, inForce: Preprocessing): readonly SettingField[] {
  const defaults = settingValues(proposed);
  const normalizers = [NONE, ...Object.keys(normalizerPresets)];
  const given = settingValues(inForce).normalizer === GIVEN ? [GIVEN] : [];
  const choice = (key: Key, values: readonly string[], help: string): SettingField => ({
    key,
    label: key,
    kind: "choice",
    options: choices(values),
    default: String(defaults[key]),
    applies: "now",
    help,
  });
  const text = (key: Key, label: string, help: string): TextField => ({
    key,
    label,
    kind: "text",
    default: String(defaults[key]),
    applies: "now",
    help,
    read(typed) {
      const value = readers[key]?.(typed, proposed);
      return value === undefined ? null : String(settingValues({ ...proposed, [key]: value })[key]);
    },
  });
  return [
    text("size", "size", "Width × height that pictures are resized to; empty: they keep theirs."),
    choice("resize", ["nearest", "bilinear", "bicubic", "lanczos"], "How they are resized: as Pillow does it."),
    choice("layout", ["NHWC", "NCHW"], "Channels last (Keras) or first (PyTorch)."),
    choice("channels", ["RGB", "BGR", "grey"], "What the network's channels are."),
    text("scale", "scale", "What values from 0 to 255 are multiplied by, such as 1/255."),
    text("mean", "mean", "Then taken off: one number, or one a channel."),
    text("deviation", "std", "Then divided by: one number above 0, or one a channel."),
    choice(
      "standardize",
      [NONE, "tensorflow", "torch"],
      "Slideflow's standardisation of each picture, in place of scale, mean and std.",
    ),
    choice("normalizer", [...normalizers, ...given], "Stain normalisation, before everything else but resizing."),
  ];
}

export function settingValues(preprocessing: Preprocessing): SettingValues {
  const { size, resize, layout, channels, scale, mean, deviation, standardize, normalizer } = preprocessing;
  const preset = Object.entries(normalizerPresets).find(
    ([, target]) => JSON.stringify(target) === JSON.stringify(normalizer),
  );
  return {
    size: sizeText(size),
    resize,
    layout,
    channels,
    scale: scaleText(scale),
    mean: figuresText(mean),
    deviation: figuresText(deviation),
    standardize: standardize ?? NONE,
    normalizer: normalizer ? (preset?.[0] ?? GIVEN) : NONE,
  };
}

/** What a value of the panel means for how pictures are prepared. */
export function settingOf(key: string, value: string, before: Preprocessing): Partial<Preprocessing> {
  if (key === "normalizer") {
    if (value === GIVEN) return { normalizer: before.normalizer };
    const preset = Object.entries(normalizerPresets).find(([name]) => name === value);
    return { normalizer: preset?.[1] ?? null };
  }
  if (key === "standardize") return { standardize: value === "tensorflow" || value === "torch" ? value : null };
  const read = readers[key as Key];
  return { [key]: read ? read(value, before) : value };
}
