/**
 * Numbers as words. Null is "–" everywhere: unknown is not zero, and a trickle is never printed as 0, because 0
 * reads as "no traffic".
 */
export const UNKNOWN = '–'

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 })
const upToTwo = new Intl.NumberFormat('en', { maximumFractionDigits: 2 })
const upToOne = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** Calls per second, without the unit. */
export function rateNumber(perSecond: number | null): string {
  if (perSecond === null) return UNKNOWN
  if (perSecond === 0) return '0'
  if (perSecond < 0.01) return '<0.01'
  if (perSecond < 1) return upToTwo.format(perSecond)
  if (perSecond < 1000) return upToOne.format(perSecond)
  return compact.format(perSecond)
}

export function rate(perSecond: number | null): string {
  return perSecond === null ? UNKNOWN : `${rateNumber(perSecond)} rps`
}

/** A share of 0 … 1 as a percentage. */
export function percent(share: number | null): string {
  if (share === null) return UNKNOWN
  const value = share * 100
  if (value === 0) return '0 %'
  if (value < 0.1) return '<0.1 %'
  if (value > 99.9 && value < 100) return '>99.9 %'
  return `${(value < 10 ? upToOne : whole).format(value)} %`
}

export function milliseconds(ms: number | null): string {
  if (ms === null) return UNKNOWN
  if (ms === 0) return '0 ms'
  if (ms < 1) return '<1 ms'
  if (ms < 10) return `${upToOne.format(ms)} ms`
  if (ms < 1000) return `${whole.format(ms)} ms`
  if (ms < 60_000) return `${upToTwo.format(ms / 1000)} s`
  return `${upToOne.format(ms / 60_000)} min`
}

const BYTE_UNITS = ['B/s', 'kB/s', 'MB/s', 'GB/s', 'TB/s'] as const

/** Powers of 1000, as network rates are counted. */
export function bytesPerSecond(value: number | null): string {
  if (value === null) return UNKNOWN
  if (value === 0) return '0 B/s'
  if (value < 1) return '<1 B/s'
  let scaled = value
  let unit = 0
  while (scaled >= 999.5 && unit < BYTE_UNITS.length - 1) {
    scaled /= 1000
    unit += 1
  }
  return `${(scaled < 100 ? upToOne : whole).format(scaled)} ${BYTE_UNITS[unit] ?? ''}`
}

export function count(value: number | null): string {
  return value === null ? UNKNOWN : whole.format(value)
}

/** "1 service", "3 services", "– services". */
export function counted(value: number | null, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

/** A value of a series in its own unit. */
export function inUnit(value: number | null, unit: string): string {
  switch (unit) {
    case 'perSecond':
      return rate(value)
    case 'ms':
      return milliseconds(value)
    case 'share':
      return percent(value)
    case 'bytesPerSecond':
      return bytesPerSecond(value)
    default:
      return value === null ? UNKNOWN : `${upToTwo.format(value)} ${unit}`.trim()
  }
}

/** A tick of an axis. Rates leave their unit to the heading, because "rps" beside every tick says nothing new. */
export function axisLabel(value: number, unit: string): string {
  return unit === 'perSecond' ? rateNumber(value) : inUnit(value, unit)
}
