/** One column of a table: numbers, or one text a row. */
export interface CsvColumn {
  readonly name: string;
  readonly values: ArrayLike<number> | readonly string[];
}

export interface CsvOptions {
  /**
   * Put an apostrophe before text that starts with = + - @, tab or carriage return, which spreadsheets would run as a
   * formula. Default false: the text as it is. Numbers stay plain either way, also those that are text ("-1").
   */
  readonly safeForSpreadsheets?: boolean;
}

const FORMULA = /^[=+\-@\t\r]/;
const PLAIN_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A table by RFC 4180 (comma, CRLF, quotes doubled), with a header line. A number that is missing is an empty field. */
export function toCsv(columns: readonly CsvColumn[], { safeForSpreadsheets = false }: CsvOptions = {}): string {
  const rows = Math.max(0, ...columns.map(({ values }) => values.length));
  const guard = (text: string): string =>
    safeForSpreadsheets && FORMULA.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
  const lines = [columns.map(({ name }) => quote(guard(name))).join(",")];
  for (let row = 0; row < rows; row++) {
    const fields = columns.map(({ values }) => {
      const value: number | string | undefined = values[row];
      if (typeof value === "string") return quote(guard(value));
      if (value === undefined || Number.isNaN(value)) return "";
      return values instanceof Float32Array ? shortestSingle(value) : String(value);
    });
    lines.push(fields.join(","));
  }
  return `${lines.join("\r\n")}\r\n`;
}

function quote(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The shortest digits that give the same single-precision number: 0.1, not 0.10000000149011612. */
function shortestSingle(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}
