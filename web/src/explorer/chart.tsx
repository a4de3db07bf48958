import { scaleUtc } from 'd3-scale'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { TimelineBucketsQuery } from './gql'
import { type Day, dateOf, dayOf, daysOf, partial, rowsOf, type Span, type Step, type Window, zoomed } from './time'
import { counted, dateText } from './words'

/** What something is, which gives it its colour. */
export type Tone = 'event' | 'statement' | 'office' | 'relation'
const tones: Tone[] = ['event', 'statement', 'office', 'relation']

export interface Lane {
  id: string
  name: string
}

export interface Mark {
  id: string
  tone: Tone
  span: Span
  label: string
  title: string
  /** The lanes it is drawn in. */
  lanes: string[]
}

export interface ChartProps {
  window: Window
  step: Step
  buckets: TimelineBucketsQuery['timeline']['buckets']
  lanes: Lane[]
  marks: Mark[]
  /** Somebody chose a time. */
  onWindow: (window: Window) => void
  /** Somebody clicked a mark. */
  onPick: (id: string) => void
}

const histogramHeight = 72
const axisHeight = 24
const laneHead = 26
const rowHeight = 26
/** About how wide a letter is. */
const letter = 6.4
const longest = 44
/** More marks than these in a lane have no labels. */
const labelled = 60

/** Draws a time: a histogram, the axis, and lanes of marks. The list beside it says the same to who cannot see it. */
export function Chart(props: ChartProps) {
  const { step, buckets, lanes, marks } = props
  const box = useRef<HTMLDivElement>(null)
  const svg = useRef<SVGSVGElement>(null)
  const [width, setWidth] = useState(0)
  const [live, setLive] = useState<Window | null>(null)
  const [brushed, setBrushed] = useState<[number, number] | null>(null)
  const window = live ?? props.window
  useEffect(() => setLive(null), [props.window.first, props.window.last])
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const measure = () => setWidth(Math.floor(element.clientWidth))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const scale = scaleUtc()
    .domain([dateOf(window.first), dateOf(window.last + 1)])
    .range([0, width])
  const x = (day: Day) => scale(dateOf(day))
  const dayAt = (px: number): Day => Math.floor(scale.invert(px).getTime() / 86_400_000)

  const latest = useRef({ ...props, window, dayAt })
  latest.current = { ...props, window, dayAt }
  useEffect(() => (svg.current ? gestures(svg.current, () => latest.current, setLive, setBrushed) : undefined), [])

  const layout = useMemo(() => lanesOf(lanes, marks, window, width), [lanes, marks, window, width])
  const top = histogramHeight + axisHeight
  const height = top + layout.reduce((h, l) => h + l.height, 0)
  const ticks = scale.ticks(Math.max(2, Math.floor(width / 110)))
  const format = scale.tickFormat()
  let y = top
  return (
    <div ref={box} className="chart">
      <svg ref={svg} width={width} height={height} aria-hidden="true">
        <defs>
          {tones.map((tone) => (
            <pattern key={tone} id={`hatch-${tone}`} width="5" height="5" patternUnits="userSpaceOnUse">
              <path d="M-1,1 l2,-2 M0,5 l5,-5 M4,6 l2,-2" className={`hatch hatch-${tone}`} />
            </pattern>
          ))}
        </defs>
        <g className="grid">
          {ticks.map((t) => (
            <line key={t.getTime()} x1={scale(t)} x2={scale(t)} y1={0} y2={height} />
          ))}
        </g>
        {width > 0 && <Histogram buckets={buckets} step={step} x={x} width={width} />}
        <g className="axis">
          <line x1={0} x2={width} y1={histogramHeight} y2={histogramHeight} />
          {ticks.map((t) => (
            <text key={t.getTime()} x={scale(t) + 3} y={histogramHeight + 16}>
              {format(t)}
            </text>
          ))}
        </g>
        {layout.map((lane) => {
          const at = y
          y += lane.height
          return (
            <g key={lane.id} transform={`translate(0 ${at})`}>
              <line className="lane" x1={0} x2={width} y1={0.5} y2={0.5} />
              <text className="lane-name" x={0} y={18}>
                {lane.name}
              </text>
              {lane.placed.map((p) => (
                <MarkShape key={p.mark.id} place={p} y={laneHead + p.row * rowHeight} x={x} width={width} />
              ))}
            </g>
          )
        })}
        {brushed && (
          <rect
            className="brush"
            x={Math.min(...brushed)}
            width={Math.abs(brushed[1] - brushed[0])}
            y={0}
            height={height}
          />
        )}
      </svg>
    </div>
  )
}

