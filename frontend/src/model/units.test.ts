import { expect, it } from 'vitest'
import { axisLabel, bytesPerSecond, counted, inUnit, milliseconds, percent, rate } from './units'

it.each([
  [null, '–'],
  [0, '0 rps'],
  [0.004, '<0.01 rps'],
  [0.25, '0.25 rps'],
  [61.54, '61.5 rps'],
  [1234, '1.23K rps'],
])('writes a rate of %s as %s', (value, words) => expect(rate(value)).toBe(words))

it.each([
  [null, '–'],
  [0, '0 %'],
  [0.0004, '<0.1 %'],
  [0.019, '1.9 %'],
  [0.246, '25 %'],
  [0.9999, '>99.9 %'],
  [1, '100 %'],
])('writes a share of %s as %s', (value, words) => expect(percent(value)).toBe(words))

it.each([
  [null, '–'],
  [0, '0 ms'],
  [0.2, '<1 ms'],
  [8.44, '8.4 ms'],
  [840, '840 ms'],
  [1344, '1.34 s'],
  [90_000, '1.5 min'],
])('writes %s milliseconds as %s', (value, words) => expect(milliseconds(value)).toBe(words))

it.each([
  [null, '–'],
  [0, '0 B/s'],
  [0.5, '<1 B/s'],
  [999.7, '1 kB/s'],
  [48_200, '48.2 kB/s'],
  [12_000_000, '12 MB/s'],
])('writes %s bytes per second as %s', (value, words) => expect(bytesPerSecond(value)).toBe(words))

it('never prints an unknown value as a number, whatever the unit', () => {
  for (const unit of ['perSecond', 'ms', 'share', 'bytesPerSecond', 'parsecs'])
    expect(inUnit(null, unit)).toBe('–')
})

it('leaves the unit of a rate to the heading of the axis, and keeps the others', () => {
  expect([axisLabel(20, 'perSecond'), axisLabel(50, 'ms')]).toEqual(['20', '50 ms'])
})

it.each([
  [1, '1 service'],
  [0, '0 services'],
  [null, '– services'],
])('counts %s as %s', (value, words) => expect(counted(value, 'service')).toBe(words))
