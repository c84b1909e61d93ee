import type { Series, Timeline } from '../api/schemas'

/** The totals of a time line as the lines of two charts; a bucket without a frame stays a gap. */
export function timelineSeries(timeline: Timeline): { readonly requests: Series; readonly errors: Series } {
  const points = (value: (bucket: Timeline['buckets'][number]) => number | null): Series['points'] =>
    timeline.buckets.map((bucket) => [Date.parse(bucket.at) / 1000, value(bucket)])
  return {
    requests: {
      name: 'requests',
      labels: {},
      unit: 'perSecond',
      points: points((bucket) => bucket.perSecond),
    },
    errors: { name: 'errors', labels: {}, unit: 'share', points: points((bucket) => bucket.errorShare) },
  }
}

/** Newest first. */
export function recentMarks(timeline: Timeline, limit: number): Timeline['marks'] {
  return [...timeline.marks].sort((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, limit)
}
