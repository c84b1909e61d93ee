import type { Hit } from '../../../model/graph/hits'
import type { Picture } from '../../../model/graph/picture'
import type { Emphasis } from './Scene'

/** What stays bright while the pointer rests on something: itself and its direct partners. */
export function hoverEmphasis(picture: Picture, hit: Hit): Emphasis | null {
  if (hit.kind === 'link') {
    const link = picture.links[hit.index]
    return link ? { items: new Set([link.source, link.target]), links: new Set([hit.index]) } : null
  }
  if (hit.kind === 'box') return null
  const items = new Set([hit.index])
  const links = new Set<number>()
  for (const l of picture.linksOf[hit.index] ?? []) {
    const link = picture.links[l]
    if (!link) continue
    links.add(l)
    items.add(link.source)
    items.add(link.target)
  }
  return { items, links }
}
