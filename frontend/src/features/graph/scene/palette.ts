import { cssColor } from '../../../ui/colorScheme'
import { LINE_CLASSES, type LineClass } from '../../../model/graph/values'

/** Colours of the canvas, read from the CSS variables of the page, so that both themes have one source. */
export interface Palette {
  readonly canvas: string
  readonly surface: string
  readonly border: string
  readonly borderStrong: string
  readonly box: string
  readonly boxInner: string
  readonly text: string
  readonly textSubtle: string
  readonly accent: string
  readonly find: string
  readonly failure: string
  readonly degraded: string
  readonly lines: Readonly<Record<LineClass, string>>
  readonly health: readonly string[]
  readonly font: string
}

export function readPalette(): Palette {
  const line = Object.fromEntries(
    LINE_CLASSES.map((name) => [name, cssColor(`--phg-line-${name}`) || '#7c8aa0']),
  ) as Record<LineClass, string>
  return {
    canvas: cssColor('--ph-canvas') || '#f4f6fa',
    surface: cssColor('--ph-surface') || '#ffffff',
    border: cssColor('--ph-border') || '#d8dfe9',
    borderStrong: cssColor('--ph-border-strong') || '#b6c1d1',
    box: cssColor('--phg-box') || '#eaf0f7',
    boxInner: cssColor('--phg-box-inner') || '#f1f5fa',
    text: cssColor('--ph-text') || '#17202e',
    textSubtle: cssColor('--ph-text-subtle') || '#4f5d73',
    accent: cssColor('--ph-accent') || '#1b5bd0',
    find: cssColor('--phg-find') || '#8a3ffc',
    failure: cssColor('--ph-failure') || '#b3261e',
    degraded: cssColor('--ph-degraded') || '#855500',
    lines: line,
    health: [
      cssColor('--ph-na-bar') || '#dbe2eb',
      cssColor('--ph-healthy-bar') || '#a9b5c6',
      cssColor('--ph-not-ready-bar') || '#4c8fdb',
      cssColor('--ph-degraded-bar') || '#dd9a10',
      cssColor('--ph-failure-bar') || '#d63a31',
    ],
    font: getComputedStyle(document.body).fontFamily || 'sans-serif',
  }
}
