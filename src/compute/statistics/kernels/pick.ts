// What is known of some rows of a sorted column, in one look at each of them.

@inline
function at(base: usize, index: i32): usize {
  return base + ((<usize>index) << 2);
}

/** The rows whose bits are set in both masks, ascending. Returns how many. */
export function listRows(mask: usize, other: usize, bytes: i32, rows: usize): i32 {
  let listed = rows;
  for (let byte = 0; byte < bytes; byte++) {
    let bits: u32 = load<u8>(mask + byte) & load<u8>(other + byte);
    while (bits) {
      store<i32>(listed, (byte << 3) + ctz(bits));
      listed += 4;
      bits &= bits - 1;
    }
  }
  return <i32>((listed - rows) >> 2);
}

/**
 * Those of `count` rows that have a rank: their ranks as bits, their values and numbers in the order of the rows, and how
 * many and how much they come to for each slide (`slides` numbers them from 0 on; 0: all rows are of one). Where `share`
 * is set, a value counts 1 above `bound` and 0 elsewhere. Bits, tiles and sums are zero before.
 *
 * @returns How many have a rank.
 */
export function pickRows(
  rows: usize, count: i32, values: usize, ranks: usize, slides: usize, share: i32, bound: f32,
  bits: usize, picked: usize, pickedRows: usize, tiles: usize, sums: usize,
): i32 {
  let found = 0;
  let slide = 0, counted = 0, sum: f64 = 0;
  for (let place = 0; place < count; place++) {
    const row = load<i32>(at(rows, place));
    const rank = load<i32>(at(ranks, row));
    if (rank < 0) continue;
    const value = load<f32>(at(values, row));
    store<f32>(at(picked, found), value);
    store<i32>(at(pickedRows, found), row);
    found++;
    const byte = bits + ((<usize>rank) >> 3);
    store<u8>(byte, load<u8>(byte) | (<u8>1 << <u8>(rank & 7)));
    if (slides) {
      const own = load<i32>(at(slides, row));
      // Rows of a slide mostly follow each other.
      if (own != slide) {
        addTo(tiles, sums, slide, counted, sum);
        slide = own;
        counted = 0;
        sum = 0;
      }
    }
    counted++;
    sum += share ? <f64>(value > bound) : <f64>value;
  }
  addTo(tiles, sums, slide, counted, sum);
  return found;
}

@inline
function addTo(tiles: usize, sums: usize, slide: i32, counted: i32, sum: f64): void {
  const total = sums + ((<usize>slide) << 3);
  store<i32>(at(tiles, slide), load<i32>(at(tiles, slide)) + counted);
  store<f64>(total, load<f64>(total) + sum);
}

/** How many bits are set before each word of 32. */
export function countBefore(bits: usize, words: i32, before: usize): void {
  let count = 0;
  for (let word = 0; word < words; word++) {
    store<i32>(at(before, word), count);
    count += popcnt(load<i32>(at(bits, word)));
  }
}