type Placed = { mark: Mark; row: number; from: number; to: number; label: string; before: boolean }

/** Where the marks of each lane stand. */
function lanesOf(lanes: Lane[], marks: Mark[], window: Window, width: number) {
  const perDay = width / (window.last + 1 - window.first)
  const x = (day: Day) => (day - window.first) * perDay
  return lanes.flatMap(({ id, name }) => {
    const within = marks.filter(
      ({ lanes, span: s }) =>
        lanes.includes(id) &&
        (s.first <= window.last || s.openStart) &&
        (s.last >= window.first || s.openEnd || (s.unknownEnd && s.last >= window.first)),
    )
    if (within.length === 0) return []
    const places = within.map((mark): Omit<Placed, 'row'> => {
      const { span: s } = mark
      const from = s.openStart ? 0 : Math.max(0, x(s.first))
      const to = s.openEnd ? width : Math.min(width, Math.max(x(s.last + 1), from + 7))
      const label =
        within.length > labelled
          ? ''
          : mark.label.length > longest
            ? `${mark.label.slice(0, longest - 1)}…`
            : mark.label
      const room = label.length * letter + 10
      const before = from + room > width && to - room >= 0
      return before
        ? { mark, label, before, from: Math.min(from, to - room), to }
        : { mark, label, before, from, to: Math.max(to, from + room) + (s.unknownEnd ? 14 : 2) }
    })
    const rows = rowsOf(places)
    const placed = places.map((p, i) => ({ ...p, row: rows[i] ?? 0 }))
    return [{ id, name, placed, height: laneHead + (Math.max(...rows) + 1) * rowHeight + 6 }]
  })
}

/** What may be is hatched, what is sure is full, what is doubtful has a broken outline. */
function MarkShape({
  place: { mark, label, before },
  y,
  x,
  width,
}: {
  place: Placed
  y: number
  x: (day: Day) => number
  width: number
}) {
  const { span: s, tone } = mark
  const clip = (px: number) => Math.min(width + 2, Math.max(-2, px))
  const from = Math.min(clip(s.openStart ? -2 : x(s.first)), width - 7)
  const to = Math.max(clip(s.openEnd ? width + 2 : x(s.last + 1)), from + 7)
  const sureFrom = s.sure && clip(s.openStart ? -2 : x(s.sure.first))
  const sureTo = s.sure && Math.max(clip(s.openEnd ? width + 2 : x(s.sure.last + 1)), (sureFrom ?? 0) + 7)
  return (
    <g className={`mark mark-${tone}${s.doubtful ? ' doubtful' : ''}`} data-id={mark.id}>
      <title>{mark.title}</title>
      <rect className="target" x={from} y={y} width={to - from} height={rowHeight - 2} />
      <rect className="perhaps" x={from} y={y + 14} width={to - from} height={8} rx={2} fill={`url(#hatch-${tone})`} />
      {sureFrom != null && sureTo != null && (
        <rect className="sure" x={sureFrom} y={y + 14} width={sureTo - sureFrom} height={8} rx={2} />
      )}
      {s.unknownEnd && to < width && (
        <text className="unknown" x={to + 2} y={y + 22}>
          ?
        </text>
      )}
      {s.unknownStart && from > 10 && (
        <text className="unknown" x={from - 9} y={y + 22}>
          ?
        </text>
      )}
      {label && (
        <text x={before ? to : Math.max(from, 1)} y={y + 10} textAnchor={before ? 'end' : 'start'}>
          {label}
        </text>
      )}
    </g>
  )
}

