import { useEffect, useRef } from 'react'
import { fit, toWorld, viewRect } from '../../model/graph/camera'
import { useColorScheme } from '../../ui/colorScheme'
import { readPalette } from './scene/palette'
import type { Stage } from './scene/Stage'
import type { GraphScene } from './useGraphScene'
import './minimap.css'

const W = 200
const H = 128

/** The whole graph in small, with the part that is in view; a click or drag goes there. */
export function Minimap({ graph, stage }: { graph: GraphScene; stage: Stage }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { scene } = graph
  const scheme = useColorScheme()
  useEffect(() => {
    const ctx = canvas.current?.getContext('2d')
    if (!ctx) return
    const palette = readPalette()
    let wanted = 0
    const draw = () => {
      wanted = 0
      const ratio = window.devicePixelRatio || 1
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0)
      ctx.clearRect(0, 0, W, H)
      const all = scene.extent()
      if (!all) return
      const small = fit(all, { w: W, h: H }, 8, 1)
      ctx.translate(small.x, small.y)
      ctx.scale(small.k, small.k)
      ctx.fillStyle = palette.box
      for (const box of scene.boxes) ctx.fillRect(box.x, box.y, box.w, box.h)
      scene.rects.forEach((rect, i) => {
        ctx.fillStyle = palette.health[scene.values.items.health[i] ?? 0] ?? palette.border
        ctx.fillRect(rect.x, rect.y, rect.w, rect.h)
      })
      const view = viewRect(scene.camera, scene.size)
      ctx.strokeStyle = palette.accent
      ctx.lineWidth = 1.5 / small.k
      ctx.strokeRect(view.x, view.y, view.w, view.h)
    }
    const ask = () => {
      if (wanted === 0) wanted = requestAnimationFrame(draw)
    }
    ask()
    const stops = [scene.onDraw(ask), stage.onCamera(ask)]
    return () => {
      cancelAnimationFrame(wanted)
      for (const stop of stops) stop()
    }
  }, [scene, stage, scheme])

  const go = (event: React.PointerEvent<HTMLCanvasElement>) => {
    if (event.buttons !== 1) return
    const all = scene.extent()
    if (!all) return
    const rect = event.currentTarget.getBoundingClientRect()
    const to = toWorld(fit(all, { w: W, h: H }, 8, 1), {
      x: event.clientX - rect.left,
      y: event.clientY - rect.top,
    })
    const { k } = scene.camera
    stage.jump({ k, x: scene.size.w / 2 - to.x * k, y: scene.size.h / 2 - to.y * k })
  }
  const ratio = window.devicePixelRatio || 1
  return (
    <canvas
      ref={canvas}
      className="phg-minimap"
      width={W * ratio}
      height={H * ratio}
      role="img"
      aria-label="Map of the whole graph"
      onPointerDown={go}
      onPointerMove={go}
    />
  )
}
