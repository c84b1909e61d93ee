import type { Timeline } from '../../api/schemas'
import { durationSeconds } from '../time'

export const BUCKETS = 120

/** One bar of the strip. */
export interface Bar {
  readonly at: number
  /** 0 … 1 by the rate, relative to the busiest bucket; null: nothing is known. */
  readonly brightness: number | null
  readonly problem: 'degraded' | 'failure' | null
  readonly words: string
}

export function bars(timeline: Timeline, words: (bucket: Timeline['buckets'][number]) => string): Bar[] {
  const most = Math.max(0, ...timeline.buckets.map((bucket) => bucket.perSecond ?? 0))
  return timeline.buckets.map((bucket) => ({
    at: Date.parse(bucket.at),
    // The root keeps quiet minutes visible next to a peak.
    brightness: bucket.perSecond === null ? null : most === 0 ? 0 : Math.sqrt(bucket.perSecond / most),
    problem: bucket.worst === 'failure' || bucket.worst === 'degraded' ? bucket.worst : null,
    words: words(bucket),
  }))
}

/** The span of a strip that ends now, or holds the chosen moment. Whole buckets, so that the bars do not crawl. */
export function stripRange(
  strip: string,
  now: number,
  at: number | null,
): { from: number; to: number; bucketMs: number } {
  const lengthMs = (durationSeconds(strip) ?? 1800) * 1000
  const bucketMs = lengthMs / BUCKETS
  const latest = Math.ceil(now / bucketMs) * bucketMs
  const tooOld = at !== null && at < latest - lengthMs
  const to = tooOld ? Math.ceil((at + lengthMs / 2) / bucketMs) * bucketMs : latest
  return { from: to - lengthMs, to, bucketMs }
}

/** The moment under a place of the strip; null means live: the last bucket is now. */
export function momentAt(
  share: number,
  range: { from: number; to: number; bucketMs: number },
  now: number,
): number | null {
  const clamped = Math.min(1, Math.max(0, share))
  const at = range.from + clamped * (range.to - range.from)
  return at >= now - range.bucketMs ? null : Math.round(at / 1000) * 1000
}

/** A step with the arrow keys; null is live. */
export function stepped(
  at: number | null,
  steps: number,
  range: { bucketMs: number },
  now: number,
): number | null {
  const next = (at ?? now) + steps * range.bucketMs
  return next >= now - range.bucketMs / 2 ? null : Math.round(next / 1000) * 1000
}
