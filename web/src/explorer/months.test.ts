import { expect, test } from 'vitest'
import { stretches } from './months'

const months = [
  { month: '2021', count: 2 },
  { month: '2021-03', count: 5 },
  { month: '2022-01', count: 7 },
]

test('years sum up their months and what is of no month', () => {
  expect(stretches(months, null)).toEqual([
    { date: '2021', count: 7 },
    { date: '2022', count: 7 },
  ])
})

test('within a year each month has what may have been in it', () => {
  expect(stretches(months, '2021')).toEqual([{ date: '2021-03', count: 7 }])
  expect(stretches(months, '1999')).toEqual(stretches(months, null))
})

test('where there is one year only, its months', () => {
  expect(stretches([{ month: '2022-01', count: 7 }], null)).toEqual([{ date: '2022-01', count: 7 }])
})
