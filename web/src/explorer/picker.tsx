import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { ComboBox, Header, Input, ListBox, ListBoxItem, ListBoxSection, Popover } from 'react-aria-components'
import { ask } from './ask'
import { SuggestDocument, type SuggestQuery } from './gql'
import { type Named, Sign } from './link'
import { plural } from './words'

type Hit = SuggestQuery['suggest'][number]

export interface PickerProps {
  /** What it is for, as a screen reader says it. */
  label: string
  placeholder: string
  /** Somebody chose an entity; what was typed is cleared. */
  onPick: (entity: Named) => void
  /** Enter was pressed without a choice; what was typed is kept. */
  onEnter?: (text: string) => void
  /** What stands in it at first. */
  text?: string
  /** Said when no name is like what was typed. */
  nothing?: ReactNode
  id?: string
  className?: string
  autoFocus?: boolean
  inputRef?: RefObject<HTMLInputElement | null>
}

/** A box to choose an entity in, by any of its names from the first letter on. */
export function EntityPicker({
  label,
  placeholder,
  onPick,
  onEnter,
  text: given = '',
  nothing = 'No name is like that.',
  id,
  className = 'picker',
  autoFocus = false,
  inputRef,
}: PickerProps) {
  const [text, setText] = useState(given)
  const [hits, setHits] = useState<Hit[]>([])
  const [waiting, setWaiting] = useState(false)
  const latest = useRef('')
  useEffect(() => setText(given), [given])

  const change = (value: string) => {
    setText(value)
    latest.current = value
    if (!value.trim()) {
      setHits([])
      return
    }
    setWaiting(true)
    ask(SuggestDocument, { prefix: value }).then(
      ({ suggest }) => {
        if (latest.current !== value) return
        setHits(suggest)
        setWaiting(false)
      },
      () => {
        setHits([]) // what it leads to will say what is wrong
        setWaiting(false)
      },
    )
  }
  const groups = Object.entries(Object.groupBy(hits, (h) => ('type' in h.node ? h.node.type : 'TOPIC')))
  return (
    <ComboBox
      className={className}
      aria-label={label}
      inputValue={text}
      onInputChange={change}
      items={groups}
      value={null}
      allowsCustomValue
      // it would not open when the names come after the last letter
      allowsEmptyCollection={text.trim() !== ''}
      menuTrigger="input"
      onSelectionChange={(chosen) => {
        const hit = hits.find((h) => 'name' in h.node && h.node.id === chosen)
        if (!hit || !('type' in hit.node)) return
        setHits([])
        setText('')
        latest.current = ''
        const { id, type, name } = hit.node
        onPick({ id, type, name })
      }}
    >
      <Input
        ref={inputRef}
        id={id}
        type="search"
        autoFocus={autoFocus}
        placeholder={placeholder}
        enterKeyHint={onEnter ? 'search' : 'done'}
        onKeyDown={(e) => {
          if (!onEnter || e.key !== 'Enter' || e.currentTarget.getAttribute('aria-activedescendant')) return
          if (!text.trim()) return
          setHits([])
          latest.current = ''
          onEnter(text.trim())
        }}
      />
      <Popover className="suggestions" offset={4}>
        <ListBox<(typeof groups)[number]>
          renderEmptyState={() => <p className="quiet">{waiting ? 'Looking …' : nothing}</p>}
        >
          {([type, list]) => (
            <ListBoxSection id={type}>
              <Header>{plural[type as keyof typeof plural]}</Header>
              {list?.map((h) =>
                'type' in h.node ? (
                  <ListBoxItem key={h.node.id} id={h.node.id} textValue={h.node.name} className="suggestion">
                    <Sign type={h.node.type} />
                    <span className="suggestion-name">
                      <bdi>{h.node.name}</bdi>
                      {h.name && h.name !== h.node.name && (
                        <span className="quiet">
                          {' '}
                          found as <bdi>{h.name}</bdi>
                        </span>
                      )}
                    </span>
                  </ListBoxItem>
                ) : null,
              )}
            </ListBoxSection>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
