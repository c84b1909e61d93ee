import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { MetricsSubject } from '../api/endpoints'
import type { Metrics } from '../api/schemas'
import { CHART_SPANS, defaultSpan, fromFirstKnown, redPanels, type Quantile } from '../model/charts'
import type { DetailSearch } from '../model/detailSearch'
import { clockTime, durationSeconds, durationWords, isoDuration, stepFor } from '../model/time'
import { Choice, type Option } from '../ui/Choice'
import { Icon } from '../ui/Icon'
import { Card } from '../ui/Page'
import { Failure, Loading } from '../ui/States'
import { Switch } from '../ui/Switch'
import { TimeChart } from '../ui/TimeChart'
import { Button } from '../ui/kit'
import { useMetrics, useStatus } from './data'
import { useMeshView } from './view'
import './redCharts.css'

/** A shorter span holds too few points to be a line; the backend refuses it. */
const LEAST_SECONDS = 60
const BY: readonly Option<'version' | 'code' | 'none'>[] = [
  { value: 'version', text: 'By version' },
  { value: 'code', text: 'By code' },
  { value: 'none', text: 'All together' },
]
const DIRECTIONS: readonly Option<'in' | 'out'>[] = [
  { value: 'in', text: 'Inbound' },
  { value: 'out', text: 'Outbound' },
]
const QUANTILES: readonly Option<Quantile>[] = [
  { value: 'p50', text: 'p50' },
  { value: 'p95', text: 'p95' },
  { value: 'p99', text: 'p99' },
  { value: 'avg', text: 'average' },
]

/** Rate, errors and duration over time. Dragging over a chart picks that span, which the address then holds. */
export function RedCharts(props: {
  subject: MetricsSubject
  search: DetailSearch
  defaultBy: 'version' | 'none'
  directions: boolean
}) {
  const { subject, search } = props
  const view = useMeshView()
  const navigate = useNavigate()
  const [quantile, setQuantile] = useState<Quantile>('p95')
  const by = search.by ?? props.defaultBy
  const direction = search.dir ?? 'in'
  const status = useStatus()
  const usual = defaultSpan(status.data?.sources ?? [])
  const range = search.range ?? usual
  const seconds = durationSeconds(range) ?? 1800
  const step = stepFor(seconds)
  const stepMs = (durationSeconds(step) ?? 10) * 1000
  const metrics = useMetrics(
    subject,
    { window: range, step, at: view.at, by, direction },
    view.refreshMs === null ? null : Math.max(view.refreshMs, stepMs),
  )
  const known = useMemo(() => fromFirstKnown(metrics.data?.series ?? []), [metrics.data])
  const panels = useMemo(() => redPanels(known.series, by, quantile), [known, by, quantile])
  const asTable = search.as === 'table'
  const incomplete = metrics.data ? incompleteWords(metrics.data, known.since) : ''

  const change = (next: DetailSearch & { t?: string | undefined }) =>
    void navigate({ to: '.', search: (previous) => ({ ...previous, ...next }) })
  const brush = (from: number, to: number) => {
    change({
      range: isoDuration(Math.max(LEAST_SECONDS, to - from)),
      t: new Date(to * 1000).toISOString().replace(/\.\d+Z$/, 'Z'),
    })
  }
  const ranges = [...new Set([...CHART_SPANS, range])]
    .sort((a, b) => (durationSeconds(a) ?? 0) - (durationSeconds(b) ?? 0))
    .map((value) => ({ value, text: durationWords(value) }))

  return (
    <Card
      title="Traffic"
      actions={
        <>
          {search.range !== undefined || view.at !== null ? (
            <Button variant="link" onClick={() => change({ range: undefined, t: undefined })}>
              Back to the last {durationWords(usual)}
            </Button>
          ) : null}
          {props.directions ? (
            <Choice
              label="Direction"
              value={direction}
              options={DIRECTIONS}
              onChange={(dir) => change({ dir })}
            />
          ) : null}
          <Choice label="Lines" value={by} options={BY} onChange={(next) => change({ by: next })} />
          {by === 'none' ? null : (
            <Choice label="Duration" value={quantile} options={QUANTILES} onChange={setQuantile} />
          )}
          <Choice
            label="Span"
            value={range}
            options={ranges}
            onChange={(next) => change({ range: next })}
            icon={<Icon name="clock" size={15} />}
          />
          <Switch
            label="As table"
            checked={asTable}
            onChange={(checked) => change({ as: checked ? 'table' : undefined })}
          />
        </>
      }
    >
      {metrics.error && !metrics.data ? (
        <Failure what="The charts" error={metrics.error} onRetry={() => void metrics.refetch()} />
      ) : !metrics.data ? (
        <Loading what="charts" lines={9} />
      ) : (
        <>
          {metrics.error ? (
            <p className="ph-note" role="status">
              <Icon name="warning" size={14} /> The newest values could not be loaded: {metrics.error.message}
            </p>
          ) : null}
          {incomplete === '' ? null : (
            <p className="ph-note" role="status">
              <Icon name="warning" size={14} /> {incomplete}
            </p>
          )}
          <div className={metrics.isPlaceholderData ? 'ph-charts ph-charts--old' : 'ph-charts'}>
            {panels.map((panel) => (
              <TimeChart key={panel.title} {...panel} syncKey="traffic" asTable={asTable} onBrush={brush} />
            ))}
          </div>
        </>
      )}
    </Card>
  )
}

/** Why there is less to see than was asked for; empty when there is not. */
function incompleteWords(metrics: Metrics, since: number | null): string {
  const warnings = metrics.warnings.map((warning) => warning.replace(/\.?$/, '.')).join(' ')
  if (since !== null) {
    const begin = `No values before ${clockTime(since * 1000, Date.parse(metrics.to))}.`
    return warnings === '' ? begin : `${begin} ${warnings}`
  }
  if (metrics.partial)
    return `Incomplete: ${warnings === '' ? 'part of this span could not be answered.' : warnings}`
  return warnings
}
