import { answer, type LayoutRequest } from './layoutTask'
import { LayoutCache } from './twoLevel'

const cache = new LayoutCache()

self.addEventListener('message', (event: MessageEvent<LayoutRequest>) => {
  self.postMessage(answer(event.data, cache))
})
