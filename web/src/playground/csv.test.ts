import { expect, test } from 'vitest'
import { toCSV } from './csv'

const csv = (...rows: (string | number | boolean | null)[][]) => toCSV({ path: '', columns: ['a', 'b'], rows }).slice(1)

test('begins with a byte order mark, ends each line with CR LF', () => {
  expect(toCSV({ path: '', columns: ['a'], rows: [['ž']] })).toBe('\uFEFFa\r\nž\r\n')
})

test('quotes what RFC 4180 says', () => {
  expect(csv(['x,y', 'say "no"'], ['one\ntwo', ' as it is '])).toBe(
    'a,b\r\n"x,y","say ""no"""\r\n"one\ntwo", as it is \r\n',
  )
})

test('runs no formula, and leaves numbers numbers', () => {
  expect(csv(['=1+1', '+7'], ['-2', '@SUM(A1)'], ['\t=1', '\r=1'], [-2, 1.5], [null, true])).toBe(
    "a,b\r\n'=1+1,'+7\r\n'-2,'@SUM(A1)\r\n'\t=1,\"'\r=1\"\r\n-2,1.5\r\n,true\r\n",
  )
  expect(csv(['a=1', "'=1"])).toBe("a,b\r\na=1,'=1\r\n")
})
