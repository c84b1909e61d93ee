import { useState } from 'react'
import { Icon } from '../../ui/Icon'
import { ExportMenu } from './ExportMenu'
import { Minimap } from './Minimap'
import type { GraphScene } from './useGraphScene'
import './controls.css'
import './canvasTools.css'

/** Zoom, map, legend, table and export, at the lower edge of the canvas. */
export function CanvasTools({
  graph,
  onLegend,
  onTable,
}: {
  graph: GraphScene
  onLegend: () => void
  onTable: () => void
}) {
  const [map, setMap] = useState(false)
  const { stage } = graph
  if (stage === null) return null
  return (
    <div className="phg-canvas-tools" data-graph-control>
      {map ? <Minimap graph={graph} stage={stage} /> : null}
      <div className="phg-canvas-tools__row" role="group" aria-label="Canvas">
        <button
          type="button"
          className="phg-icon-button"
          aria-label="Zoom out"
          title="Zoom out (−)"
          onClick={() => stage.zoomBy(1 / 1.3)}
        >
          <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
            <path d="M3 7h8" />
          </svg>
        </button>
        <button
          type="button"
          className="phg-icon-button"
          aria-label="Zoom in"
          title="Zoom in (+)"
          onClick={() => stage.zoomBy(1.3)}
        >
          <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
            <path d="M3 7h8M7 3v8" />
          </svg>
        </button>
        <button
          type="button"
          className="phg-icon-button"
          aria-label="Fit everything"
          title="Fit everything (0)"
          onClick={() => stage.fitAll()}
        >
          <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
            <path d="M2 5V2h3M9 2h3v3M12 9v3H9M5 12H2V9" />
          </svg>
        </button>
        <i aria-hidden="true" />
        <button
          type="button"
          className="phg-button phg-button--quiet"
          aria-pressed={map}
          onClick={() => setMap(!map)}
        >
          Map
        </button>
        <button type="button" className="phg-button phg-button--quiet" onClick={onLegend}>
          Legend
        </button>
        <button type="button" className="phg-button phg-button--quiet" onClick={onTable}>
          <Icon name="table" size={13} />
          Show as table
        </button>
        <ExportMenu graph={graph} />
      </div>
    </div>
  )
}
