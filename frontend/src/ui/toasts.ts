import { useSyncExternalStore } from 'react'

export interface Toast {
  readonly id: number
  readonly tone: 'success' | 'info' | 'warning' | 'danger'
  readonly text: string
}

const SHOWN_MS = 6000
let toasts: readonly Toast[] = []
let nextId = 1
const listeners = new Set<() => void>()

function change(next: readonly Toast[]): void {
  toasts = next
  listeners.forEach((listener) => listener())
}

export function dismissToast(id: number): void {
  change(toasts.filter((toast) => toast.id !== id))
}

/** Says something that needs no answer. Bad news stays until it is closed. */
export function showToast(tone: Toast['tone'], text: string): void {
  const id = nextId++
  change([...toasts.filter((toast) => toast.text !== text), { id, tone, text }])
  if (tone !== 'danger') setTimeout(() => dismissToast(id), SHOWN_MS)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useToasts = (): readonly Toast[] => useSyncExternalStore(subscribe, () => toasts)