function Histogram({
  buckets,
  step,
  x,
  width,
}: {
  buckets: ChartProps['buckets']
  step: Step
  x: (day: Day) => number
  width: number
}) {
  const most = Math.max(1, ...buckets.map((b) => b.count))
  const height = (n: number) => (n / most) * (histogramHeight - 12)
  return (
    <g className="histogram">
      {buckets.map((b) => {
        const days = daysOf(b.date)
        if (!days) return null
        // what began before this time is counted in its first bucket
        const from = Math.max(0, x(days.first))
        const to = Math.min(width, x(days.last + 1))
        if (to <= 0 || from >= width) return null
        const bar = Math.max(1.5, to - from - (to - from > 4 ? 1 : 0))
        const parts: [Tone, number][] = [
          ['event', b.events],
          ['statement', b.statements],
          ['relation', b.starts + b.ends],
        ]
        let y = histogramHeight
        return (
          <g key={b.date}>
            <title>{bucketTitle(b, step)}</title>
            <rect className="target" x={from} width={bar} y={0} height={histogramHeight} />
            {parts.map(([tone, n]) => {
              const h = height(n)
              y -= h
              return <rect key={tone} className={`bar-${tone}`} x={from} width={bar} y={y} height={h} />
            })}
            {b.vague > 0 && (
              <rect
                className="vague"
                x={from}
                width={bar}
                y={histogramHeight - height(b.count)}
                height={height(b.vague)}
              />
            )}
          </g>
        )
      })}
      <text x={width} y={10} textAnchor="end">
        at most {most}
      </text>
    </g>
  )
}

function bucketTitle(b: ChartProps['buckets'][number], step: Step): string {
  const parts = [
    b.events && counted(b.events, 'event'),
    b.statements && counted(b.statements, 'statement'),
    b.starts && `${b.starts} began`,
    b.ends && `${b.ends} ended`,
    b.vague && `${b.vague} perhaps later, being dated less precisely than by ${step.toLowerCase()}`,
  ]
  return `${dateText(b.date)}: ${parts.filter(Boolean).join(', ')}`
}

type Now = ChartProps & { dayAt: (px: number) => Day }

/** A drag chooses a time, a click a bucket or a mark, the wheel with Ctrl or ⌘ zooms about where it is. */
function gestures(
  svg: SVGSVGElement,
  now: () => Now,
  setLive: (w: Window | null) => void,
  setBrushed: (b: [number, number] | null) => void,
): () => void {
  const controller = new AbortController()
  const { signal } = controller
  let from: number | null = null
  let zoom: Window | null = null
  let waits = 0
  const at = (e: MouseEvent) => e.clientX - svg.getBoundingClientRect().left
  const whole = (a: Day, b: Day): Window => {
    const { step, window } = now()
    const first = daysOf(partial(Math.min(a, b), step))?.first ?? window.first
    const last = daysOf(partial(Math.max(a, b), step))?.last ?? window.last
    return { first: Math.max(dayOf(1, 1, 1), first), last: Math.min(dayOf(9999, 12, 31), last) }
  }
  const end = () => {
    from = null
    setBrushed(null)
  }
  svg.addEventListener(
    'pointerdown',
    (e) => {
      if (e.button !== 0 || !e.isPrimary) return
      from = at(e)
      svg.setPointerCapture(e.pointerId)
    },
    { signal },
  )
  svg.addEventListener(
    'pointermove',
    (e) => {
      if (from !== null && Math.abs(at(e) - from) > 4) setBrushed([from, at(e)])
    },
    { signal },
  )
  svg.addEventListener(
    'pointerup',
    (e) => {
      if (from === null) return
      const [a, b] = [from, at(e)]
      end()
      const { dayAt, onWindow, onPick } = now()
      if (Math.abs(a - b) > 4) return onWindow(whole(dayAt(a), dayAt(b)))
      // the pointer is captured: what lies under it is not the target
      const under = document.elementFromPoint(e.clientX, e.clientY)
      const mark = under?.closest<SVGElement>('[data-id]')?.dataset.id
      if (mark) onPick(mark)
      else if (e.clientY - svg.getBoundingClientRect().top < histogramHeight) onWindow(whole(dayAt(a), dayAt(a)))
    },
    { signal },
  )
  svg.addEventListener('pointercancel', end, { signal })
  addEventListener('keydown', (e) => e.key === 'Escape' && end(), { signal })
  svg.addEventListener(
    'wheel',
    (e) => {
      if (!e.ctrlKey && !e.metaKey) return
      e.preventDefault()
      const { window, dayAt } = now()
      zoom = zoomed(zoom ?? window, 1.002 ** e.deltaY, dayAt(at(e)))
      setLive(zoom)
      clearTimeout(waits)
      waits = setTimeout(() => {
        if (zoom) now().onWindow(zoom)
        zoom = null
      }, 250) as unknown as number
    },
    { signal, passive: false },
  )
  return () => {
    controller.abort()
    clearTimeout(waits)
  }
}
