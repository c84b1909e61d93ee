import { useIsFetching, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { clockTime, duration, durationSeconds, durationWords } from '../model/time'
import { Choice, type Option } from '../ui/Choice'
import { Icon } from '../ui/Icon'
import { useNow } from '../ui/useNow'
import { Button, Tooltip } from '../ui/kit'
import { useShortcuts, type Shortcut } from './shortcuts'
import { useChangeView, useMeshView } from './view'
import './timeControls.css'

const WINDOWS = ['PT30S', 'PT1M', 'PT5M', 'PT10M', 'PT30M', 'PT1H', 'PT3H', 'PT6H']
const INTERVALS = ['PT5S', 'PT10S', 'PT15S', 'PT30S', 'PT1M', 'PT5M']

/** Span of the rates, live or a past moment, and how often it is renewed. */
export function TimeControls() {
  const view = useMeshView()
  const changeView = useChangeView()
  const queries = useQueryClient()
  const fetching = useIsFetching() > 0

  const windows = useMemo<readonly Option<string>[]>(
    () =>
      [...new Set([...WINDOWS, view.window])]
        .sort((a, b) => (durationSeconds(a) ?? 0) - (durationSeconds(b) ?? 0))
        .map((value) => ({ value, text: `Last ${durationWords(value)}` })),
    [view.window],
  )
  const intervals = useMemo<readonly Option<string>[]>(
    () => [
      ...INTERVALS.map((value) => ({ value, text: `Every ${durationWords(value)}` })),
      { value: 'off', text: 'Paused', hint: 'What is shown stays as it is' },
    ],
    [],
  )
  const shortcuts = useMemo<readonly Shortcut[]>(
    () => [
      { keys: 'p', label: 'Pause or go on', run: () => changeView({ r: view.paused ? undefined : 'off' }) },
      { keys: 'r', label: 'Refresh now', run: () => void queries.invalidateQueries() },
    ],
    [changeView, queries, view.paused],
  )
  useShortcuts('Time', shortcuts)

  const live = view.at === null && !view.paused
  return (
    <div className="ph-time" role="group" aria-label="Time">
      <Choice
        label="Rates over"
        value={view.window}
        options={windows}
        onChange={(w) => changeView({ w })}
        icon={<Icon name="clock" size={15} />}
      />
      {view.at === null ? (
        <Tooltip content={live ? 'Pause (P)' : 'Go on (P)'}>
          <button
            type="button"
            className={`ph-time__live${live ? ' ph-time__live--on' : ''}`}
            aria-label={live ? 'Live. Pause' : 'Paused. Go on live'}
            onClick={() => changeView({ r: view.paused ? undefined : 'off' })}
          >
            <Icon name={live ? 'pause' : 'play'} size={12} />
            {live ? 'Live' : 'Paused'}
          </button>
        </Tooltip>
      ) : (
        <PastMoment at={view.at} onLive={() => changeView({ t: undefined })} />
      )}
      {view.at === null ? (
        <Choice
          label="Refresh"
          value={view.refreshMs === null ? 'off' : (intervalOf(view.refreshMs) ?? 'off')}
          options={intervals}
          onChange={(r) => changeView({ r })}
          text={view.refreshMs === null ? '–' : duration(view.refreshMs / 1000)}
          plain
        />
      ) : null}
      <Tooltip content="Refresh now (R)">
        <Button
          variant="plain"
          aria-label="Refresh now"
          onClick={() => void queries.invalidateQueries()}
          icon={
            <span className={fetching ? 'ph-time__busy' : undefined}>
              <Icon name="refresh" />
            </span>
          }
        />
      </Tooltip>
    </div>
  )
}

function intervalOf(refreshMs: number): string | undefined {
  return INTERVALS.find((iso) => (durationSeconds(iso) ?? 0) * 1000 === refreshMs)
}

function PastMoment({ at, onLive }: { at: string; onLive: () => void }) {
  const now = useNow()
  return (
    <button type="button" className="ph-time__live ph-time__live--past" onClick={onLive}>
      {clockTime(at, now)}
      <span className="ph-time__back">Back to live</span>
    </button>
  )
}
