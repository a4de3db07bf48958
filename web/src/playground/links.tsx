import { pick, ToolbarButton, useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { useEffect, useEffectEvent, useState } from 'react'
import { useOpen } from './open'
import { fromFragment, type Link, toFragment } from './permalink'

/** Opens what the address asks for, at the start and whenever somebody pastes another link over it. */
export function OpenLinks() {
  const open = useOpen()
  const { setOperationName } = useGraphiQLActions()
  const { queryEditor, variableEditor, operations } = useGraphiQL(pick('queryEditor', 'variableEditor', 'operations'))
  const [opened, setOpened] = useState<Link>()

  const follow = useEffectEvent(() => {
    const link = fromFragment(location.hash)
    if (!link) return
    // The tab is kept by GraphiQL from here on. If the link stayed in the address, a reload would open it once more,
    // beside what has become of it.
    history.replaceState(null, '', location.pathname + location.search)
    open(link)
    setOpened(link)
  })
  useEffect(() => {
    if (!queryEditor || !variableEditor) return
    follow()
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [queryEditor, variableEditor])

  // GraphiQL chooses the first operation of a document, a moment after it was set; and runs the one at the cursor.
  useEffect(() => {
    const operation = operations?.find((o) => o.name?.value === opened?.operationName)
    const loc = operation?.loc
    if (!opened?.operationName || loc?.source.body !== opened.query) return
    setOperationName(opened.operationName)
    const position = queryEditor?.getModel()?.getPositionAt(loc.start)
    if (position) {
      queryEditor?.setPosition(position)
      queryEditor?.revealPosition(position)
    }
    setOpened(undefined)
  }, [operations, opened, queryEditor, setOperationName])
  return null
}

/** A button of the toolbar that copies a link to the query. */
export function CopyLink() {
  const { queryEditor, variableEditor, operationName, operations } = useGraphiQL(
    pick('queryEditor', 'variableEditor', 'operationName', 'operations'),
  )
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])

  const copy = async () => {
    const link = new URL(location.href)
    link.hash = toFragment({
      query: queryEditor?.getValue() ?? '',
      variables: variableEditor?.getValue(),
      operationName: operations && operations.length > 1 ? operationName : undefined,
    })
    try {
      await navigator.clipboard.writeText(link.href)
      setCopied(true)
    } catch {
      // there is no clipboard for pages that came over plain HTTP from another machine
      window.prompt('Link to this query', link.href)
    }
  }
  return (
    <>
      <ToolbarButton onClick={copy} label="Copy link to this query">
        <svg
          className="graphiql-toolbar-icon"
          viewBox="0 0 24 24"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinecap="round"
          aria-hidden="true"
        >
          {copied ? (
            <path d="m5 12.5 4.5 4.5L19 7.5" />
          ) : (
            <path d="M10 14a4.5 4.5 0 0 0 6.4 0l3-3A4.5 4.5 0 0 0 13 4.6l-1.2 1.2M14 10a4.5 4.5 0 0 0-6.4 0l-3 3a4.5 4.5 0 0 0 6.4 6.4l1.2-1.2" />
          )}
        </svg>
      </ToolbarButton>
      <span role="status" className="unseen">
        {copied ? 'The link is on the clipboard.' : ''}
      </span>
    </>
  )
}
