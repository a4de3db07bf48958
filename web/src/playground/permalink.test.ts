import { expect, test } from 'vitest'
import { fromFragment, toFragment } from './permalink'

test.each([
  { query: '{ stats { entities } }' },
  { query: 'query A { a }\nquery B { b }', operationName: 'B' },
  { query: '# 100 % "Грушко" & + = #\n{ a }', variables: '{\n  "name": "Čapek & Søn"\n}' },
])('a link comes back as it was: %j', (link) => {
  expect(fromFragment(toFragment(link))).toEqual({ variables: undefined, operationName: undefined, ...link })
})

test('empty variables are left out', () => {
  expect(toFragment({ query: '{ a }', variables: ' {} \n' })).toBe(toFragment({ query: '{ a }' }))
})

test.each(['', '#', '#top', '#query=', '#variables=%7B%7D'])('%j is no link', (fragment) => {
  expect(fromFragment(fragment)).toBeUndefined()
})

test('what is encoded badly does not throw', () => {
  expect(fromFragment('#query=%E0%A4%A')?.query).toBeTypeOf('string')
})
