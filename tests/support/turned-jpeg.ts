/** The bytes of a JPEG with an Exif segment more, that says how it is to be turned. */
export function turnedJpeg(jpeg: readonly number[], orientation: number): number[] {
  const exif = [..."Exif\0\0MM\0*"].map((letter) => letter.charCodeAt(0));
  const directory = [0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
  const segment = [...exif, ...directory];
  return [0xff, 0xd8, 0xff, 0xe1, 0, segment.length + 2, ...segment, ...jpeg.slice(2)];
}
