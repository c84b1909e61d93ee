import { useEffect, useMemo, useRef, useState } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Series } from '../api/schemas'
import { chartData, chartSummary, lineName, lineSummary } from '../model/chartData'
import { clockTime } from '../model/time'
import { axisLabel, inUnit } from '../model/units'
import { cssColor, useColorScheme } from './colorScheme'
import './timeChart.css'

const SERIES_COLORS = 6
const HEIGHT = 168
const LOW = 116

const colorOf = (index: number) => `--ph-series-${(index % SERIES_COLORS) + 1}` as const

/** Moments of another day than the newest one are printed with their day. */
const newestMoment = (at: readonly number[]) => (at.at(-1) ?? 0) * 1000

/**
 * Lines over time. Charts with the same `syncKey` share the cursor; dragging over one picks a span. The lines are
 * drawn on a canvas, so a summary in words, and on request a table, say the same.
 */
export function TimeChart(props: {
  title: string
  unit: string
  series: readonly Series[]
  syncKey: string
  asTable: boolean
  /** One line in a low frame, without a legend. */
  low?: boolean
  onBrush: (fromSeconds: number, toSeconds: number) => void
}) {
  const { title, unit, series } = props
  const data = useMemo(() => chartData(series), [series])
  const [cursor, setCursor] = useState<number | null>(null)
  const empty = data.at.length === 0

  return (
    <section className="ph-chart" aria-label={title}>
      <header>
        <h3>
          {title}
          {unit === 'perSecond' ? <small>rps</small> : null}
        </h3>
        {cursor !== null && data.at[cursor] !== undefined && !props.asTable ? (
          <span className="ph-chart__moment">
            {clockTime(data.at[cursor] * 1000, newestMoment(data.at))}
            {props.low ? <strong> {inUnit(data.lines[0]?.[cursor] ?? null, unit)}</strong> : null}
          </span>
        ) : null}
      </header>
      {empty ? (
        <p className={props.low ? 'ph-chart__empty ph-chart__empty--low' : 'ph-chart__empty'}>
          No data in this span.
        </p>
      ) : props.asTable ? (
        <ChartTable title={title} unit={unit} series={series} />
      ) : (
        <>
          <p className="ph-visually-hidden">{chartSummary(series)}</p>
          <Plot {...props} onCursor={setCursor} />
        </>
      )}
      {empty || props.asTable || props.low ? null : (
        <ul className="ph-chart__legend">
          {series.map((line, index) => {
            const values = data.lines[index] ?? []
            const value = cursor === null ? lineSummary(values).last : (values[cursor] ?? null)
            return (
              <li key={`${line.name} ${lineName(line)}`}>
                <span className={`ph-swatch ph-swatch--${(index % SERIES_COLORS) + 1}`} />
                {lineName(line)} <strong>{inUnit(value, unit)}</strong>
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}

function Plot(props: {
  low?: boolean
  unit: string
  series: readonly Series[]
  syncKey: string
  onBrush: (fromSeconds: number, toSeconds: number) => void
  onCursor: (index: number | null) => void
}) {
  const { unit, series, syncKey, onBrush, onCursor } = props
  const height = props.low ? LOW : HEIGHT
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const scheme = useColorScheme()
  const names = series.map((line) => `${line.name} ${lineName(line)}`).join('\n')
  const data = useMemo(() => chartData(series), [series])
  const columns = useMemo(
    () => [[...data.at], ...data.lines.map((line) => [...line])] as uPlot.AlignedData,
    [data],
  )

  // The plot is built once per set of lines and colours; the newest values and callbacks reach it through here.
  const newest = useRef({ columns, onBrush, onCursor })
  useEffect(() => {
    newest.current = { columns, onBrush, onCursor }
    plot.current?.setData(columns)
  }, [columns, onBrush, onCursor])

  useEffect(() => {
    const element = host.current
    if (!element) return
    const grid = { stroke: cssColor('--ph-border'), width: 1 }
    const axis = {
      stroke: cssColor('--ph-text-subtle'),
      grid,
      ticks: { ...grid, size: 4 },
      font: '11px "Red Hat Text", sans-serif',
    }
    const own = new uPlot(
      {
        width: element.clientWidth || 400,
        height,
        legend: { show: false },
        padding: [8, 18, 0, 0],
        cursor: {
          sync: { key: syncKey },
          drag: { x: true, y: false, setScale: false },
          points: { size: 6 },
          y: false,
        },
        scales: { y: { range: (_plot, _low, high) => [0, high > 0 ? high * 1.08 : 1] } },
        axes: [
          {
            ...axis,
            space: 60,
            size: 26,
            values: (_plot, ticks) =>
              ticks.map((tick) => clockTime(tick * 1000, Date.now()).replace(/:00$/, '')),
          },
          {
            ...axis,
            size: 54,
            space: 34,
            values: (_plot, ticks) => ticks.map((tick) => axisLabel(tick, unit)),
          },
        ],
        series: [
          {},
          ...names.split('\n').map((_name, index) => ({
            stroke: cssColor(colorOf(index)),
            width: 1.6,
            points: { show: false },
            spanGaps: false,
          })),
        ],
        hooks: {
          setCursor: [(u) => newest.current.onCursor(u.cursor.idx ?? null)],
          setSelect: [
            (u) => {
              if (u.select.width < 4) return
              newest.current.onBrush(
                u.posToVal(u.select.left, 'x'),
                u.posToVal(u.select.left + u.select.width, 'x'),
              )
              u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
            },
          ],
        },
      },
      newest.current.columns,
      element,
    )
    plot.current = own
    const observer = new ResizeObserver(() => own.setSize({ width: element.clientWidth, height }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      own.destroy()
      plot.current = null
    }
  }, [names, unit, syncKey, scheme, height])

  return <div ref={host} className="ph-chart__plot" aria-hidden="true" />
}

function ChartTable({ title, unit, series }: { title: string; unit: string; series: readonly Series[] }) {
  const data = chartData(series)
  const newestFirst = data.at.map((_, index) => data.at.length - 1 - index)
  return (
    <div className="ph-chart__table" tabIndex={0} role="region" aria-label={`${title}, values`}>
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {series.map((line) => (
              <th scope="col" key={`${line.name} ${lineName(line)}`}>
                {lineName(line)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {newestFirst.map((index) => (
            <tr key={data.at[index]}>
              <th scope="row">{clockTime((data.at[index] ?? 0) * 1000, newestMoment(data.at))}</th>
              {data.lines.map((line, column) => (
                <td key={column}>{inUnit(line[index] ?? null, unit)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
