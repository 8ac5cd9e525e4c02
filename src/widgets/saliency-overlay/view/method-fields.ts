import { SALIENCY_METHODS, type SaliencyMethod, takesSmooth } from "../../../compute/saliency/saliency-method.ts";
import type { SettingField, SettingValues } from "../../chrome/settings-fields.ts";
import { METHOD_WORDS } from "../data/method-words.ts";
import { type AskedMethod, type SaliencyOverlayProps, saliencyOverlayDefaults } from "../props.ts";

type Asked = Pick<SaliencyOverlayProps, "methods" | "options" | "of">;
type NumberOption = "xSteps" | "steps" | "nsamples" | "size" | "stride";

const BASELINES = ["zeros", "black", "white", "mean", "blur"];
/** A picture that was passed. */
const GIVEN = "given";

/** Of which methods an option is, under the name that Python has for it; the numbers are those that they have themselves. */
const NUMBER_OPTIONS: Readonly<
  Record<
    NumberOption,
    { label: string; of: readonly SaliencyMethod[]; range: readonly [number, number]; default: number; help: string }
  >
> = {
  xSteps: {
    label: "x_steps",
    of: ["integrated_gradients", "guided_integrated_gradients"],
    range: [2, 400],
    default: 25,
    help: "Gradients along the path.",
  },
  steps: {
    label: "steps",
    of: ["blur_integrated_gradients", "xrai", "xrai_fast"],
    range: [2, 400],
    default: 100,
    help: "Gradients along the path, of XRAI from each baseline.",
  },
  nsamples: { label: "nsamples", of: [], range: [2, 200], default: 25, help: "Pictures with noise that are averaged." },
  size: { label: "size", of: ["occlusion"], range: [1, 100], default: 15, help: "Of the patch, in pixels." },
  stride: {
    label: "stride",
    of: ["occlusion"],
    range: [1, 50],
    default: 1,
    help: "Pixels from one patch to the next.",
  },
};

const isNumberOption = (key: string): key is NumberOption => Object.hasOwn(NUMBER_OPTIONS, key);

/** Which methods there are, and those options that count for the ones that are chosen. */
export function methodFields({ methods, options }: Asked): readonly SettingField[] {
  const isAsked = (method: SaliencyMethod) => methods.some((each) => each.method === method);
  const isSmooth = methods.some(({ smooth }) => smooth);
  const toggles = SALIENCY_METHODS.map(
    (method): SettingField => ({
      key: method,
      label: METHOD_WORDS[method],
      kind: "toggle",
      default: saliencyOverlayDefaults.methods.some((each) => each.method === method),
      applies: "now",
    }),
  );
  const numbers = Object.entries(NUMBER_OPTIONS).flatMap(([key, { label, of, range, default: number, help }]) => {
    const counts = key === "nsamples" ? isSmooth : of.some(isAsked);
    const [min, max] = range;
    return counts
      ? [{ key, label, help, kind: "number", min, max, step: 1, default: number, live: true } as const]
      : [];
  });
  const baselines = typeof options.xBaseline === "object" ? [...BASELINES, GIVEN] : BASELINES;
  const baseline: SettingField = {
    key: "xBaseline",
    label: "x_baseline",
    kind: "choice",
    options: baselines.map((value) => ({ value, label: value })),
    default: "zeros",
    applies: "now",
    help: "Where the path begins. black and white by the model's own preprocessing, mean: the picture's mean colour, blur: the picture blurred.",
  };
  const isSmoothable = methods.some(({ method }) => takesSmooth(method));
  const smooth: SettingField = {
    key: "smooth",
    label: "smooth",
    kind: "toggle",
    default: false,
    applies: "now",
    help: "The mean over pictures with noise.",
  };
  const needsBaseline = NUMBER_OPTIONS.xSteps.of.some(isAsked);
  return [
    ...toggles,
    ...(isSmoothable ? [smooth] : []),
    ...numbers,
    ...(needsBaseline ? [baseline] : []),
    {
      key: "of",
      label: "of",
      kind: "choice",
      options: ["logits", "probabilities"].map((value) => ({ value, label: value })),
      default: saliencyOverlayDefaults.of,
      applies: "now",
      help: "What comes before a final softmax, or what comes after it.",
    },
  ];
}

export function methodValues({ methods, options, of }: Asked): SettingValues {
  const asked = SALIENCY_METHODS.map((method) => [method, methods.some((each) => each.method === method)] as const);
  const numbers = Object.entries(NUMBER_OPTIONS).map(
    ([key, { default: number }]) => [key, options[key as NumberOption] ?? number] as const,
  );
  const { xBaseline = "zeros" } = options;
  return {
    ...Object.fromEntries(asked),
    ...Object.fromEntries(numbers),
    smooth: methods.some(({ smooth }) => smooth),
    xBaseline: typeof xBaseline === "object" ? GIVEN : xBaseline,
    of,
  };
}

/** What a value of the panel means; null: it is no setting of methods, or none that there can be. */
export function methodSetting(
  key: string,
  value: string | number | boolean,
  { methods, options }: Asked,
): Partial<SaliencyOverlayProps> | null {
  const method = SALIENCY_METHODS.find((each) => each === key);
  if (method) {
    const chosen = chooseMethod(methods, method, value === true);
    return chosen.length > 0 ? { methods: chosen } : null;
  }
  if (key === "smooth") return { methods: smoothed(methods, value === true) };
  if (key === "of") return { of: value === "probabilities" ? "probabilities" : "logits" };
  if (key === "xBaseline") return value === GIVEN ? null : { options: { ...options, xBaseline: String(value) } };
  return isNumberOption(key) ? { options: { ...options, [key]: Number(value) } } : null;
}

/** In the order in which all methods stand. */
function chooseMethod(methods: readonly AskedMethod[], method: SaliencyMethod, isAdded: boolean): AskedMethod[] {
  const others = methods.filter((each) => each.method !== method);
  const isSmooth = methods.filter((each) => takesSmooth(each.method)).every((each) => each.smooth);
  const isAny = methods.some((each) => each.smooth);
  const chosen = isAdded ? [...others, { method, smooth: isSmooth && isAny && takesSmooth(method) }] : others;
  const numberOf = (each: AskedMethod) => SALIENCY_METHODS.indexOf(each.method);
  return chosen.sort((one, other) => numberOf(one) - numberOf(other));
}

function smoothed(methods: readonly AskedMethod[], smooth: boolean): AskedMethod[] {
  return [...new Set(methods.map(({ method }) => method))].map((method) => ({
    method,
    smooth: smooth && takesSmooth(method),
  }));
}
