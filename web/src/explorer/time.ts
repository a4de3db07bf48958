/** Days as numbers: 0 is 1 January 1970. */
export type Day = number

const dayLength = 86_400_000

export const dayOf = (year: number, month: number, day: number): Day =>
  new Date(0).setUTCFullYear(year, month - 1, day) / dayLength
export const dateOf = (day: Day): Date => new Date(day * dayLength)

/** A partial date's earliest and latest day, and whether a flag makes it doubtful. Null of what is unknown or open. */
export function daysOf(date: string | null | undefined): { first: Day; last: Day; doubtful: boolean } | null {
  const [, year, month, day, flag] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%])?$/.exec(date ?? '') ?? []
  if (!year) return null
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  return {
    first: dayOf(y, m || 1, d || 1),
    last: d ? dayOf(y, m, d) : m ? dayOf(y, m + 1, 0) : dayOf(y, 12, 31),
    doubtful: Boolean(flag),
  }
}

/** How long a histogram's buckets are. */
export type Step = 'DAY' | 'MONTH' | 'YEAR'

/** Days, months or years for a time, so that it has some dozens of them. */
export function stepFor(first: Day, last: Day): Step {
  const days = last - first + 1
  return days <= 100 ? 'DAY' : days <= 20 * 366 ? 'MONTH' : 'YEAR'
}

const pad = (n: number, length: number) => String(n).padStart(length, '0')

/** A day, or the month or year that it lies in, as a partial date. */
export function partial(day: Day, step: Step): string {
  const date = dateOf(day)
  const year = pad(date.getUTCFullYear(), 4)
  if (step === 'YEAR') return year
  const month = `${year}-${pad(date.getUTCMonth() + 1, 2)}`
  return step === 'MONTH' ? month : `${month}-${pad(date.getUTCDate(), 2)}`
}

/** A stretch of days, both included. */
export interface Window {
  first: Day
  last: Day
}

const earliest = dayOf(1, 1, 1)
const latest = dayOf(9999, 12, 31)

/** A time, and what is missing of the months, years or decades in which it begins and ends. */
export function rounded({ first, last }: Window): Window {
  const step = stepFor(first, last)
  const from = dateOf(first).getUTCFullYear()
  const to = dateOf(last).getUTCFullYear()
  if (step === 'DAY') {
    return {
      first: daysOf(partial(first, 'MONTH'))?.first ?? first,
      last: daysOf(partial(last, 'MONTH'))?.last ?? last,
    }
  }
  if (step === 'MONTH') return { first: dayOf(from, 1, 1), last: dayOf(to, 12, 31) }
  const decade = (year: number) => year - (year % 10)
  return { first: dayOf(Math.max(1, decade(from)), 1, 1), last: dayOf(decade(to) + 9, 12, 31) }
}

/** A time made shorter (factor below 1) or longer about a day, within the years there are. */
export function zoomed({ first, last }: Window, factor: number, about = (first + last) / 2): Window {
  const from = Math.round(about - (about - first) * factor)
  const to = Math.round(about + (last - about) * factor)
  if (to < from) return { first: Math.round(about), last: Math.round(about) }
  // longer is longer, also of a single day
  const grown = factor > 1 && from === first && to === last ? 1 : 0
  return { first: Math.max(earliest, from - grown), last: Math.min(latest, to + grown) }
}

/** A time as long as it was, earlier or later by a part of it. */
export function shifted({ first, last }: Window, part: number): Window {
  const by = Math.sign(part) * Math.max(1, Math.round(Math.abs(part) * (last - first + 1)))
  const most = by < 0 ? Math.max(by, earliest - first) : Math.min(by, latest - last)
  return { first: first + most, last: last + most }
}

/** The shortest partial dates that say a window: whole months and years as such. */
export function between({ first, last }: Window): { from: string; to: string } {
  for (const step of ['YEAR', 'MONTH', 'DAY'] as const) {
    const from = partial(first, step)
    const to = partial(last, step)
    if (daysOf(from)?.first === first && daysOf(to)?.last === last) return { from, to }
  }
  return { from: partial(first, 'DAY'), to: partial(last, 'DAY') }
}

/** What is drawn of something in time: surely so between the inner days, perhaps so between the outer ones. */
export interface Span {
  first: Day
  last: Day
  /** Null where nothing is sure: it was some time within it. */
  sure: Window | null
  doubtful: boolean
  /** It goes on, or began before all that is known. */
  openStart: boolean
  openEnd: boolean
  /** An end of it is not known. */
  unknownStart: boolean
  unknownEnd: boolean
}

/** A point in time as well as it is known. */
export function pointSpan(date: string): Span | null {
  const days = daysOf(date)
  if (!days) return null
  const { first, last, doubtful } = days
  const sure = first === last ? { first, last } : null
  return { first, last, sure, doubtful, openStart: false, openEnd: false, unknownStart: false, unknownEnd: false }
}

/**
 * A stretch of time from one partial date to another, of which one may be unknown (null) or open (`..`); null if neither
 * is a date. Of an unknown end nothing is drawn but that it is not known.
 */
export function span(start: string | null | undefined, end: string | null | undefined): Span | null {
  const a = daysOf(start)
  const b = daysOf(end)
  if (!a && !b) return null
  const first = a?.first ?? b?.first ?? 0
  const last = Math.max(first, b?.last ?? a?.last ?? 0)
  const from = a ? a.last : (b?.first ?? 0)
  const to = b ? b.first : (a?.last ?? 0)
  const openStart = start === '..'
  const openEnd = end === '..'
  // an unknown other end leaves a point that is as long as its date is vague
  const sure =
    a && b
      ? from <= to
        ? { first: from, last: to }
        : null
      : openEnd || openStart
        ? { first: from, last: to }
        : first === last
          ? { first, last }
          : null
  return {
    first,
    last,
    sure,
    doubtful: Boolean(a?.doubtful || b?.doubtful),
    openStart,
    openEnd,
    unknownStart: !start,
    unknownEnd: !end,
  }
}

/** Puts things side by side that would cover each other: the row of each, by its place on the axis. */
export function rowsOf(items: { from: number; to: number }[]): number[] {
  const ends: number[] = []
  const rows = new Array<number>(items.length)
  const order = items.map((_, i) => i).sort((a, b) => (items[a]?.from ?? 0) - (items[b]?.from ?? 0) || a - b)
  for (const i of order) {
    const item = items[i]
    if (!item) continue
    let row = ends.findIndex((end) => end <= item.from)
    if (row < 0) row = ends.length
    ends[row] = item.to
    rows[i] = row
  }
  return rows
}
