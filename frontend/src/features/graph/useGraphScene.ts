import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { GraphOptions } from '../../model/graph/graphSearch'
import { GraphStore } from '../../model/graph/graphStore'
import { buildPicture, itemNamed, type Picture } from '../../model/graph/picture'
import { collapsedAtStart, extentOf, startView } from '../../model/graph/startView'
import { parseCamera } from '../../model/graph/graphSearch'
import type { Camera } from '../../model/graph/camera'
import { Placement, type LayoutKey } from './scene/placement'
import { Scene } from './scene/Scene'
import type { Stage } from './scene/Stage'

export interface GraphScene {
  readonly store: GraphStore
  readonly scene: Scene
  readonly stage: Stage | null
  readonly mounted: (stage: Stage | null) => void
  /** Counts shapes of the graph. */
  readonly revision: number
  /** Counts what moved or came; nothing of the scene is read in a render without it. */
  readonly shape: number
  /** True once something is laid out. */
  readonly ready: boolean
  /** Share of the layout that is out of date. */
  readonly layoutStale: number
  readonly tidy: () => void
  readonly unpin: () => void
  readonly moved: (places: ReadonlyMap<string, { x: number; y: number }>) => void
  readonly isCollapsed: (group: string) => boolean
}

/**
 * Keeps the scene in step with the store and the options: a new shape gives a new picture and, where needed, new
 * places; a new frame of values only repaints.
 */
export function useGraphScene(
  options: GraphOptions,
  answered: string | null,
  key: string,
  at: string | null,
  startCamera: string | undefined,
): GraphScene {
  const [{ store, scene, placement }] = useState(() => {
    const created = new GraphStore()
    return { store: created, scene: new Scene(created), placement: new Placement() }
  })
  const [stage, setStage] = useState<Stage | null>(null)
  const [layoutStale, setLayoutStale] = useState(0)
  const [ready, setReady] = useState(false)
  const [tidied, setTidied] = useState(0)
  const revision = useSyncExternalStore(
    useCallback((listener) => store.subscribe(listener), [store]),
    () => store.revision,
  )
  const shape = useSyncExternalStore(scene.onShape, () => scene.picture.revision)
  useEffect(() => store.subscribe(() => scene.refresh()), [store, scene])
  useEffect(() => () => placement.close(), [placement])

  const isCurrent = answered === key
  // How much is open is decided once for each question, or the picture would fold itself up while somebody reads.
  const opening = useRef<{ key: string; start: string; mode: string; collapsed: Set<string> } | null>(null)
  const isCollapsed = useCallback(
    (group: string): boolean => {
      if (options.closed.includes(group)) return true
      if (options.open.includes(group)) return false
      const begin = opening.current
      if (begin === null || begin.mode === 'cards') return false
      return begin.mode === 'tiles' || begin.collapsed.has(group)
    },
    [options.closed, options.open],
  )

  const camera = useRef(startCamera)
  const before = useRef<Camera | null>(null)
  const lastFocus = useRef<string | null>(null)
  const lastLayout = useRef<string | null>(null)
  const seenTidy = useRef(0)
  const { boxes, view, focus, badges, start } = options
  useEffect(() => {
    if (!stage || !isCurrent || store.facts === null) return
    if (opening.current?.key !== key || opening.current.start !== start) {
      if (store.nodes.length > 0) {
        const mode = start === 'auto' ? startView(extentOf(store)) : start
        opening.current = { key, start, mode, collapsed: collapsedAtStart(store, mode) }
      }
    }
    const picture = buildPicture(store, {
      foldVersions: view === 'apps',
      collapsed: isCollapsed,
      boxes,
      focus,
      missingSidecars: badges,
    })
    const layout = layoutKey(options, picture)
    const afresh = seenTidy.current !== tidied
    seenTidy.current = tidied
    const focusKey = focus?.id ?? null
    if (focusKey !== null && lastFocus.current === null) before.current = scene.camera
    const leaving = focusKey === null && lastFocus.current !== null
    lastFocus.current = focusKey
    // With a namespace opened or closed the picture is still the same one, and the camera stays.
    const other = lastLayout.current !== layout.family
    lastLayout.current = layout.family
    placement.place(layout, picture, scene.size, boxes.namespace, afresh, (placed) => {
      const old = scene.picture
      const from = new Map(old.items.map((item, i) => [item.id, scene.rects[i]]))
      const known = picture.items.filter((item) => from.get(item.id)).length
      const glides = placed.fresh && known > 0 && picture.items.length <= 400
      scene.show(
        picture,
        glides
          ? picture.items.map((item, i) => from.get(item.id) ?? placed.positions[i] ?? { x: 0, y: 0 })
          : placed.positions,
        placed.direction,
      )
      scene.haunt(at === null ? [] : ghostsOf(picture, placement.remembered(layout.key)))
      if (glides) stage.glide(placed.positions)
      if (leaving && before.current && !placed.fresh) stage.fly(before.current)
      else if (placed.fresh || other || old.revision === -1) {
        const wanted = camera.current === undefined ? null : parseCamera(camera.current)
        camera.current = undefined
        if (wanted) stage.jump(wanted)
        else if (glides) setTimeout(() => stage.fitAll(), 410)
        else stage.fitAll(false)
      }
      setLayoutStale(placed.stale)
      setReady(true)
    })
    // The picture depends on the store through `revision`, and on the start through the refs above.
  }, [
    store,
    scene,
    placement,
    stage,
    isCurrent,
    key,
    revision,
    tidied,
    isCollapsed,
    boxes,
    view,
    focus,
    badges,
    start,
    at,
    options,
  ])

  const moved = useCallback(
    (places: ReadonlyMap<string, { x: number; y: number }>) =>
      placement.moved(layoutKey(options, scene.picture).key, places),
    [placement, scene, options],
  )
  const tidy = useCallback(() => setTidied((n) => n + 1), [])
  const unpin = useCallback(() => {
    placement.unpin(layoutKey(options, scene.picture).key)
    setTidied((n) => n + 1)
  }, [placement, scene, options])

  return useMemo(
    () => ({
      store,
      scene,
      stage,
      mounted: setStage,
      revision,
      shape,
      ready,
      layoutStale,
      tidy,
      unpin,
      moved,
      isCollapsed,
    }),
    [store, scene, stage, revision, shape, ready, layoutStale, tidy, unpin, moved, isCollapsed],
  )
}

