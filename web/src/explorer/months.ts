/** How many statements a stretch of time has: a year, or a month of the year that is looked into. */
export interface Stretch {
  date: string
  count: number
}

/**
 * What a list can be narrowed down to by time, with the number that each would leave. A statement of which only the
 * year is known can have been made in each of its months, and so it is counted in each.
 */
export function stretches(months: { month: string; count: number }[], year: string | null): Stretch[] {
  const years = new Map<string, number>()
  for (const m of months) years.set(m.month.slice(0, 4), (years.get(m.month.slice(0, 4)) ?? 0) + m.count)
  const only = years.size === 1 ? [...years.keys()][0] : year
  if (!only || !years.has(only)) return [...years].map(([date, count]) => ({ date, count }))
  const vague = months.find((m) => m.month === only)?.count ?? 0
  return months.filter((m) => m.month.startsWith(`${only}-`)).map((m) => ({ date: m.month, count: m.count + vague }))
}
