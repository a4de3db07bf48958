/** A text, cut where something begins or ends: pieces in order, each with what stands over it. */
export interface Piece<T> {
  text: string
  start: number // in code points of the whole text
  over: T[]
}

export interface Stretch<T> {
  start: number
  end: number // exclusive
  of: T
}

/**
 * Cuts a text at the ends of all stretches, which count in Unicode code points and may overlap in any way. What lies
 * outside the text is cut off.
 */
export function cut<T>(text: string, stretches: Stretch<T>[], offset = 0): Piece<T>[] {
  const points = Array.from(text)
  const within = stretches
    .map((s) => ({ ...s, start: Math.max(s.start - offset, 0), end: Math.min(s.end - offset, points.length) }))
    .filter((s) => s.start < s.end)
  const borders = [...new Set([0, points.length, ...within.flatMap((s) => [s.start, s.end])])].sort((a, b) => a - b)
  const pieces: Piece<T>[] = []
  for (const [i, start] of borders.entries()) {
    const end = borders[i + 1]
    if (end === undefined) break
    pieces.push({
      text: points.slice(start, end).join(''),
      start: start + offset,
      over: within.filter((s) => s.start < end && s.end > start).map((s) => s.of),
    })
  }
  return pieces
}
