import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useMeshView } from '../../app/view'
import { useShortcuts } from '../../app/shortcuts'
import { graphQuery } from '../../model/graph/graphSearch'
import { itemWords } from '../../model/graph/describe'
import { groupOfBox, tileId } from '../../model/graph/picture'
import { walk, type Step } from '../../model/graph/walk'
import { Failure } from '../../ui/States'
import { A11yTree } from './A11yTree'
import { CanvasTools } from './CanvasTools'
import { EmptyGraph, GraphSkeleton, UnknownGraph } from './GraphStates'
import { GraphTable } from './GraphTable'
import { GraphToolbar } from './GraphToolbar'
import { GraphView } from './GraphView'
import { Legend } from './Legend'
import { Notices } from './Notices'
import { SidePanel } from './panel/SidePanel'
import { TimeStrip } from './TimeStrip'
import type { StageEvents } from './scene/Stage'
import { useFound } from './useFound'
import { useGraphFeed } from './useGraphFeed'
import { linkName, selectionOf, useGraphScene } from './useGraphScene'
import { useGraphSearch } from './useGraphSearch'
import './graph.css'

const KEY_HELP = [
  { keys: '→', label: 'Graph: follow the busiest call' },
  { keys: '←', label: 'Graph: go to the busiest caller' },
  { keys: '↑ ↓', label: 'Graph: neighbours in the same rank' },
  { keys: 'Home', label: 'Graph: where the traffic enters' },
  { keys: 'Enter', label: 'Graph: select; again: focus; on a namespace: open' },
  { keys: 'f', label: 'Graph: focus on the selection' },
  { keys: '[ ]', label: 'Graph: fewer or more hops in focus' },
  { keys: '+ - 0', label: 'Graph: zoom in, out, fit' },
  { keys: 't', label: 'Graph: tidy the layout' },
  { keys: 'n', label: 'Graph: next hit; with Shift: previous' },
  { keys: 'Space', label: 'Graph: play or pause the time line' },
  { keys: 'l', label: 'Graph: back to live' },
] as const

