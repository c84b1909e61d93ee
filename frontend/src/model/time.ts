/** Durations and moments as words. Moments come in as arguments; nothing here reads a clock. */

const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/

/** Seconds of an ISO 8601 duration of days, hours, minutes and seconds; null when it is none or is zero. */
export function durationSeconds(iso: string): number | null {
  const match = DURATION.exec(iso)
  if (!match) return null
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = [1, 2, 3, 4].map((group) =>
    Number(match[group] ?? 0),
  )
  const total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
  return total > 0 ? total : null
}

/** The shortest ISO 8601 form: 90 is `PT1M30S`. */
export function isoDuration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds))
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  const rest = whole % 60
  return `PT${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}${rest > 0 ? `${rest}S` : ''}`
}

/** "45 s", "5 min", "3 h", "2 d 4 h": at most two units, none of them zero. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  const units: [number, string][] = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ]
  const first = units.findIndex(([size]) => whole >= size)
  const parts: string[] = []
  let rest = whole
  for (const [size, name] of units.slice(first, first + 2)) {
    const amount = Math.floor(rest / size)
    rest -= amount * size
    if (amount > 0) parts.push(`${amount} ${name}`)
  }
  return parts.join(' ')
}

/** "PT5M" as "5 min"; what is no duration is shown as it came. */
export function durationWords(iso: string): string {
  const seconds = durationSeconds(iso)
  return seconds === null ? iso : duration(seconds)
}

/** "4 s ago". A moment a little in the future is a clock that differs, not news from tomorrow. */
export function ago(moment: string | number, now: number): string {
  const seconds = (now - (typeof moment === 'number' ? moment : Date.parse(moment))) / 1000
  return seconds < 1 ? 'just now' : `${duration(seconds)} ago`
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const dayAndClock = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

/** Local HH:MM:SS; with the day when it is not the day of `now`. */
export function clockTime(moment: string | number, now: number): string {
  const date = new Date(moment)
  return (date.toDateString() === new Date(now).toDateString() ? clock : dayAndClock).format(date)
}

/** A step that gives a chart about 180 points, in a length people count in. */
export function stepFor(rangeSeconds: number): string {
  const steps = [5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600]
  return isoDuration(steps.find((step) => rangeSeconds / step <= 180) ?? 3600)
}
