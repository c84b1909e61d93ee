import { useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import {
  validateConfigSearch,
  validateFindingsSearch,
  validateObjectSearch,
} from '../model/config/configSearch'
import { validateDetailSearch } from '../model/detailSearch'
import { validateGraphSearch } from '../model/graph/graphSearch'
import { validateListSearch } from '../model/listSearch'
import { parseSearch, validateViewSearch, type RawSearch } from '../model/viewSearch'
import { showToast } from '../ui/toasts'

/** What of an address its page understands; the rest is dropped, and the reader is told. */
export function understood(pathname: string, raw: RawSearch): Record<string, unknown> {
  return { ...validateViewSearch(raw), ...validatorOf(pathname)(raw) }
}

function validatorOf(pathname: string): (raw: RawSearch) => object {
  const [page, ...more] = pathname.split('/').filter(Boolean)
  if (page === 'graph') return validateGraphSearch
  if (page === 'services' || page === 'workloads') {
    return more.length === 0 ? validateListSearch : validateDetailSearch
  }
  if (page === 'config') {
    if (more.length === 0) return validateConfigSearch
    return more.length === 1 ? validateFindingsSearch : validateObjectSearch
  }
  return () => ({})
}

/** Takes out of the address what the page does not understand, so that it is not passed on with a copied link. */
export function useUnderstoodAddress(): void {
  const { pathname, searchStr } = useLocation()
  const navigate = useNavigate()
  useEffect(() => {
    const raw = parseSearch(searchStr)
    const kept = understood(pathname, raw)
    const dropped = Object.keys(raw).filter((key) => !(key in kept))
    if (dropped.length === 0) return
    showToast('info', `Not understood, and taken out of the address: ${dropped.join(', ')}`)
    // Named as undefined: what every page shares is else retained by the router.
    const gone = Object.fromEntries(dropped.map((key) => [key, undefined]))
    void navigate({ to: '.', search: () => ({ ...kept, ...gone }), replace: true })
  }, [pathname, searchStr, navigate])
}
