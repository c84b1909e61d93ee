import { useEffect, useRef } from 'react'
import { useColorScheme } from '../../ui/colorScheme'
import { CardLayer } from './CardLayer'
import type { Scene } from './scene/Scene'
import { Stage, type StageEvents } from './scene/Stage'
import './graph.css'

/** The drawing itself: two canvases and the cards. For assistive technology the tree beside it says the same. */
export function GraphView(props: {
  readonly scene: Scene
  readonly stage: Stage | null
  readonly onMounted: (stage: Stage | null) => void
  readonly events: StageEvents
  readonly dots: boolean
}) {
  const { scene, stage, onMounted, events, dots } = props
  const host = useRef<HTMLDivElement>(null)
  const base = useRef<HTMLCanvasElement>(null)
  const moving = useRef<HTMLCanvasElement>(null)
  const cards = useRef<HTMLDivElement>(null)
  const latest = useRef(events)
  useEffect(() => {
    latest.current = events
  }, [events])

  useEffect(() => {
    if (!host.current || !base.current || !moving.current || !cards.current) return
    const created = new Stage(
      { host: host.current, base: base.current, dots: moving.current, cards: cards.current },
      scene,
      {
        select: (hit) => latest.current.select(hit),
        open: (hit) => latest.current.open(hit),
        camera: (camera) => latest.current.camera(camera),
        moved: (places) => latest.current.moved(places),
      },
    )
    onMounted(created)
    return () => {
      created.close()
      onMounted(null)
    }
  }, [scene, onMounted])

  useEffect(() => stage?.animate(dots), [stage, dots])
  const scheme = useColorScheme()
  useEffect(() => stage?.rethemed(), [stage, scheme])

  return (
    <div className="phg-view" ref={host} aria-hidden="true">
      <canvas ref={base} />
      <canvas ref={moving} />
      <div className="phg-cards" ref={cards}>
        {stage === null ? null : <CardLayer scene={scene} stage={stage} />}
      </div>
    </div>
  )
}
