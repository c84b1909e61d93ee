import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { fetchTimeline } from '../../api/endpoints'
import { useShortcuts } from '../../app/shortcuts'
import { useChangeView } from '../../app/view'
import { STRIPS, type GraphOptions } from '../../model/graph/graphSearch'
import { bars, BUCKETS, momentAt, stepped, stripRange } from '../../model/graph/timeStrip'
import { HEALTH_WORDS } from '../../model/health'
import { ago, clockTime, durationWords } from '../../model/time'
import { percent, rate } from '../../model/units'
import type { MeshView } from '../../model/viewSearch'
import { Icon } from '../../ui/Icon'
import { useNow } from '../../ui/useNow'
import type { GraphChange } from './useGraphSearch'
import './controls.css'
import './timeStrip.css'

const SPEEDS = [1, 10, 60] as const
const REFRESH_MS = 15_000

interface StripProps {
  readonly view: MeshView
  readonly options: GraphOptions
  readonly change: (change: GraphChange) => void
  readonly playing: boolean
  readonly setPlaying: (playing: boolean) => void
}

/** The last half hour, three hours or day at a glance, and the way to any moment of it. */
export function TimeStrip({ view, options, change, playing, setPlaying }: StripProps) {
  const now = useNow()
  const changeView = useChangeView()
  const [speed, setSpeed] = useState<(typeof SPEEDS)[number]>(10)
  const [hover, setHover] = useState<number | null>(null)
  const at = view.at === null ? null : Date.parse(view.at)
  const range = stripRange(options.strip, now, at)
  const { data, error } = useQuery({
    queryKey: ['timeline', options.strip, range.from, view.namespaces],
    queryFn: ({ signal }) =>
      fetchTimeline(
        {
          from: new Date(range.from).toISOString(),
          to: new Date(range.to).toISOString(),
          buckets: BUCKETS,
          namespace: view.namespaces,
        },
        signal,
      ),
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
  })
  const list = useMemo(
    () =>
      data === undefined
        ? []
        : bars(
            data,
            (bucket) =>
              `${rate(bucket.perSecond)}${bucket.errorShare === null ? '' : `, ${percent(bucket.errorShare)} errors`}${bucket.worst === 'failure' || bucket.worst === 'degraded' ? `, ${HEALTH_WORDS[bucket.worst].toLowerCase()}` : ''}`,
          ),
    [data],
  )

  const goTo = (moment: number | null) =>
    changeView({ t: moment === null ? undefined : new Date(moment).toISOString() })
  const live = useRef(goTo)
  useEffect(() => {
    live.current = goTo
  })
  const shortcuts = useMemo(
    () => [
      {
        keys: 'l',
        label: 'Graph: back to live',
        run: () => {
          setPlaying(false)
          live.current(null)
        },
      },
    ],
    [setPlaying],
  )
  useShortcuts('Time line', shortcuts)

  // Playing: one step of the clock for each second, times the speed, until it has caught up with now.
  const moment = useRef(at)
  useEffect(() => {
    moment.current = at
  }, [at])
  useEffect(() => {
    if (!playing) return
    const timer = setInterval(() => {
      const next = (moment.current ?? Date.now()) + speed * 1000
      if (moment.current === null || next >= Date.now() - 2000) {
        setPlaying(false)
        live.current(null)
      } else live.current(next)
    }, 1000)
    return () => clearInterval(timer)
  }, [playing, speed, setPlaying])

  const share = (event: { clientX: number; currentTarget: Element }) => {
    const rect = event.currentTarget.getBoundingClientRect()
    return (event.clientX - rect.left) / Math.max(1, rect.width)
  }
  const place = (time: number) => ((time - range.from) / (range.to - range.from)) * 100
  const playhead = place(at ?? now)
  const barWidth = 100 / BUCKETS
  const hovered =
    hover === null ? null : list.find((bar) => hover >= bar.at && hover < bar.at + range.bucketMs)

  return (
    <div className="phg-strip">
      <button
        type="button"
        className="phg-icon-button"
        aria-label={playing ? 'Pause' : 'Play from here'}
        title={playing ? 'Pause (Space)' : 'Play (Space)'}
        disabled={at === null && !playing}
        onClick={() => setPlaying(!playing)}
      >
        <Icon name={playing ? 'pause' : 'play'} size={13} />
      </button>
      <select
        className="phg-select"
        aria-label="Speed"
        value={speed}
        onChange={(event) => setSpeed(Number(event.target.value) as (typeof SPEEDS)[number])}
      >
        {SPEEDS.map((value) => (
          <option key={value} value={value}>
            {value}×
          </option>
        ))}
      </select>
      <span className="phg-strip__time">{clockTime(range.from, now).slice(0, -3)}</span>
      <div
        className="phg-strip__track"
        role="slider"
        tabIndex={0}
        aria-label="Moment"
        aria-valuemin={range.from}
        aria-valuemax={range.to}
        aria-valuenow={at ?? now}
        aria-valuetext={at === null ? 'live' : `${clockTime(at, now)}, ${ago(at, now)}`}
        onKeyDown={(event) => {
          const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 }[event.key]
          if (event.key === 'Home') goTo(range.from)
          else if (event.key === 'End') goTo(null)
          else if (event.key === ' ') setPlaying(!playing)
          else if (by !== undefined) goTo(stepped(at, by * (event.shiftKey ? 10 : 1), range, now))
          else return
          event.preventDefault()
        }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          setPlaying(false)
          goTo(momentAt(share(event), range, now))
        }}
        onPointerMove={(event) => {
          setHover(range.from + share(event) * (range.to - range.from))
          if (event.buttons === 1) goTo(momentAt(share(event), range, now))
        }}
        onPointerLeave={() => setHover(null)}
      >
        <svg viewBox={`0 0 ${BUCKETS} 28`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
          {list.map((bar) => {
            const x = ((bar.at - range.from) / range.bucketMs) | 0
            return (
              <g key={bar.at}>
                <rect
                  className={`phg-strip__bar${bar.brightness === null ? ' phg-strip__bar--unknown' : bar.problem === null ? '' : ` phg-strip__bar--${bar.problem}`}`}
                  x={x + 0.08}
                  y={7}
                  width={0.84}
                  height={21}
                  opacity={bar.brightness === null ? 0.5 : 0.16 + 0.84 * bar.brightness}
                />
                {bar.problem === null ? null : (
                  <rect
                    className={`phg-strip__notch phg-strip__notch--${bar.problem}`}
                    x={x + 0.08}
                    y={bar.problem === 'failure' ? 0 : 3}
                    width={0.84}
                    height={bar.problem === 'failure' ? 6 : 3}
                  />
                )}
              </g>
            )
          })}
        </svg>
        {(data?.marks ?? []).map((mark) => (
          <span
            key={`${mark.at}${mark.text}`}
            className="phg-strip__mark"
            style={{ left: `${place(Date.parse(mark.at))}%` }}
            title={`${clockTime(mark.at, now)} ${mark.text}`}
          >
            ◆
          </span>
        ))}
        <span className="phg-strip__head" style={{ left: `${Math.min(100, Math.max(0, playhead))}%` }} />
        {hover !== null && hovered ? (
          <span
            className="phg-strip__hint"
            style={{ left: `${Math.min(92, Math.max(8, place(hover) + barWidth / 2))}%` }}
          >
            {clockTime(hovered.at, now)} · {hovered.words}
          </span>
        ) : null}
        {error !== null && data === undefined ? (
          <span className="phg-strip__none">History is not available: {error.message}</span>
        ) : null}
        {data !== undefined && list.every((bar) => bar.brightness === null) ? (
          <span className="phg-strip__none">No history yet; it grows while Pharos runs</span>
        ) : null}
      </div>
      <select
        className="phg-select"
        aria-label="Length of the time line"
        value={options.strip}
        onChange={(event) =>
          change({ strip: event.target.value === 'PT30M' ? undefined : event.target.value })
        }
      >
        {STRIPS.map((strip) => (
          <option key={strip} value={strip}>
            {durationWords(strip)}
          </option>
        ))}
      </select>
      <button
        type="button"
        className={`phg-live${at === null ? ' phg-live--on' : ''}`}
        aria-pressed={at === null}
        title="Back to live (L)"
        onClick={() => {
          setPlaying(false)
          goTo(null)
        }}
      >
        {view.paused && at === null ? 'Paused' : 'Live'}
      </button>
    </div>
  )
}
