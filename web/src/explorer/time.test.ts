import { expect, test } from 'vitest'
import { between, dayOf, daysOf, partial, pointSpan, rounded, rowsOf, shifted, span, stepFor, zoomed } from './time'

test('a partial date is its earliest and its latest day', () => {
  expect(daysOf('1970-01-01')).toEqual({ first: 0, last: 0, doubtful: false })
  expect(daysOf('2024-02')).toEqual({ first: dayOf(2024, 2, 1), last: dayOf(2024, 2, 29), doubtful: false })
  expect(daysOf('0033~')).toEqual({ first: dayOf(33, 1, 1), last: dayOf(33, 12, 31), doubtful: true })
  for (const none of ['..', '', null, undefined, 'soon']) expect(daysOf(none)).toBeNull()
})

test('a day is written as well as it is wanted', () => {
  const day = dayOf(987, 3, 4)
  expect([partial(day, 'DAY'), partial(day, 'MONTH'), partial(day, 'YEAR')]).toEqual(['0987-03-04', '0987-03', '0987'])
})

test('a window is said as shortly as it can be', () => {
  const said = (from: string, to: string) => between({ first: daysOf(from)?.first ?? 0, last: daysOf(to)?.last ?? 0 })
  expect(said('2020-01-01', '2021-12-31')).toEqual({ from: '2020', to: '2021' })
  expect(said('2022-01', '2022-01-31')).toEqual({ from: '2022-01', to: '2022-01' })
  expect(said('2022-01-10', '2022-01-31')).toEqual({ from: '2022-01-10', to: '2022-01-31' })
})

test('buckets are as long as the time asks for', () => {
  expect(stepFor(dayOf(2022, 1, 1), dayOf(2022, 1, 31))).toBe('DAY')
  expect(stepFor(dayOf(2014, 1, 1), dayOf(2022, 12, 31))).toBe('MONTH')
  expect(stepFor(dayOf(1949, 1, 1), dayOf(2022, 12, 31))).toBe('YEAR')
})

test('all of a time is shown to the ends of its months, years or decades', () => {
  const round = (from: string, to: string) => {
    const { first, last } = rounded({ first: daysOf(from)?.first ?? 0, last: daysOf(to)?.last ?? 0 })
    return [partial(first, 'DAY'), partial(last, 'DAY')]
  }
  expect(round('2022-01-10', '2022-02-03')).toEqual(['2022-01-01', '2022-02-28'])
  expect(round('2014', '2022-01-12')).toEqual(['2014-01-01', '2022-12-31'])
  expect(round('0004', '1949')).toEqual(['0001-01-01', '1949-12-31'])
})

test('zoom keeps what it is about, and never ends in nothing', () => {
  expect(zoomed({ first: 0, last: 100 }, 0.5, 0)).toEqual({ first: 0, last: 50 })
  expect(zoomed({ first: 0, last: 100 }, 2)).toEqual({ first: -50, last: 150 })
  expect(zoomed({ first: 5, last: 5 }, 0.5)).toEqual({ first: 5, last: 5 })
  expect(zoomed({ first: 5, last: 5 }, 2)).toEqual({ first: 4, last: 6 })
  const all = { first: dayOf(1, 1, 1), last: dayOf(9999, 12, 31) }
  expect(zoomed(all, 2)).toEqual(all)
  expect(shifted(all, 0.5)).toEqual(all)
  expect(shifted({ first: 0, last: 9 }, -0.5)).toEqual({ first: -5, last: 4 })
})

test('what is sure of a span is told from what may be', () => {
  expect(span('2014', '2022-01-12')).toMatchObject({
    first: dayOf(2014, 1, 1),
    last: dayOf(2022, 1, 12),
    sure: { first: dayOf(2014, 12, 31), last: dayOf(2022, 1, 12) },
  })
  expect(span('2014', '..')).toMatchObject({ openEnd: true, unknownEnd: false, sure: { first: dayOf(2014, 12, 31) } })
  expect(span('2014', null)).toMatchObject({ openEnd: false, unknownEnd: true, sure: null, last: dayOf(2014, 12, 31) })
  expect(span(null, '2014-05-06?')).toMatchObject({ unknownStart: true, doubtful: true, first: dayOf(2014, 5, 6) })
  expect(span('2014', '2014')?.sure).toBeNull()
  expect(span(null, '..')).toBeNull()
  expect(pointSpan('2022-01')).toMatchObject({ sure: null })
  expect(pointSpan('2022-01-02')?.sure).not.toBeNull()
})

test('what would cover each other stands in rows', () => {
  const places = [
    { from: 0, to: 10 },
    { from: 5, to: 8 },
    { from: 10, to: 12 },
    { from: 8, to: 20 },
  ]
  expect(rowsOf(places)).toEqual([0, 1, 0, 1])
})
