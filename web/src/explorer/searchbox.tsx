import { useEffect, useRef, useState } from 'react'
import { ComboBox, Header, Input, ListBox, ListBoxItem, ListBoxSection, Popover } from 'react-aria-components'
import { addressOf, go } from './address'
import { ask } from './ask'
import { SuggestDocument, type SuggestQuery } from './gql'
import { Sign } from './link'
import { plural } from './words'

type Hit = SuggestQuery['suggest'][number]

interface Props {
  autoFocus?: boolean
  query?: string
  id?: string
  label?: string
  placeholder?: string
  /** What is done with an entity that was chosen. If not given, its page is opened, and Enter without a choice searches everything. */
  onChoose?: (id: string) => void
}

/** Finds entities from the first letter on. */
export function SearchBox({
  autoFocus = false,
  query = '',
  id = 'search',
  label = 'Search people, organisations, events, statements and sources',
  placeholder = 'A name, or words somebody said',
  onChoose,
}: Props) {
  const [text, setText] = useState(query)
  const [hits, setHits] = useState<Hit[]>([])
  const [waiting, setWaiting] = useState(false)
  const latest = useRef('')
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => setText(query), [query])

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
        setHits([]) // the search itself will say what is wrong
        setWaiting(false)
      },
    )
  }
  const groups = Object.entries(Object.groupBy(hits, (h) => ('type' in h.node ? h.node.type : 'TOPIC')))
  return (
    <ComboBox
      className="searchbox"
      aria-label={label}
      inputValue={text}
      onInputChange={change}
      items={groups}
      allowsCustomValue
      allowsEmptyCollection // it would not open when the names come after the last letter
      menuTrigger="input"
      onSelectionChange={(chosen) => {
        if (chosen === null) return
        setHits([])
        latest.current = ''
        if (onChoose) {
          onChoose(String(chosen))
          setText('')
          return
        }
        go(addressOf('entity', { id: String(chosen) }))
        input.current?.blur()
      }}
    >
      <Input
        ref={input}
        id={id}
        type="search"
        autoFocus={autoFocus}
        placeholder={placeholder}
        enterKeyHint="search"
        onKeyDown={(e) => {
          if (e.key !== 'Enter' || e.currentTarget.getAttribute('aria-activedescendant')) return
          if (!text.trim() || onChoose) return
          setHits([])
          latest.current = ''
          go(addressOf('search', { q: text.trim() }))
        }}
      />
      <Popover className="suggestions" offset={4}>
        <ListBox<(typeof groups)[number]>
          renderEmptyState={() => (
            <p className="quiet">
              {waiting ? 'Looking …' : `No name is like that.${onChoose ? '' : ' Enter searches what was said, too.'}`}
            </p>
          )}
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
