import { useMemo } from 'react'
import { useTimeline } from '../../app/data'
import { useChangeView } from '../../app/view'
import { clockTime } from '../../model/time'
import { recentMarks, timelineSeries } from '../../model/timeline'
import type { MeshView } from '../../model/viewSearch'
import { Card } from '../../ui/Page'
import { Icon } from '../../ui/Icon'
import { Loading } from '../../ui/States'
import { TimeChart } from '../../ui/TimeChart'
import { Button } from '../../ui/kit'
import { useNow } from '../../ui/useNow'

const SPAN_MS = 30 * 60_000
const MARKS = 6

/** The half hour before: since when it is so, and what was changed. Dragging to a moment looks at that moment. */
export function HistoryCard({ view }: { view: MeshView }) {
  const timeline = useTimeline(view, SPAN_MS)
  const changeView = useChangeView()
  const now = useNow()
  const data = timeline.data
  const series = useMemo(() => {
    if (!data) return null
    const { requests, errors } = timelineSeries(data)
    return { requests: [requests], errors: [errors] }
  }, [data])
  const lookAt = (_from: number, to: number) =>
    changeView({ t: new Date(to * 1000).toISOString().replace(/\.\d+Z$/, 'Z') })

  return (
    <Card title="The last 30 minutes" note="whole mesh · drag over a chart to look at a past moment">
      {data && series ? (
        <div className="ph-history">
          <TimeChart
            title="Requests"
            unit="perSecond"
            series={series.requests}
            syncKey="history"
            asTable={false}
            onBrush={lookAt}
            low
          />
          <TimeChart
            title="Errors"
            unit="share"
            series={series.errors}
            syncKey="history"
            asTable={false}
            onBrush={lookAt}
            low
          />
          {data.marks.length === 0 ? null : (
            <section className="ph-history__changes" aria-label="Recent changes">
              <h3>Recent changes</h3>
              <ol>
                {recentMarks(data, MARKS).map((mark) => (
                  <li key={`${mark.at} ${mark.text}`}>
                    <button
                      type="button"
                      title="Look at this moment"
                      onClick={() => changeView({ t: mark.at })}
                    >
                      {clockTime(mark.at, now)}
                    </button>
                    <span>{mark.text}</span>
                  </li>
                ))}
              </ol>
            </section>
          )}
        </div>
      ) : timeline.error ? (
        <p className="ph-note" role="alert">
          <Icon name="warning" size={14} /> The history could not be loaded: {timeline.error.message}
          <Button variant="link" isInline onClick={() => void timeline.refetch()}>
            Try again
          </Button>
        </p>
      ) : (
        <Loading what="history" lines={5} />
      )}
    </Card>
  )
}
