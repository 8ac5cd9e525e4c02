/** What is told where `pca` leaves nothing out. */
export function describeUnusedPca(pca: number, columns: number): string {
  return `pca is ${pca}, and there are ${columns} columns: all of them are used.`;
}
