import { exportedJson, exportedSvg } from './exported'
import { Menu } from './Menu'
import { paint } from './scene/painter'
import { readPalette } from './scene/palette'
import type { GraphScene } from './useGraphScene'

/** The picture or its data as a file. */
export function ExportMenu({ graph }: { graph: GraphScene }) {
  const { scene, store } = graph
  const name = `graph-${(store.facts?.at ?? 'now').replaceAll(':', '-')}`
  const png = () => {
    const all = scene.extent()
    if (!all) return
    const ratio = Math.min(2, 8000 / Math.max(all.w, all.h))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round((all.w + 80) * ratio)
    canvas.height = Math.round((all.h + 80) * ratio)
    const ctx = canvas.getContext('2d')
    if (!ctx) return
    const palette = readPalette()
    const measure = (text: string) => {
      ctx.font = `600 11px ${palette.font}`
      return ctx.measureText(text).width
    }
    scene.whole(all, 40, () =>
      paint(ctx, scene, { palette, ratio, hasCard: () => false, measure, chevrons: true }),
    )
    ctx.setTransform(1, 0, 0, 1, 0, 0)
    ctx.globalCompositeOperation = 'destination-over'
    ctx.fillStyle = palette.canvas
    ctx.fillRect(0, 0, canvas.width, canvas.height)
    canvas.toBlob((blob) => blob && save(blob, `${name}.png`))
  }
  return (
    <Menu text="Export" label="Export" end>
      <div className="phg-menu__list">
        <button type="button" onClick={png}>
          PNG picture
        </button>
        <button
          type="button"
          onClick={() =>
            save(new Blob([exportedSvg(scene, readPalette())], { type: 'image/svg+xml' }), `${name}.svg`)
          }
        >
          SVG drawing
        </button>
        <button
          type="button"
          onClick={() => save(new Blob([exportedJson(store)], { type: 'application/json' }), `${name}.json`)}
        >
          JSON data
        </button>
      </div>
    </Menu>
  )
}

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
