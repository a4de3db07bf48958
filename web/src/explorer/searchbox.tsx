import { useRef } from 'react'
import { addressOf, go } from './address'
import { EntityPicker } from './picker'

/** Finds entities from the first letter on; Enter without a choice searches everything. */
export function SearchBox({ autoFocus = false, query = '' }: { autoFocus?: boolean; query?: string }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <EntityPicker
      className="searchbox"
      id="search"
      label="Search people, organisations, events, statements and sources"
      placeholder="A name, or words somebody said"
      nothing="No name is like that. Enter searches what was said, too."
      text={query}
      autoFocus={autoFocus}
      inputRef={input}
      onPick={(entity) => {
        go(addressOf('entity', { id: entity.id }))
        input.current?.blur()
      }}
      onEnter={(text) => go(addressOf('search', { q: text }))}
    />
  )
}
