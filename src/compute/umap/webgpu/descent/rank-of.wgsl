// Bits set before a place.
fn rankOf(place: u32) -> u32 {
  return ranks[place / 32u] + countOneBits(words[place / 32u] & ((1u << (place % 32u)) - 1u));
}
