/** Seeded numbers from 0 to 1, one sequence for each fault, so that a run with the same requests repeats. */

export type Draw = () => number

const hashOf = (text: string): number => {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}

/** The sequence (mulberry32) of one name under one seed. */
export const sequence = (seed: number, name: string): Draw => {
  let state = Math.imul(seed ^ 0x6d2b79f5, 0x9e3779b1) ^ hashOf(name)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
