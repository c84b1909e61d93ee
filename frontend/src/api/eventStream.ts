import { ApiFailure, failureOf } from './http'

/** One server-sent event. */
export interface ServerEvent {
  readonly event: string
  readonly data: string
  readonly id: string
}

/**
 * Splits text into events as the HTML standard says (section 9.2.6, "Interpreting an event stream"). Text may be
 * cut anywhere, also between CR and LF. Comments only prove that the connection lives, so they give no event.
 */
export class EventStreamParser {
  /** The time the server asks us to wait before connecting again; null when it never said. */
  retryMs: number | null = null
  private rest = ''
  private first = true
  private event = ''
  private data: string[] = []

  constructor(private id = '') {}

  get lastEventId(): string {
    return this.id
  }

  push(text: string): ServerEvent[] {
    let buffer = this.rest + text
    if (this.first && buffer !== '') {
      this.first = false
      if (buffer.startsWith('\uFEFF')) buffer = buffer.slice(1)
    }
    const events: ServerEvent[] = []
    let start = 0
    for (;;) {
      const end = lineEnd(buffer, start)
      if (end === null) break
      const done = this.line(buffer.slice(start, end.at))
      if (done) events.push(done)
      start = end.next
    }
    this.rest = buffer.slice(start)
    return events
  }

  private line(line: string): ServerEvent | null {
    if (line === '') return this.dispatch()
    const colon = line.indexOf(':')
    if (colon === 0) return null
    const field = colon < 0 ? line : line.slice(0, colon)
    const raw = colon < 0 ? '' : line.slice(colon + 1)
    const value = raw.startsWith(' ') ? raw.slice(1) : raw
    if (field === 'event') this.event = value
    else if (field === 'data') this.data.push(value)
    else if (field === 'id' && !value.includes('\0')) this.id = value
    else if (field === 'retry' && /^\d+$/.test(value)) this.retryMs = Number(value)
    return null
  }

  private dispatch(): ServerEvent | null {
    const event = this.event
    const data = this.data
    this.event = ''
    this.data = []
    return data.length === 0 ? null : { event: event || 'message', data: data.join('\n'), id: this.id }
  }
}

/** End of the line that starts at `from`; null while it is not certain. A CR at the very end may be half of a CR LF. */
function lineEnd(text: string, from: number): { at: number; next: number } | null {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 10) return { at: i, next: i + 1 }
    if (code === 13) {
      if (i + 1 === text.length) return null
      return { at: i, next: text.charCodeAt(i + 1) === 10 ? i + 2 : i + 1 }
    }
  }
  return null
}

/** How the connection is. `waiting` tries again by itself; `refused` does not, because the question is at fault. */
export type ConnectionState =
  | { readonly state: 'connecting' }
  | { readonly state: 'open' }
  | { readonly state: 'waiting'; readonly retryAt: number; readonly reason: string }
  | { readonly state: 'paused' }
  | { readonly state: 'refused'; readonly failure: ApiFailure }

export interface EventStreamHandlers {
  onEvent(event: ServerEvent): void
  onConnection?(state: ConnectionState): void
}

export interface EventStream {
  /** Drops the connection and the resume point, then starts afresh. */
  restart(): void
  close(): void
}

/** Three missed heartbeats (the server sends one every 15 s). */
const SILENCE_MS = 45_000
const FIRST_BACKOFF_MS = 500
const MAX_BACKOFF_MS = 30_000
/** A tab that comes back at once keeps its connection. */
const HIDDEN_GRACE_MS = 10_000

/**
 * Reads server-sent events over `fetch`, because the browser's EventSource hides the status and body of a refusal.
 * Resumes with Last-Event-ID, waits longer after each failure (with jitter, so that viewers do not return in step),
 * notices silence, and rests while the tab is hidden.
 */
export function openEventStream(url: string, handlers: EventStreamHandlers): EventStream {
  let lastEventId = ''
  let failures = 0
  let connection: AbortController | null = null
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let hiddenTimer: ReturnType<typeof setTimeout> | undefined
  let closed = false
  let paused = false

  const tell = (state: ConnectionState) => {
    if (!closed) handlers.onConnection?.(state)
  }

  const drop = () => {
    clearTimeout(retryTimer)
    connection?.abort()
    connection = null
  }

  const connect = () => {
    drop()
    const own = new AbortController()
    connection = own
    tell({ state: 'connecting' })
    read(own).catch((error: unknown) => {
      if (own.signal.aborted && connection !== own) return
      connection = null
      if (error instanceof ApiFailure && !error.retryable) {
        tell({ state: 'refused', failure: error })
        return
      }
      waitThenConnect(error instanceof Error ? error.message : String(error))
    })
  }

  const waitThenConnect = (reason: string, atLeastMs = 0) => {
    const ceiling = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** failures)
    failures += 1
    const delay = Math.max(atLeastMs, ceiling / 2 + (Math.random() * ceiling) / 2)
    tell({ state: 'waiting', retryAt: Date.now() + delay, reason })
    retryTimer = setTimeout(connect, delay)
  }

  const read = async (own: AbortController) => {
    let silence: ReturnType<typeof setTimeout> | undefined
    const silent = new AbortController()
    const heard = () => {
      clearTimeout(silence)
      silence = setTimeout(() => {
        silent.abort()
        own.abort()
      }, SILENCE_MS)
    }
    try {
      heard()
      const headers: Record<string, string> = { accept: 'text/event-stream' }
      if (lastEventId !== '') headers['last-event-id'] = lastEventId
      const response = await fetch(url, { headers, signal: own.signal, cache: 'no-store' })
      if (!response.ok) throw await failureOf(response)
      if (!response.body) throw new ApiFailure('unreadable', 'The stream has no body.')
      tell({ state: 'open' })
      const parser = new EventStreamParser(lastEventId)
      const reader = response.body.getReader()
      const decoder = new TextDecoder()
      for (;;) {
        const { done, value } = await reader.read()
        if (done) break
        heard()
        for (const event of parser.push(decoder.decode(value, { stream: true }))) {
          if (own.signal.aborted) return
          failures = 0
          lastEventId = event.id
          handlers.onEvent(event)
        }
      }
      throw new ApiFailure('unreachable', 'The server ended the stream.')
    } catch (error) {
      if (silent.signal.aborted)
        throw new ApiFailure('timeout', `Nothing heard for ${SILENCE_MS / 1000} seconds.`)
      if (error instanceof TypeError)
        throw new ApiFailure('unreachable', 'No connection to the Pharos server.')
      throw error
    } finally {
      clearTimeout(silence)
    }
  }

  const onVisibility = () => {
    clearTimeout(hiddenTimer)
    if (document.visibilityState === 'hidden') {
      hiddenTimer = setTimeout(() => {
        paused = true
        drop()
        tell({ state: 'paused' })
      }, HIDDEN_GRACE_MS)
    } else if (paused) {
      paused = false
      failures = 0
      connect()
    }
  }

  document.addEventListener('visibilitychange', onVisibility)
  connect()

  return {
    restart() {
      if (closed) return
      lastEventId = ''
      failures = 0
      if (!paused) connect()
    },
    close() {
      closed = true
      document.removeEventListener('visibilitychange', onVisibility)
      clearTimeout(hiddenTimer)
      drop()
    },
  }
}
