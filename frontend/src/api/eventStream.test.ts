import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { EventStreamParser, openEventStream, type ConnectionState, type ServerEvent } from './eventStream'
import { openGraphStream } from './graphStream'

describe('the parser', () => {
  const STREAM =
    ': hello\nretry: 1500\n\nevent: snapshot\nid: e1-1\ndata: {"a":\ndata: 1}\n\ndata:plain\n\nid: x\0y\ndata\n\nevent: lost\nid: e1-9\n\n'
  const EVENTS: ServerEvent[] = [
    { event: 'snapshot', data: '{"a":\n1}', id: 'e1-1' },
    { event: 'message', data: 'plain', id: 'e1-1' },
    { event: 'message', data: '', id: 'e1-1' },
  ]

  it.each(['\n', '\r\n', '\r'])('gives the same events wherever the text is cut, line end %j', (end) => {
    const text = STREAM.replaceAll('\n', end)
    for (let size = 1; size <= text.length; size++) {
      const parser = new EventStreamParser()
      const events: ServerEvent[] = []
      for (let at = 0; at < text.length; at += size) events.push(...parser.push(text.slice(at, at + size)))
      // A lone CR at the very end could be half of a CR LF, so the next byte settles it.
      events.push(...parser.push(': ping\n'))
      expect(events).toEqual(EVENTS)
      expect(parser.retryMs).toBe(1500)
      expect(parser.lastEventId).toBe('e1-9')
    }
  })

  it('skips a byte order mark', () => {
    expect(new EventStreamParser().push('\uFEFFdata: a\n\n')).toHaveLength(1)
  })
})

/** A server under the test's control: each request is kept, and answered by hand. */
class Server {
  readonly requests: {
    headers: Record<string, string>
    signal: AbortSignal
    write(text: string): void
    end(): void
  }[] = []
  status = 200

  readonly fetch = (_url: string, init: RequestInit): Promise<Response> => {
    const encoder = new TextEncoder()
    let controller!: ReadableStreamDefaultController<Uint8Array>
    const body = new ReadableStream<Uint8Array>({ start: (own) => void (controller = own) })
    const signal = init.signal
    if (!signal) throw new Error('a stream must be abortable')
    signal.addEventListener('abort', () => controller.error(signal.reason))
    this.requests.push({
      headers: init.headers as Record<string, string>,
      signal,
      write: (text) => controller.enqueue(encoder.encode(text)),
      end: () => controller.close(),
    })
    if (this.status !== 200) {
      const problem = JSON.stringify({ detail: 'unknown parameter: colour' })
      return Promise.resolve(
        new Response(problem, {
          status: this.status,
          headers: { 'content-type': 'application/problem+json' },
        }),
      )
    }
    return Promise.resolve(new Response(body))
  }

  get last() {
    const request = this.requests.at(-1)
    if (!request) throw new Error('no request yet')
    return request
  }
}

describe('the connection', () => {
  let server: Server
  let events: ServerEvent[]
  let states: ConnectionState[]
  const open = () =>
    openEventStream('/stream', {
      onEvent: (event) => events.push(event),
      onConnection: (state) => states.push(state),
    })
  const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms)
  const hide = (hidden: boolean) => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(hidden ? 'hidden' : 'visible')
    document.dispatchEvent(new Event('visibilitychange'))
  }

  beforeEach(() => {
    vi.useFakeTimers()
    server = new Server()
    events = []
    states = []
    vi.stubGlobal('fetch', server.fetch)
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('resumes after the last event it has seen', async () => {
    const stream = open()
    await settle()
    server.last.write('id: e1-7\ndata: a\n\n')
    await settle()
    server.last.end()
    await settle(600)
    expect(events).toHaveLength(1)
    expect(server.requests).toHaveLength(2)
    expect(server.last.headers['last-event-id']).toBe('e1-7')
    stream.close()
  })

  it('waits longer after each failure and starts over after a success', async () => {
    const stream = open()
    const waits: number[] = []
    for (let i = 0; i < 4; i++) {
      await settle()
      server.last.end()
      await settle()
      const state = states.at(-1)
      if (state?.state !== 'waiting') throw new Error(`expected waiting, was ${state?.state ?? 'nothing'}`)
      waits.push(state.retryAt - Date.now())
      await settle(state.retryAt - Date.now())
    }
    waits.forEach((wait, i) => {
      expect(wait).toBeGreaterThanOrEqual(250 * 2 ** i)
      expect(wait).toBeLessThanOrEqual(500 * 2 ** i)
    })
    server.last.write('data: a\n\n')
    await settle()
    server.last.end()
    await settle(500)
    expect(server.requests).toHaveLength(6)
    stream.close()
  })

  it('notices silence and connects again; heartbeats are not silence', async () => {
    const stream = open()
    await settle()
    for (let i = 0; i < 4; i++) {
      await settle(40_000)
      server.last.write(': heartbeat\n\n')
    }
    await settle()
    expect(server.requests).toHaveLength(1)
    await settle(45_001)
    expect(states.at(-1)).toMatchObject({ state: 'waiting' })
    await settle(600)
    expect(server.requests).toHaveLength(2)
    stream.close()
  })

  it('does not repeat a question that was refused', async () => {
    server.status = 400
    const stream = open()
    await settle(60_000)
    expect(server.requests).toHaveLength(1)
    expect(states.at(-1)).toMatchObject({
      state: 'refused',
      failure: { message: 'unknown parameter: colour' },
    })
    stream.close()
  })

  it('rests while the tab is hidden and resumes where it was', async () => {
    const stream = open()
    await settle()
    server.last.write('id: e1-3\ndata: a\n\n')
    await settle()
    hide(true)
    await settle(9_000)
    expect(server.last.signal.aborted).toBe(false)
    await settle(2_000)
    expect(server.last.signal.aborted).toBe(true)
    expect(states.at(-1)).toEqual({ state: 'paused' })
    hide(false)
    await settle()
    expect(server.requests).toHaveLength(2)
    expect(server.last.headers['last-event-id']).toBe('e1-3')
    stream.close()
  })

  it('says nothing more after it was closed', async () => {
    const stream = open()
    await settle()
    stream.close()
    const before = states.length
    await settle(60_000)
    expect(server.requests).toHaveLength(1)
    expect(states).toHaveLength(before)
  })

  it('hands on snapshots, deltas and problems, and starts afresh after an event it cannot read', async () => {
    const seen: string[] = []
    const stream = openGraphStream(
      { namespace: ['bookinfo'] },
      {
        onSnapshot: (graph) => seen.push(`snapshot ${graph.seq}`),
        onDelta: (delta) => seen.push(`delta ${delta.base}-${delta.seq}`),
        onProblem: (problem) => seen.push(`problem ${problem.detail}`),
        onUnreadable: () => seen.push('unreadable'),
      },
    )
    await settle()
    server.last.write(
      'event: snapshot\nid: e-4\ndata: {"at":"2026-11-21T10:00:00Z","seq":4,"nodes":[],"edges":[]}\n\n',
    )
    server.last.write('event: delta\nid: e-5\ndata: {"base":4,"seq":5,"at":"2026-11-21T10:00:05Z"}\n\n')
    server.last.write('event: problem\ndata: {"detail":"prometheus is down"}\n\n')
    server.last.write('event: delta\nid: e-6\ndata: {"seq":6}\n\n')
    await settle()
    expect(seen).toEqual(['snapshot 4', 'delta 4-5', 'problem prometheus is down', 'unreadable'])
    expect(server.requests).toHaveLength(2)
    expect(server.last.headers['last-event-id']).toBeUndefined()
    stream.close()
  })
})
