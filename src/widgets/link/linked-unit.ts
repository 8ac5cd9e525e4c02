/** A column of activations that linked widgets show: a map is coloured by it, or has it as its height. */
export interface LinkedUnit {
  /** Its number among the columns; -1 for numbers that are no column. */
  readonly index: number;
  /** As legends and axes call it: "unit 3". */
  readonly name: string;
  /** One a row; NaN where there is none. */
  readonly values: Float32Array<ArrayBuffer>;
}