/** The service graph: who calls whom, how much, how slow, what fails, now or at a past moment. */
export function GraphPage() {
  const view = useMeshView()
  const { search, options, change } = useGraphSearch()
  const query = useMemo(() => graphQuery(options, view), [options, view])
  const feedKey = JSON.stringify(query)
  const [answered, setAnswered] = useState<string | null>(null)
  const graph = useGraphScene(options, answered, feedKey, view.at, search.cam)
  const { store, scene, stage } = graph
  const feed = useGraphFeed(store, query, view.at, view.paused)
  if (feed.answered !== answered) setAnswered(feed.answered)

  const [activeId, setActiveId] = useState<string | null>(null)
  const [said, setSaid] = useState('')
  const stageRef = useRef<HTMLDivElement>(null)
  const findRef = useRef<HTMLInputElement>(null)
  const [playing, setPlaying] = useState(false)

  const shape = useSyncExternalStore(scene.onShape, () => scene.shape)
  // The scene is told what the address says; it is drawn outside of React.
  const selected = useMemo(
    () => selectionOf(store, scene.picture, options.selected),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the picture changes with the revision and the readiness
    [store, scene, options.selected, graph.revision, graph.ready, graph.shape, shape],
  )
  useEffect(() => {
    scene.mark(selected)
    scene.relabel(options.labels)
    stage?.refreshCards()
  }, [scene, stage, selected, options.labels])
  const found = useFound(graph, options.find)
  // By its id: focus and folding leave another picture, in which an index means another card or none.
  const activeAt = activeId === null ? -1 : scene.picture.items.findIndex((item) => item.id === activeId)
  const active = activeAt < 0 ? null : activeAt

  const focusOn = useCallback(
    (id: string | null) => change({ focus: id ?? undefined, hops: undefined, cam: undefined }),
    [change],
  )
  const toggle = useCallback(
    (group: string) => {
      const without = (list: readonly string[]) => list.filter((name) => name !== group)
      const open = graph.isCollapsed(group) ? [...without(options.open), group] : without(options.open)
      const closed = graph.isCollapsed(group) ? without(options.closed) : [...without(options.closed), group]
      change({
        open: open.join(',') || undefined,
        closed: closed.join(',') || undefined,
        cam: undefined,
        // A selection goes where its cards go: into the tile, or out of it.
        sel: graph.isCollapsed(group) ? undefined : tileId(group),
      })
    },
    [graph, options.open, options.closed, change],
  )
  const activate = useCallback(
    (i: number, again: boolean) => {
      const item = scene.picture.items[i]
      if (!item) return
      if (again && item.shape === 'tile') toggle(item.group)
      else if (again) focusOn(item.id)
      else change({ sel: item.id })
    },
    [scene, toggle, focusOn, change],
  )

  const events = useMemo<StageEvents>(
    () => ({
      select(hit) {
        stageRef.current?.focus({ preventScroll: true })
        if (hit === null) change({ sel: undefined })
        else if (hit.kind === 'item') {
          setActiveId(scene.picture.items[hit.index]?.id ?? null)
          change({ sel: scene.picture.items[hit.index]?.id })
        } else if (hit.kind === 'link') change({ sel: linkName(scene.picture, hit.index) })
        else change({ sel: hit.heading ? scene.picture.boxes[hit.index]?.id : undefined })
      },
      open(hit) {
        if (hit.kind === 'item') activate(hit.index, true)
        else if (hit.kind === 'box' && hit.heading && scene.picture.boxes[hit.index]?.kind === 'namespace') {
          toggle(groupOfBox(scene.picture.boxes[hit.index]?.id ?? ''))
        }
      },
      camera: ({ x, y, k }) => change({ cam: `${Math.round(x)},${Math.round(y)},${Number(k.toFixed(3))}` }),
      moved: (places) => graph.moved(places),
    }),
    [scene, graph, change, activate, toggle],
  )

  const announce = useCallback(
    (i: number) => {
      const rect = scene.rects[i]
      if (rect) stage?.reveal(rect)
      setSaid(itemWords(scene.picture, scene.values, i))
    },
    [scene, stage],
  )
  const step = (to: Step) => {
    const from = active ?? [...scene.selected.items][0] ?? null
    const next = walk(
      scene.picture,
      scene.rects,
      scene.values.links.total,
      from,
      to,
      scene.direction === 'down',
    )
    if (next === null) {
      setSaid(
        to === 'callee' ? 'Calls nothing' : to === 'caller' ? 'Nobody calls it' : 'Nothing further there',
      )
      return
    }
    setActiveId(scene.picture.items[next]?.id ?? null)
    change({ sel: scene.picture.items[next]?.id })
    announce(next)
  }
  const hop = (by: number) => {
    if (options.focus === null) return
    const hops = Math.min(4, Math.max(1, options.focus.hops + by))
    change({ hops: String(hops) })
    setSaid(`${hops} ${hops === 1 ? 'hop' : 'hops'}`)
  }
  const current = active ?? [...selected.items][0] ?? null

  const onKey = (event: React.KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const keys: Record<string, () => void> = {
      ArrowRight: () => step('callee'),
      ArrowLeft: () => step('caller'),
      ArrowDown: () => step('next'),
      ArrowUp: () => step('previous'),
      Home: () => step('home'),
      Enter: () => {
        if (current !== null) activate(current, options.selected === scene.picture.items[current]?.id)
      },
      f: () => current !== null && focusOn(scene.picture.items[current]?.id ?? null),
      '[': () => hop(-1),
      ']': () => hop(1),
      '+': () => stage?.zoomBy(1.3),
      '=': () => stage?.zoomBy(1.3),
      '-': () => stage?.zoomBy(1 / 1.3),
      '0': () => stage?.fitAll(),
      t: graph.tidy,
      n: () => found.go(1, announce),
      N: () => found.go(-1, announce),
      ' ': () => setPlaying((now) => !now),
      '/': () => findRef.current?.focus(),
      Escape: () => {
        if (options.focus !== null) focusOn(null)
        else change({ sel: undefined })
      },
    }
    const run = keys[event.key]
    if (!run) return
    event.preventDefault()
    event.stopPropagation()
    run()
  }
  const shortcuts = useMemo(
    () => [...KEY_HELP, { keys: '/', label: 'Graph: find and hide', run: () => findRef.current?.focus() }],
    [],
  )
  useShortcuts('Graph', shortcuts)

  const facts = store.facts
  const isEmpty = facts !== null && answered === feedKey && store.nodes.length === 0
  const stale =
    facts?.stale === true || feed.problem !== null || (facts !== null && feed.connection?.state === 'waiting')
  useEffect(() => {
    scene.age(stale)
  }, [scene, stale])
  const panelOpen = options.selected !== null

  return (
    <div
      className="phg-page"
      {...(view.at === null ? {} : { 'data-past': '' })}
      {...(stale ? { 'data-stale': '' } : {})}
      {...(panelOpen ? { 'data-panel': '' } : {})}
    >
      <GraphToolbar
        graph={graph}
        options={options}
        change={change}
        found={found}
        onHit={announce}
        inputRef={findRef}
        feed={feed}
      />
      <div
        className="phg-stage"
        ref={stageRef}
        role="application"
        aria-label="Service graph. Arrow keys follow calls, Enter selects, question mark lists all keys."
        aria-activedescendant={current === null ? undefined : `phg-item-${current}`}
        aria-owns="phg-tree"
        tabIndex={0}
        onKeyDown={onKey}
      >
        <GraphView
          scene={scene}
          stage={stage}
          onMounted={graph.mounted}
          events={events}
          dots={options.dots && !stale && (view.at === null || playing)}
        />
        <A11yTree scene={scene} active={current} />
        {facts === null && feed.failure === null ? (
          feed.problem === null ? (
            <GraphSkeleton />
          ) : (
            <UnknownGraph problem={feed.problem} />
          )
        ) : null}
        {facts === null && feed.failure !== null ? (
          <div className="phg-cover">
            <Failure what="The graph" error={feed.failure} onRetry={feed.retry} />
          </div>
        ) : null}
        {isEmpty ? <EmptyGraph view={view} options={options} change={change} /> : null}
        <Notices
          graph={graph}
          feed={feed}
          view={view}
          options={options}
          focusOn={focusOn}
          hop={hop}
          isAnswered={answered === feedKey}
        />
        {options.table ? (
          <GraphTable
            graph={graph}
            onSelect={(id) => change({ sel: id })}
            onClose={() => change({ table: undefined })}
          />
        ) : null}
        {options.legend ? <Legend onClose={() => change({ legend: undefined })} /> : null}
        {facts !== null && !isEmpty ? (
          <CanvasTools
            graph={graph}
            onLegend={() => change({ legend: options.legend ? undefined : 'on' })}
            onTable={() => change({ table: options.table ? undefined : 'on' })}
          />
        ) : null}
      </div>
      <TimeStrip view={view} options={options} change={change} playing={playing} setPlaying={setPlaying} />
      {panelOpen ? (
        <SidePanel
          graph={graph}
          selected={selected}
          name={options.selected}
          view={view}
          onSelect={(sel) => change({ sel })}
          onFocus={focusOn}
          onToggle={toggle}
          onClose={() => {
            change({ sel: undefined })
            stageRef.current?.focus({ preventScroll: true })
          }}
        />
      ) : null}
      <p className="ph-visually-hidden" role="status" aria-live="polite">
        {said}
      </p>
    </div>
  )
}
