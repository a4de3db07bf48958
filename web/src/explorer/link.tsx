import type { ReactNode } from 'react'
import { addressOf, go } from './address'
import type { EntityType } from './gql'
import { title } from './words'

/** A link within the explorer. With a modifier, or another button, the browser does what it always does. */
export function Link({
  to,
  children,
  ...rest
}: { to: string; children: ReactNode } & Omit<React.ComponentProps<'a'>, 'href'>) {
  return (
    <a
      {...rest}
      href={to}
      onClick={(e) => {
        rest.onClick?.(e)
        if (e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return
        e.preventDefault()
        go(to)
      }}
    >
      {children}
    </a>
  )
}

export interface Named {
  id: string
  type: EntityType
  name: string
}

/** A type as a small sign; its word is beside it or in its title. */
export function Sign({ type }: { type: EntityType }) {
  return <span className={`sign sign-${type.toLowerCase()}`} title={title(type)} role="img" aria-label={title(type)} />
}

/** The name of an entity, which leads to its page. Whatever script it has stays within it. */
export function EntityLink({ entity }: { entity: Named }) {
  return (
    <Link to={addressOf('entity', { id: entity.id })} className="entity">
      <Sign type={entity.type} />
      <bdi>{entity.name}</bdi>
    </Link>
  )
}

/** Several entities: a, b and c. */
export function EntityLinks({ entities }: { entities: Named[] }) {
  return entities.map((e, i) => (
    <span key={e.id}>
      {i > 0 && (i === entities.length - 1 ? ' and ' : ', ')}
      <EntityLink entity={e} />
    </span>
  ))
}
