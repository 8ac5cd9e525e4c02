// Tall blocks of few columns, `rows * block` numbers, row-major.

/** Columns made orthonormal, and orthogonal to `roots`, each twice. */
export function orthonormalise(vectors: Float64Array, roots: Float64Array, block: number): void {
  const rows = roots.length;
  let total = 0;
  for (const root of roots) total += root * root;
  for (let c = 0; c < block; c++) {
    for (let pass = 0; pass < 2; pass++) {
      let constant = 0;
      for (let row = 0; row < rows; row++) constant += (vectors[row * block + c] ?? 0) * (roots[row] ?? 0);
      for (let row = 0; row < rows; row++)
        vectors[row * block + c] = (vectors[row * block + c] ?? 0) - (constant / total) * (roots[row] ?? 0);
      for (let other = 0; other < c; other++) {
        let share = 0;
        for (let row = 0; row < rows; row++)
          share += (vectors[row * block + c] ?? 0) * (vectors[row * block + other] ?? 0);
        for (let row = 0; row < rows; row++)
          vectors[row * block + c] = (vectors[row * block + c] ?? 0) - share * (vectors[row * block + other] ?? 0);
      }
    }
    let squared = 0;
    for (let row = 0; row < rows; row++) squared += (vectors[row * block + c] ?? 0) ** 2;
    const scale = squared > 0 ? 1 / Math.sqrt(squared) : 0;
    for (let row = 0; row < rows; row++) vectors[row * block + c] = (vectors[row * block + c] ?? 0) * scale;
  }
}

/** All products of a column of `a` with one of `b`, made symmetric against rounding. */
export function innerProducts(a: Float64Array, b: Float64Array, block: number): Float64Array {
  const products = new Float64Array(block * block);
  for (let place = 0; place < a.length; place += block)
    for (let i = 0; i < block; i++)
      for (let j = 0; j < block; j++)
        products[i * block + j] = (products[i * block + j] ?? 0) + (a[place + i] ?? 0) * (b[place + j] ?? 0);
  for (let i = 0; i < block; i++)
    for (let j = 0; j < i; j++) {
      const mean = ((products[i * block + j] ?? 0) + (products[j * block + i] ?? 0)) / 2;
      products[i * block + j] = mean;
      products[j * block + i] = mean;
    }
  return products;
}

/** New columns, each the sum of the old ones weighted by one row of `mixing`. */
export function mixColumns(vectors: Float64Array, mixing: Float64Array, block: number): Float64Array<ArrayBuffer> {
  const mixed = new Float64Array(vectors.length);
  for (let place = 0; place < vectors.length; place += block)
    for (let which = 0; which < block; which++) {
      let sum = 0;
      for (let c = 0; c < block; c++) sum += (mixing[which * block + c] ?? 0) * (vectors[place + c] ?? 0);
      mixed[place + which] = sum;
    }
  return mixed;
}

/** The first columns alone, each with its largest entry positive. */
export function firstColumns(vectors: Float64Array, block: number, nComponents: number): Float32Array<ArrayBuffer> {
  const rows = vectors.length / block;
  const first = new Float32Array(rows * nComponents);
  for (let c = 0; c < nComponents; c++) {
    let largest = 0;
    for (let row = 0; row < rows; row++) {
      const value = vectors[row * block + c] ?? 0;
      if (Math.abs(value) > Math.abs(largest)) largest = value;
    }
    for (let row = 0; row < rows; row++)
      first[row * nComponents + c] = (largest < 0 ? -1 : 1) * (vectors[row * block + c] ?? 0);
  }
  return first;
}
