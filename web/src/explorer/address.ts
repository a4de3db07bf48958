import { useEffect, useState, useTransition } from 'react'
import { forgetFailures } from './ask'

/** The pages, by the last part of their addresses. All lie in one folder, so that the explorer works under whatever path a proxy puts it. */
export const pages = ['', 'search', 'entity', 'source', 'statements', 'network', 'timeline'] as const
export type Page = (typeof pages)[number]

/** Where somebody is: all that a page shows is in its address. */
export interface Address {
  page: Page | undefined
  params: URLSearchParams
}

export function readAddress(location: { pathname: string; search: string }): Address {
  const name = location.pathname.slice(location.pathname.lastIndexOf('/') + 1)
  return { page: pages.find((p) => p === name), params: new URLSearchParams(location.search) }
}

export type Params = Record<string, string | number | undefined | null | (string | undefined | null)[]>

/** The address of a page, relative to any other. Parameters without a value are left out. */
export const addressOf = (page: Page, params: Params = {}): string => withParams(page, params)

/** Where a part of the graph is to be had as a file. */
export const exportOf = (format: string, params: Params): string => withParams('export', { format, ...params })

function withParams(name: string, params: Params): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    for (const v of Array.isArray(value) ? value : [value]) if (v || v === 0) search.append(name, String(v))
  }
  const text = search.toString()
  return `./${name}${text && `?${text}`}`
}

/** The present address with other parameters; null and undefined take one away. */
export function changed({ page, params }: Address, change: Params): string {
  const all: Params = {}
  for (const name of new Set(params.keys())) all[name] = params.getAll(name)
  return addressOf(page ?? '', { ...all, ...change })
}

const moved = new EventTarget()

/** Goes to an address of the explorer. With replace, Back leads to where the present one would. */
export function go(url: string, { replace = false } = {}) {
  const place = { ...history.state, y: scrollY }
  if (replace) {
    history.replaceState(place, '', url)
  } else {
    history.replaceState(place, '')
    history.pushState({ y: 0 }, '', url)
  }
  moved.dispatchEvent(new Event('move'))
}

/** The address, and where on its page somebody was who comes back to it. */
export interface Visit extends Address {
  y: number
}

/** Follows the address. Until a new page can be shown, the old one stays. */
export function useVisit(): [visit: Visit, pending: boolean] {
  const [pending, startTransition] = useTransition()
  const [visit, setVisit] = useState<Visit>(() => ({ ...readAddress(location), y: history.state?.y ?? 0 }))
  useEffect(() => {
    history.scrollRestoration = 'manual'
    const move = () => {
      const next = { ...readAddress(location), y: history.state?.y ?? 0 }
      forgetFailures()
      startTransition(() => setVisit(next))
    }
    let last = 0
    const remember = () => {
      clearTimeout(last)
      last = window.setTimeout(() => history.replaceState({ ...history.state, y: scrollY }, ''), 100)
    }
    addEventListener('popstate', move)
    addEventListener('scroll', remember, { passive: true })
    moved.addEventListener('move', move)
    return () => {
      removeEventListener('popstate', move)
      removeEventListener('scroll', remember)
      moved.removeEventListener('move', move)
    }
  }, [])
  return [visit, pending]
}
