import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { toQuery } from './examples'

test('an example gets its title above and a name', () => {
  const text = toQuery({ name: '7-so-connected', title: 'How A and B are connected', query: '{ stats { entities } }' })
  expect(text).toBe('# How A and B are connected\nquery Soconnected { stats { entities } }\n')
})

test('a long title is folded, a named operation keeps its name', () => {
  const title = 'a word and another one, until the line is far longer than what can be read beside the toolbar'
  const text = toQuery({ name: '1', title, query: 'query Own { a }' })
  const comments = text.split('\n').filter((line) => line.startsWith('#'))
  expect(comments.map((line) => line.slice(2)).join(' ')).toBe(title)
  expect(Math.max(...comments.map((line) => line.length))).toBeLessThanOrEqual(58)
  expect(text).toContain('\nquery Own { a }')
  parse(text)
})