/** Pictures of one kind share their places. */
function layoutKey(options: GraphOptions, picture: Picture): LayoutKey {
  const tiles = picture.items.filter((item) => item.shape === 'tile').map((item) => item.group)
  const { namespace, cluster, app } = options.boxes
  const family = [
    options.view,
    options.serviceNodes ? 'svc' : '',
    [namespace, cluster, app].map(Number).join(''),
    options.focus === null ? '' : `${options.focus.id}/${options.focus.hops}`,
  ].join('|')
  return { family, key: `${family}|${tiles.sort().join(',')}` }
}

function ghostsOf(picture: Picture, remembered: ReadonlyMap<string, { x: number; y: number }>) {
  return [...remembered].filter(([id]) => !picture.byId.has(id)).map(([, at]) => ({ ...at, w: 212, h: 56 }))
}

/** The item and link indices that the selection in the address stands for. */
export function selectionOf(store: GraphStore, picture: Picture, selected: string | null) {
  const items = new Set<number>()
  const links = new Set<number>()
  if (selected !== null && selected.includes('→')) {
    picture.links.forEach((_, l) => {
      if (linkName(picture, l) === selected) links.add(l)
    })
  } else if (selected !== null) {
    const item = itemNamed(store, picture, selected)
    if (item >= 0) items.add(item)
  }
  return { items, links }
}

/** A line in the address: the ids of its ends; several rows of one card are told apart by their number. */
export function linkName(picture: Picture, l: number): string {
  const link = picture.links[l]
  if (!link) return ''
  const row = link.row >= 0 ? `#${link.row}` : ''
  return `${picture.items[link.source]?.id ?? ''}${row}→${picture.items[link.target]?.id ?? ''}${link.tcp ? '#tcp' : ''}`
}
