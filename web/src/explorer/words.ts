import type { EntityType, EventStatus, NameKind, SourceKind, StatementKind } from './gql'

/** PARTICIPATED_IN → participated in */
export const lower = (name: string): string => name.toLowerCase().replaceAll('_', ' ')
/** GOVERNMENT_BODY → Government body */
export const title = (name: string): string => {
  const text = name === 'NGO' ? name : lower(name)
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export const plural: Record<EntityType, string> = {
  PERSON: 'People',
  ORGANIZATION: 'Organizations',
  POSITION: 'Positions',
  PLACE: 'Places',
  EVENT: 'Events',
  TOPIC: 'Topics',
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** A partial date in words: 11 January 2022, about 2014, perhaps May 1990. Not of the reader's time zone: a day is a day. */
export function dateText(date: string | null | undefined): string {
  if (!date) return ''
  if (date === '..') return 'open'
  const flag = /[?~%]$/.exec(date)?.[0]
  const [year, month, day] = date.replace(/[?~%]$/, '').split('-')
  const name = month && months[Number(month) - 1]
  const text = [day && String(Number(day)), name, year?.replace(/^0+/, '')].filter(Boolean).join(' ')
  if (flag === '~') return `about ${text}`
  if (flag === '?') return `perhaps ${text}`
  if (flag === '%') return `perhaps about ${text}`
  return text
}

/** From when to when, as far as that is known. */
export function spanText(start: string | null | undefined, end: string | null | undefined): string {
  if (!start && !end) return ''
  if (start && start === end) return dateText(start)
  const from = start === '..' ? 'always' : dateText(start)
  if (end === '..') return from ? `since ${from}` : 'still so'
  if (!end) return `from ${from}`
  if (!start) return `until ${dateText(end)}`
  return `${from} – ${dateText(end)}`
}

/** When an event was: one without an end counts by its start. */
export const eventText = (start: string | null | undefined, end: string | null | undefined): string =>
  (end ? spanText(start, end) : dateText(start)) || 'undated'

export const spoken: Record<StatementKind, string> = {
  DIRECT: 'said',
  INDIRECT: 'said, in other words',
  MIXED: 'said, in part in other words',
  ATTRIBUTED: 'is said to hold',
}

/** How a name came to be one, for "also called". */
export const nameKind = (kind: NameKind): string => lower(kind)
export const sourceKind = (kind: SourceKind): string => title(kind)
export const status = (s: EventStatus): string => (s === 'HAPPENED' ? '' : lower(s))

/** 1234 → 1,234 */
export const count = (n: number): string => n.toLocaleString('en')
export const counted = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`

/** A sum as people write it: minor units and a currency of ISO 4217. */
export function amountText(amount: { minor: string; currency: string }): string {
  let format: Intl.NumberFormat
  try {
    format = new Intl.NumberFormat('en', { style: 'currency', currency: amount.currency, currencyDisplay: 'code' })
  } catch {
    return `${amount.minor} ${amount.currency}`
  }
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  const negative = amount.minor.startsWith('-')
  const minor = amount.minor.replace('-', '').padStart(digits + 1, '0')
  const whole = minor.slice(0, minor.length - digits)
  const text = `${BigInt(whole).toLocaleString('en')}${digits ? `.${minor.slice(-digits)}` : ''}`
  return `${amount.currency} ${negative ? '−' : ''}${text}`
}
