import { useSyncExternalStore } from 'react'

/** The class that PatternFly's dark theme hangs on; whoever sets it, drawings on a canvas follow. */
function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['class'] })
  return () => observer.disconnect()
}

const read = (): 'light' | 'dark' =>
  document.documentElement.classList.contains('pf-v6-theme-dark') ? 'dark' : 'light'

/** For what cannot use CSS variables directly, such as a canvas. Re-renders when the theme changes. */
export const useColorScheme = (): 'light' | 'dark' => useSyncExternalStore(subscribe, read)

/** The present value of a CSS variable of the document. */
export function cssColor(variable: `--${string}`): string {
  return getComputedStyle(document.documentElement).getPropertyValue(variable).trim()
}
