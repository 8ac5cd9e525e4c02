/** Settings that a reader has changed by hand: each with what was asked for by then, which another wish since goes before. */
export type ChosenSettings = Readonly<Record<string, { readonly chosen: unknown; readonly asked: unknown }>>;

type Properties = Readonly<Record<string, unknown>>;

/**
 * What is chosen by hand once a reader has made another choice; what was asked for again is no choice.
 *
 * @param props As they are before it.
 */
export function chooseSettings(before: ChosenSettings, props: Properties, changed: Properties): ChosenSettings {
  const next = { ...before };
  for (const [name, chosen] of Object.entries(changed)) {
    const asked = before[name] ? before[name].asked : props[name];
    if (isSame(chosen, asked)) delete next[name];
    else next[name] = { chosen, asked };
  }
  return next;
}

/** Whoever wrote the widget asks for something else: of these settings nothing is the reader's any more. */
export function dropSettings(before: ChosenSettings, changed: Properties): ChosenSettings {
  return Object.fromEntries(Object.entries(before).filter(([name]) => !(name in changed)));
}

/** Those that still stand against what is asked for now. */
export function standingSettings(chosen: ChosenSettings, props: Properties): ChosenSettings {
  return Object.fromEntries(Object.entries(chosen).filter(([name, { asked }]) => isSame(props[name], asked)));
}

/** The settings themselves. */
export function settingsChosen(chosen: ChosenSettings): Properties {
  return Object.fromEntries(Object.entries(chosen).map(([name, { chosen: value }]) => [name, value]));
}

/** Lists and options are another object each time, and the same setting where the same is in them. */
function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
