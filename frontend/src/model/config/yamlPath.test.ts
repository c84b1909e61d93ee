import { expect, it } from 'vitest'
import { entryOf, pathText, yamlEntries } from './yamlPath'

const TEXT = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: reviews
  annotations:
    "a.b/c": x
  note: |
    not: a key
    - nor an item
spec:
  hosts:
  - reviews
  # a comment: no key
  http:
    - match:
        - headers:
            end-user: {exact: jason}
      route:
      - destination:
          host: reviews
          subset: v1
        weight: 50
      - destination:
          host: reviews
    -
      timeout: 2s
`

it('names every key and item by its path', () => {
  expect(yamlEntries(TEXT).map((entry) => pathText(entry.path))).toEqual([
    'apiVersion',
    'kind',
    'metadata',
    'metadata.name',
    'metadata.annotations',
    'metadata.annotations.a.b/c',
    'metadata.note',
    'spec',
    'spec.hosts',
    'spec.hosts[0]',
    'spec.http',
    'spec.http[0]',
    'spec.http[0].match',
    'spec.http[0].match[0]',
    'spec.http[0].match[0].headers',
    'spec.http[0].match[0].headers.end-user',
    'spec.http[0].route',
    'spec.http[0].route[0]',
    'spec.http[0].route[0].destination',
    'spec.http[0].route[0].destination.host',
    'spec.http[0].route[0].destination.subset',
    'spec.http[0].route[0].weight',
    'spec.http[0].route[1]',
    'spec.http[0].route[1].destination',
    'spec.http[0].route[1].destination.host',
    'spec.http[1]',
    'spec.http[1].timeout',
  ])
})

it.each([
  ['spec.http[0].route[0].destination.subset', 'subset'],
  ['spec.http[0].route[0].destination.port.number', 'destination'],
  ['spec.hosts[0]', 'reviews'],
  ['spec.hosts[7]', 'hosts'],
  ['spec.http[1].timeout', 'timeout'],
])('finds %s', (path, word) => {
  const entry = entryOf(TEXT, path)
  expect(entry && TEXT.slice(entry.from, entry.to)).toBe(word)
})

it('knows where a value begins', () => {
  const entry = entryOf(TEXT, 'metadata.name')
  expect(entry && TEXT.slice(entry.valueFrom, entry.valueFrom + 7)).toBe('reviews')
})

it('starts afresh with every document, and finds nothing in nothing', () => {
  expect(yamlEntries('a:\n  b: 1\n---\nc: 2\n').map((entry) => pathText(entry.path))).toEqual([
    'a',
    'a.b',
    'c',
  ])
  expect(entryOf('', 'spec')).toBeNull()
})
