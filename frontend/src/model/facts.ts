import { durationWords } from './time'
import { milliseconds } from './units'

/** `scrapeInterval` as "Scrape interval". */
export function factName(name: string): string {
  const spaced = name.replace(
    /([a-z])([A-Z])/g,
    (_, before: string, capital: string) => `${before} ${capital.toLowerCase()}`,
  )
  return sentenceCase(spaced)
}

const SHORT = /^PT(\d+\.\d+)S$/
const whole = new Intl.NumberFormat('en')

/** A fact comes as text: counts get their thousands marked, durations their words. */
export function factValue(value: string): string {
  if (/^\d{4,15}$/.test(value)) return whole.format(Number(value))
  const short = SHORT.exec(value)
  return short ? milliseconds(Number(short[1]) * 1000) : durationWords(value)
}

export const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
